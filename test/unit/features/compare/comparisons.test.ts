import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as vscode from 'vscode';
import { ChosenFiles } from '../../../../src/features/compare/chosenFiles';
import { Comparisons, type Side } from '../../../../src/features/compare/comparisons';
import { LazyFiles } from '../../../../src/ui/lazyFiles';
import { HttpError } from '../../../../src/core/http/errors';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { openStorage } from '../../../support/fakes/storage';
import { account, createAccount, deferred, resource, settle } from '../../../support/fakes/store';
import { Served } from '../../../support/served';
import { TabInputText, TabInputTextDiff, Uri } from '../../../support/vscode/values';

const web = resource(account, 'connection', 'c', 'Web');
const app = resource(account, 'connection', 'd', 'App');
const { signal } = new AbortController();
const toSide = ({ label, path }: Resource): Side => ({ label, source: { path } });

/** Comparisons of two connections, and VS Code's diff editor, which shows them. */
/** Closes all documents and their tabs, so that nothing is kept of them. */
function closeEditors(): void {
  editor.documents = [];
  editor.tabs = [];
  editor.closedDocument.fire(undefined);
}

class CompareWindow implements Disposable {
  readonly served: Served;
  readonly comparisons: Comparisons;
  readonly #storage = openStorage();
  readonly files: vscode.FileSystemProvider;
  /** What the service answers, by resource: JSON, or a failure. */
  readonly texts = new Map<ResourcePath, string | Error>([
    [web.path, '{"b":1,"a":"x"}'],
    [app.path, '{"a":"y"}'],
  ]);
  readonly reads: ResourcePath[] = [];
  /** The texts of the two sides that were shown last. */
  shown: readonly string[] = [];
  titles: string[] = [];
  /** The documents that VS Code was notified to reload. */
  readonly changed: string[] = [];
  shows = 0;

  constructor() {
    editor.reset();
    editor.files.clear();
    this.served = new Served({
      read: ({ path }) => {
        this.reads.push(path);
        const text = this.texts.get(path) ?? '{}';
        return typeof text === 'string' ? Promise.resolve(text) : Promise.reject(text);
      },
    });
    this.served.lists.set(account, [web, app]);
    this.comparisons = new Comparisons(this.served.store, new ChosenFiles(this.#storage), ['known-secret']);
    this.files = new LazyFiles(() => this.comparisons.documents());
    this.files.onDidChangeFile((changes) => this.changed.push(...changes.map(({ uri }) => uri.toString())));
    editor.commands.set('vscode.diff', (original, modified, title, options) =>
      this.#show([original, modified] as Uri[], String(title), options),
    );
  }

  [Symbol.dispose](): void {
    editor.commands.delete('vscode.diff');
    this.comparisons.dispose();
    this.served.store.dispose();
    this.#storage.dispose();
  }

  /** Like VS Code, requests time and size, then the text. */
  async #show(uris: readonly Uri[], title: string, options: unknown): Promise<void> {
    assert.deepEqual(options, { preview: true });
    this.shows++;
    this.titles.push(title);
    const texts = await Promise.all(uris.map((uri) => this.text(uri)));
    const [original, modified] = uris as [Uri, Uri];
    editor.tabs = [{ input: new TabInputTextDiff(original, modified), label: title }];
    editor.documents = uris.map((uri) => ({ uri }));
    this.shown = texts;
  }

  async text(uri: Uri): Promise<string> {
    await this.files.stat(uri as never);
    return new TextDecoder().decode(await this.files.readFile(uri as never));
  }

  /** The addresses of the two sides that are shown. */
  get uris(): readonly Uri[] {
    return editor.documents.map(({ uri }) => uri);
  }

  compare(left: Side = toSide(web), right: Side = toSide(app)): Promise<boolean> {
    return this.comparisons.open(left, right, signal);
  }

  /** Puts a file on the disk. */
  put(
    name: string,
    bytes: Uint8Array | string,
    more: { readonly type?: number; readonly size?: number } = {},
  ): Uri {
    const uri = Uri.file(`/files/${name}`);
    const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
    editor.files.set(uri.toString(), { type: 1, size: content.length, ...more, bytes: content });
    return uri;
  }

  choose(uri: Uri): Side {
    return this.comparisons.choose(uri as never);
  }
}

describe('A comparison', () => {
  it('shows the current state of both sides, in canonical form, in VS Code’s diff editor', async () => {
    using window = new CompareWindow();
    await window.compare(
      { ...toSide(web), label: `Web\n${'x'.repeat(90)}` },
      { ...toSide(app), label: 'y'.repeat(81) },
    );
    assert.deepEqual(window.shown, ['{\n  "a": "x",\n  "b": 1\n}\n', '{\n  "a": "y"\n}\n']);
    assert.deepEqual(window.reads, [web.path, app.path], 'each was read once');
    assert.deepEqual(window.titles, [`Web ${'x'.repeat(75)}… ↔ ${'y'.repeat(79)}…`]);
    const [left, right] = window.uris;
    assert.deepEqual(
      [left?.scheme, right?.path],
      ['connections-explorer-compare', `/connections-explorer/${'y'.repeat(79)}….json`],
    );
    assert.equal(right?.query, `path=${encodeURIComponent(app.path)}&service=cja`);
  });

  it('omits what the service sets unless the setting says otherwise, and masks secrets', async () => {
    using window = new CompareWindow();
    window.texts.set(web.path, '{"id":"c","modifiedDate":1,"note":"a known-secret"}');
    await window.compare();
    assert.equal(window.shown[0], '{\n  "id": "c",\n  "note": "a ***"\n}\n');
    window.changed.length = 0;
    const before = await window.files.stat(window.uris[0] as never);
    editor.set('connectionsExplorer.pageSize', 20);
    assert.deepEqual(window.changed, []);
    editor.set('connectionsExplorer.compareServerMade', true);
    assert.deepEqual(window.changed, window.uris.map(String));
    const [uri] = window.uris;
    const later = await window.files.stat(uri as never);
    assert.ok(later.mtime > before.mtime, 'VS Code reads what is newer');
    assert.match(await window.text(uri ?? assert.fail()), /"modifiedDate": 1/);
    assert.equal(window.reads.length, 2, 'nobody was asked for it');
  });

  it('of what cannot be loaded or is not JSON is not opened', async () => {
    using window = new CompareWindow();
    window.texts.set(app.path, new HttpError('server', 'Down.'));
    await assert.rejects(window.compare(), /Down\./);
    window.texts.set(app.path, '{\n"a":}');
    await assert.rejects(window.compare(), {
      kind: 'rejected',
      message: `Line 2 of "${app.path}" is not valid JSON.`,
    });
    window.texts.set(app.path, '['.repeat(1100) + ']'.repeat(1100));
    await assert.rejects(window.compare(), {
      kind: 'rejected',
      message: `"${app.path}" is nested too deeply to be compared.`,
    });
    assert.equal(window.shows, 0);
  });

  it('is reloaded on demand, if one is in front', async () => {
    using window = new CompareWindow();
    await window.comparisons.refresh(signal);
    assert.equal(window.shows, 0);
    await window.compare();
    window.texts.set(web.path, '{"a":"new"}');
    await window.comparisons.refresh(signal);
    assert.deepEqual([window.shown[0], window.shows], ['{\n  "a": "new"\n}\n', 2]);
    assert.equal(window.titles[0], window.titles[1]);
    const [left, right] = window.uris as [Uri, Uri];
    const foreign = Uri.file('/x.json');
    for (const [input, label] of [
      [new TabInputTextDiff(left, foreign), 'L'],
      [new TabInputText(left), 'L'],
      [new TabInputTextDiff(left, right), ''],
    ] as const) {
      editor.tabs = [{ input, label }];
      await window.comparisons.refresh(signal);
    }
    assert.equal(window.shows, 2);
  });

  it('says whether there are differences, as the setting shows them', async () => {
    using window = new CompareWindow();
    assert.equal(await window.comparisons.isActiveEqual(), false, 'none is in front');
    assert.equal(await window.compare(), false);
    assert.equal(await window.comparisons.isActiveEqual(), false);
    window.texts.set(web.path, '{"a":1,"modifiedDate":1}');
    window.texts.set(app.path, '{"modifiedDate":2,"a":1}');
    assert.equal(await window.comparisons.refresh(signal), true);
    assert.equal(await window.compare(), true);
    const reads = window.reads.length;
    assert.equal(await window.comparisons.isActiveEqual(), true);
    editor.set('connectionsExplorer.compareServerMade', true);
    assert.equal(await window.comparisons.isActiveEqual(), false);
    assert.equal(window.reads.length, reads, 'nobody was asked for it');
  });

  it('remembers the selected side as long as it exists', async () => {
    using window = new CompareWindow();
    const selected = (): string | undefined => window.comparisons.selected?.label;
    assert.equal(selected(), undefined);
    await window.served.store.load(account);
    window.comparisons.select(web);
    assert.equal(editor.contexts.get('connectionsExplorer.canCompareWithSelected'), true);
    assert.equal(selected(), 'Web');
    window.served.lists.set(account, [app]);
    await window.served.store.refresh(account);
    assert.equal(selected(), undefined);
  });
});

describe('A file as a side', () => {
  it('is read as text, and shown by its name only', async () => {
    using window = new CompareWindow();
    const file = window.choose(window.put('a.json', '{"b":1,"$schema":"x","a":2}'));
    assert.equal(file.label, 'a.json');
    await window.compare(file);
    assert.equal(window.shown[0], '{\n  "$schema (not followed)": "x",\n  "a": 2,\n  "b": 1\n}\n');
  });

  it('that cannot be compared says why', async () => {
    using window = new CompareWindow();
    const most = 32 * 1024 * 1024;
    const reason = (uri: Uri): Promise<string> =>
      window.compare(window.choose(uri)).then(
        () => 'none',
        (error: unknown) =>
          error instanceof HttpError ? `${error.kind}: ${error.message}` : assert.fail(String(error)),
      );
    assert.equal(await reason(Uri.file('/files/gone.json')), 'notFound: "gone.json" was not found.');
    assert.equal(await reason(window.put('folder', '', { type: 2 })), 'rejected: "folder" is not a file.');
    assert.equal(await reason(window.put('link.json', '{}', { type: 65 })), 'none', 'a link to a file');
    assert.equal(await reason(window.put('b.json', '{}', { size: most })), 'none');
    assert.equal(
      await reason(window.put('c.json', '{}', { size: most + 1 })),
      'rejected: "c.json" is larger than 32 MB.',
    );
    const grown = window.put('d.json', new Uint8Array(most + 1), { size: 0 });
    assert.equal(await reason(grown), 'rejected: "d.json" is larger than 32 MB.');
    assert.equal(
      await reason(window.put('e.json', new Uint8Array([0xff, 0x22]))),
      'rejected: "e.json" is not a UTF-8 text file.',
    );
    assert.equal(
      await reason(window.put('f.json', '{\n\n')),
      'rejected: Line 3 of "f.json" is not valid JSON.',
    );
  });

  it('that was not chosen in this workspace is refused, whatever a URI says', async () => {
    using window = new CompareWindow();
    const secret = window.put('secret.json', '{}');
    await assert.rejects(window.compare({ label: 'x', source: { file: secret.toString() } }), {
      kind: 'rejected',
      message: /was not selected for comparison/,
    });
    const address = Uri.from({
      scheme: 'connections-explorer-compare',
      path: '/x.json',
      query: `file=${secret.toString()}`,
    });
    assert.match((await window.text(address)).replaceAll(/[\s",]+/g, ' '), /was not selected for comparison/);
  });
});

describe('A document of a comparison', () => {
  it('is read-only, and missing if its URI names no comparison', async () => {
    using window = new CompareWindow();
    await window.compare();
    const [uri] = window.uris as [Uri];
    assert.deepEqual(
      [...(await window.files.readFile(uri as never)).slice(0, 3)],
      [0xef, 0xbb, 0xbf],
      'it is UTF-8',
    );
    assert.equal((await window.files.stat(uri as never)).ctime, 0, 'nobody knows when it was made');
    const { permissions, type, size } = await window.files.stat(uri as never);
    assert.deepEqual([permissions, type, size], [1, 1, 0]);
    await assert.rejects(
      async () => window.files.writeFile(uri as never, new Uint8Array(), { create: true, overwrite: true }),
      { code: 'NoPermissions' },
    );
    const other = Uri.from({ scheme: uri.scheme, path: '/x.json', query: 'path=nowhere' });
    await assert.rejects(Promise.resolve(window.files.stat(other as never)), { code: 'FileNotFound' });
    await assert.rejects(window.text(other), { code: 'FileNotFound' });
  });

  it('says why it cannot be loaded after a reload, and is reloaded when accounts change', async () => {
    const before = new CompareWindow();
    await before.compare();
    const [uri] = before.uris as [Uri, Uri];
    before[Symbol.dispose]();
    using later = new CompareWindow();
    later.texts.set(web.path, new HttpError('authentication', 'Expired.'));
    editor.documents = [{ uri }];
    assert.match(await later.text(uri), /Web could not be read\./);
    const { mtime } = await later.files.stat(uri as never);
    later.texts.set(web.path, '{"a":1}');
    later.changed.length = 0;
    later.served.replaceAccounts(createAccount('a'));
    assert.deepEqual(later.changed, [uri.toString()]);
    assert.ok((await later.files.stat(uri as never)).mtime > mtime);
    assert.equal(await later.text(uri), '{\n  "a": 1\n}\n');
    later.served.replaceAccounts(createAccount('a'));
    assert.equal(later.changed.length, 1, 'what was read stays');
  });
});

describe('The stored text of a document', () => {
  it('is dropped when the document is closed, and requested again then', async () => {
    using window = new CompareWindow();
    await window.compare();
    const [uri] = window.uris as [Uri];
    await window.text(uri);
    assert.equal(window.reads.length, 2);
    editor.closedDocument.fire(undefined);
    await window.text(uri);
    assert.equal(window.reads.length, 2, 'it is open still');
    editor.documents = [];
    editor.closedDocument.fire(undefined);
    await window.text(uri);
    assert.equal(window.reads.length, 2, 'its tab is');
    editor.tabs = [{ input: new TabInputText(uri) }];
    editor.closedDocument.fire(undefined);
    await window.text(uri);
    assert.equal(window.reads.length, 2, 'alone in a tab as well');
    editor.tabs = [];
    editor.closedDocument.fire(undefined);
    await window.text(uri);
    await window.text(uri);
    assert.equal(window.reads.length, 4, 'nothing is kept of what nobody has open');
  });

  it('is kept for one that is about to be shown, while others are closed', async () => {
    using window = new CompareWindow();
    editor.commands.set('vscode.diff', async (original) => {
      editor.closedDocument.fire(undefined);
      window.shown = [await window.text(original as Uri)];
    });
    await window.compare();
    assert.deepEqual([window.reads.length, window.shown[0]], [2, '{\n  "a": "x",\n  "b": 1\n}\n']);
    const [first] = window.reads;
    editor.commands.set('vscode.diff', () => Promise.reject(new Error('no editor')));
    await assert.rejects(window.compare(), /no editor/);
    assert.equal(window.reads.filter((path) => path === first).length, 2);
  });

  it('is the latest, if a newer one arrives while a text is created', async () => {
    using window = new CompareWindow();
    await window.compare();
    const [uri] = window.uris as [Uri];
    closeEditors();
    editor.documents = [{ uri }];
    const slow = window.text(uri);
    window.texts.set(web.path, '{"a":"newer"}');
    await window.compare();
    await slow;
    assert.equal(await window.text(uri), '{\n  "a": "newer"\n}\n');
  });

  it('starts at its top in an editor that showed an error, once', async () => {
    using window = new CompareWindow();
    await window.compare();
    const [good, bad] = window.uris as [Uri, Uri];
    closeEditors();
    editor.documents = [{ uri: good }, { uri: bad }];
    window.texts.set(app.path, new HttpError('server', 'Down.'));
    await window.text(good);
    await window.text(bad);
    const revealed: unknown[] = [];
    const createEditor = (uri: Uri): object => ({
      document: { uri },
      revealRange: (range: unknown) => revealed.push([uri, JSON.stringify(range)]),
    });
    const editors = [good, bad, Uri.file('/other')].map(createEditor);
    editor.changedEditors.fire(editors);
    editor.changedEditors.fire(editors);
    const top = { line: 0, character: 0 };
    assert.deepEqual(revealed, [[bad, JSON.stringify({ start: top, end: top })]]);
  });

  it('is requested from the current accounts', async () => {
    using window = new CompareWindow();
    await window.compare();
    const [uri] = window.uris as [Uri];
    closeEditors();
    const { promise, reject } = deferred<string>();
    const session = await window.served.session();
    let first = true;
    window.served.session = () =>
      Promise.resolve(
        window.served.sessionWith({
          read: (one, call) => {
            if (!first) return session.read(one, call);
            first = false;
            return promise;
          },
        }),
      );
    const text = window.text(uri);
    await settle();
    window.served.replaceAccounts(createAccount('a'), createAccount('b'));
    reject(new HttpError('network', 'Closed.'));
    assert.match(await text, /"a": "x"/);
  });

  it('ends with the comparisons', async () => {
    const window = new CompareWindow();
    await window.compare();
    window[Symbol.dispose]();
    await settle();
    window.changed.length = 0;
    editor.set('connectionsExplorer.compareServerMade', true);
    assert.deepEqual(
      [window.changed, editor.closedDocument.listeners, editor.changedEditors.listeners],
      [[], 0, 0],
    );
  });
});
