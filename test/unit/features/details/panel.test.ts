import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, mock } from 'node:test';
import fc from 'fast-check';
import type { FromWebview } from '../../../../src/shared/protocol';
import { HttpError } from '../../../../src/core/http/errors';
import { accountPath, childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Reports, Table } from '../../../../src/core/services/contract/detailViews';
import type { Action } from '../../../../src/core/services/contract/action';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { account, createAccount, page, resource } from '../../../support/fakes/store';
import { Page, PanelWindow, createDetailViews, rest } from './panelWindow';
import { idleAction } from '../../../support/getAction';
import type { Uri } from '../../../support/vscode/values';
import { root } from '../../../scripts/lib/paths';

const web = resource(account, 'connection', 'c', 'Web');
const app = resource(account, 'connection', 'd', 'App');
const clicks = resource(web.path, 'dataset', 'ds', 'Clicks');

function open(parts: Partial<Session> = {}, accounts?: readonly string[]): PanelWindow {
  const window = new PanelWindow(parts, accounts);
  window.served.lists.set(account, [web, app]);
  window.served.lists.set(web.path, [clicks]);
  return window;
}

/** A table of all that is below a resource. */
const createTable = ({ path }: Resource): Table => ({
  ...{ id: 't', title: 'T', source: path, columns: [] },
  includes: () => true,
});

const del = idleAction({
  id: 'del',
  verb: 'delete',
  title: 'Delete…',
  confirmation: 'confirm',
  input: { kind: 'none' },
});

describe('The webview of a panel', () => {
  it('may run only our script, and load from its own folder', () => {
    using window = open();
    window.panels.open(web.path, { preview: false });
    const { options, html } = window.panel.page;
    assert.ok(JSON.stringify(options).startsWith('{"enableScripts":true,'));
    assert.equal(
      String((options as { localResourceRoots: readonly unknown[] }).localResourceRoots),
      'file:///extension/dist/panel',
    );
    for (const name of ['page.js', 'style.css', 'codicon.css'])
      assert.ok(html.includes(`https://file.invalid/extension/dist/panel/${name}`), name);
    const nonces = new Set(html.match(/(?<=nonce=")[^"]+/g));
    const [nonce] = nonces;
    assert.ok(nonces.size === 1 && html.includes(`script-src 'nonce-${nonce ?? ''}'`));
    assert.equal(Buffer.from(nonce ?? '', 'base64').length, 16);
    assert.ok(html.includes('lang="en"') && html.includes('https://csp.invalid'));
    window.panels.open(app.path, { preview: false });
    assert.ok(!window.panel.page.html.includes(nonce ?? ''), 'a nonce is used once');
  });

  it('receives its resource when it has loaded, and nothing before', async () => {
    using window = open();
    window.panels.open(web.path, { preview: true });
    await rest();
    assert.deepEqual(window.panel.page.posted, []);
    const shown = await window.open(web.path);
    assert.deepEqual(shown.messages[0], { type: 'init', path: web.path, pinned: true, language: 'en' });
    assert.deepEqual(shown.types.slice(0, 2), ['init', 'header']);
    const { header } = shown.last('header');
    assert.deepEqual(
      [header.label, header.state.kind, header.tabs, header.commands],
      ['Web', 'fresh', ['json'], ['refresh', 'reveal', 'copyId', 'copyLink', 'openJson']],
    );
  });

  it('is told what leads to its resource, from the account on', async () => {
    using window = open();
    await window.served.store.load(web.path);
    const shown = await window.open(clicks.path);
    assert.deepEqual(shown.last('header').header.ancestors, [
      { path: account, label: 'Account a' },
      { path: web.path, label: 'Web' },
    ]);
  });

  it('receives the texts of the user’s language', async () => {
    using window = open();
    const { l10n } = editor.api as { readonly l10n: { bundle: unknown } };
    l10n.bundle = { Refresh: 'Aktualisieren' };
    const shown = await window.open(web.path);
    l10n.bundle = undefined;
    assert.deepEqual(shown.last('init').texts, { Refresh: 'Aktualisieren' });
  });

  it('is discarded while it is hidden, and receives everything again when it is back', async () => {
    using window = open();
    const shown = await window.open(web.path);
    shown.panel.show(false);
    shown.forget();
    window.served.lists.set(account, [{ ...web, label: 'Website' }, app]);
    await window.served.store.refresh(account);
    await rest();
    assert.deepEqual(shown.types, []);
    assert.equal(shown.panel.title, 'Website', 'its tab can be seen');
    shown.panel.show(true);
    assert.deepEqual(shown.types, [], 'it has not loaded');
    await shown.ready();
    assert.deepEqual(shown.types.slice(0, 2), ['init', 'header']);
    shown.panel.show(true);
    shown.forget();
    await window.served.store.refresh(account);
    window.served.lists.set(account, [web, app]);
    await window.served.store.refresh(account);
    await rest();
    assert.equal(shown.last('header').header.label, 'Web', 'what stays on screen is followed');
  });

  it('has the title and icon of its resource in its tab, each set once', async () => {
    using window = open();
    const shown = await window.open(web.path);
    const { panel } = shown;
    const icons = (): string => JSON.stringify(panel.iconPath);
    assert.equal(panel.title, 'Web');
    const { light, dark } = panel.iconPath as { readonly light: Uri; readonly dark: Uri };
    const plug = readFileSync(join(root, 'node_modules/@vscode/codicons/src/icons/plug.svg'), 'utf8');
    for (const [uri, color] of [[light, '#424242'] as const, [dark, '#C5C5C5'] as const]) {
      assert.equal(uri.scheme, 'data');
      const [type, picture = ''] = uri.path.split(';base64,');
      assert.equal(type, 'image/svg+xml');
      assert.equal(Buffer.from(picture, 'base64').toString(), plug.replaceAll('currentColor', color));
    }
    const [title, icon] = [panel.sets.title, panel.sets.icon];
    window.served.lists.set(account, [{ ...web, description: 'other' }, app]);
    await window.served.store.refresh(account);
    await rest();
    assert.deepEqual([panel.sets.title, panel.sets.icon], [title, icon]);
    await window.served.store.load(web.path);
    window.panels.open(clicks.path, { preview: false });
    await rest();
    assert.ok(icons() !== JSON.stringify(window.panel.iconPath));
  });

  it('shows another resource instead, and is notified if it is loaded', async () => {
    using window = open();
    window.panels.open(web.path, { preview: true });
    const { panel } = window;
    mock.timers.tick(1000);
    window.panels.open(app.path, { preview: true });
    assert.deepEqual(panel.page.posted, []);
    panel.page.received.fire({ type: 'ready' });
    await rest();
    mock.timers.tick(1000);
    panel.page.posted.length = 0;
    window.panels.open(app.path, { preview: true });
    assert.deepEqual(panel.page.posted, [], 'it shows that already');
    mock.timers.tick(1000);
    window.panels.open(web.path, { preview: true });
    await rest();
    assert.deepEqual(panel.page.posted[0], { type: 'init', path: web.path, pinned: false, language: 'en' });
    assert.equal(panel.title, 'Web');
  });

  it('is notified once that it is kept open', async () => {
    using window = open();
    window.panels.open(web.path, { preview: true });
    mock.timers.tick(1000);
    const { panel } = window;
    panel.page.received.fire({ type: 'ready' });
    await rest();
    window.panels.open(web.path, { preview: false });
    window.panels.open(web.path, { preview: false });
    const kept = panel.page.posted.filter((each) => (each as FromWebview).type === ('pinned' as never));
    assert.equal(kept.length, 1);
    const header = panel.page.posted.findLast((each) => (each as { type: string }).type === 'header');
    assert.ok(!JSON.stringify(header).includes('"pin"'), 'and no more offers to');
    window.panels.open(app.path, { preview: true });
    mock.timers.tick(1000);
    const second = window.panel;
    window.panels.open(app.path, { preview: false });
    assert.deepEqual(second.page.posted, [], 'a page that is not there');
  });

  it('closes with its account, with a message', async () => {
    using window = open({}, ['a', 'b']);
    const shown = await window.open(web.path);
    window.served.replaceAccounts(createAccount('b'));
    await rest();
    assert.ok(shown.panel.isDisposed);
    assert.deepEqual(editor.inputs.texts, [
      'The details of "Web" were closed because its account was removed.',
    ]);
    assert.deepEqual(window.panels.list(), []);
  });

  it('observes and loads nothing after it is closed', async () => {
    using window = open({ detailViews: createDetailViews({ tables: () => [createTable(web)] }) });
    window.served.lists.set(web.path, new Promise(() => undefined));
    const shown = await window.open(web.path);
    await shown.request(web.path, { type: 'selectTab', tab: 'overview' });
    shown.panel.dispose();
    assert.equal(window.served.calls.at(-1)?.call.signal?.aborted, true);
    shown.forget();
    window.served.replaceAccounts();
    await rest();
    assert.deepEqual([shown.types, editor.inputs.texts], [[], []]);
  });
});

describe('A message from the webview', () => {
  it('is ignored if it is invalid, or about the previous resource', async () => {
    using window = open();
    const shown = await window.open(web.path);
    shown.forget();
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (message) => {
        await shown.send(message);
        assert.deepEqual([shown.messages, editor.executed, window.revealed], [[], [], []]);
      }),
      { numRuns: 20 },
    );
    await shown.request(app.path, { type: 'runCommand', command: 'reveal' });
    await shown.send({ type: 'runCommand', command: 'erase', path: web.path });
    await shown.send({ type: 'runCommand', command: 'reveal' });
    assert.deepEqual(window.revealed, []);
    await shown.request(web.path, { type: 'runCommand', command: 'reveal' });
    assert.deepEqual(window.revealed, [web.path]);
  });

  it('for a menu command runs that command', async () => {
    using window = open();
    const shown = await window.open(web.path);
    for (const command of ['copyId', 'copyLink', 'openJson', 'openInBrowser'] as const)
      await shown.request(web.path, { type: 'runCommand', command });
    assert.deepEqual(
      editor.executed,
      ['copyId', 'copyLink', 'openJson', 'openInBrowser'].map((command) => [
        `connectionsExplorer.${command}`,
        web.path,
      ]),
    );
  });

  it('to copy puts a text on the clipboard as it is, and an ID as one line', async () => {
    using window = open();
    const shown = await window.open(web.path);
    await shown.request(web.path, { type: 'copy', text: 'a\nb' });
    assert.equal(editor.clipboard, 'a\nb');
    await shown.request(web.path, { type: 'copyLine', text: 'a\nb' });
    assert.equal(editor.clipboard, 'a b');
    assert.match(editor.inputs.texts.join(), /^The ID of a b contains/);
    await shown.request(web.path, { type: 'copyLine', text: 'x1' });
    assert.equal(editor.clipboard, 'x1');
  });

  it('to show another resource is accepted in the same account only, and keeps the panel', async () => {
    using window = open({}, ['a', 'b']);
    window.panels.open(web.path, { preview: true });
    mock.timers.tick(1000);
    const { panel } = window;
    const send = async (type: 'open' | 'reveal' | 'load', target: string): Promise<void> => {
      panel.page.received.fire({ type, target, path: web.path });
      await rest();
    };
    const foreign = childPath(accountPath('b'), 'connection', 'c');
    for (const type of ['open', 'reveal', 'load'] as const) {
      for (const target of [foreign, 'no path', '', '../x']) await send(type, target);
    }
    assert.deepEqual(
      [window.panels.list(), window.revealed, window.served.calls.filter(({ path }) => path !== account)],
      [[web.path], [], []],
    );
    await send('open', app.path);
    assert.deepEqual([window.panels.list(), window.panel.reveals], [[web.path, app.path], []]);
    assert.deepEqual(window.panel.showOptions, { viewColumn: -1, preserveFocus: false });
    await send('reveal', app.path);
    assert.deepEqual(window.revealed, [app.path]);
    await send('load', web.path);
    assert.equal(window.served.asked(web.path), 1);
    mock.timers.tick(1000);
    window.panels.open(clicks.path, { preview: true });
    assert.deepEqual(window.panels.list(), [web.path, clicks.path], 'it was a preview');
  });

  it('to keep the panel open is accepted', async () => {
    using window = open();
    window.panels.open(web.path, { preview: true });
    window.panel.page.received.fire({ type: 'runCommand', command: 'pin', path: web.path });
    await rest();
    mock.timers.tick(1000);
    window.panels.open(app.path, { preview: true });
    assert.deepEqual(window.panels.list(), [web.path, app.path]);
  });

  it('to follow an ID reveals the loaded resource of that ID in the tree', async () => {
    using window = open();
    const shown = await window.open(web.path);
    await window.served.store.load(web.path);
    await shown.request(web.path, { type: 'revealId', id: 'ds' });
    await shown.request(web.path, { type: 'revealId', id: 'nobody' });
    assert.deepEqual(window.revealed, [clicks.path]);
  });

  it('to run an action starts it with the current resource, if it is still offered', async () => {
    let offers: readonly Action[] = [del];
    using window = open({ actions: () => offers });
    const shown = await window.open(web.path);
    assert.deepEqual(shown.last('header').header.actions, [
      { id: 'del', title: 'Delete…', destructive: true },
    ]);
    await shown.request(web.path, { type: 'runAction', action: 'other' });
    assert.deepEqual(window.begun, []);
    await shown.request(web.path, { type: 'runAction', action: 'del' });
    assert.deepEqual(window.begun, [[window.served.store.get(web.path), del]]);
    offers = [];
    await shown.request(web.path, { type: 'runAction', action: 'del' });
    assert.equal(window.begun.length, 1);
    window.served.lists.set(account, []);
    await window.served.store.refresh(account);
    offers = [del];
    await shown.request(web.path, { type: 'runAction', action: 'del' });
    assert.equal(window.begun.length, 1, 'it is gone');
  });

  it('that fails is reported, and the next one is accepted', async () => {
    using window = open();
    const shown = await window.open(web.path);
    window.context.view.reveal = () => Promise.reject(new HttpError('notFound', 'It is gone.'));
    await shown.request(web.path, { type: 'runCommand', command: 'reveal' });
    const [{ kind, text } = assert.fail('nothing told')] = editor.inputs.messages;
    assert.equal(kind, 'error');
    assert.match(text, /It is gone\./);
  });

  it('to refresh reloads the list that contains the resource, and its own if it was loaded', async () => {
    using window = open();
    const shown = await window.open(web.path);
    const before = window.served.asked(account);
    await shown.request(web.path, { type: 'runCommand', command: 'refresh' });
    assert.deepEqual([window.served.asked(account), window.served.asked(web.path)], [before + 1, 0]);
    await window.served.store.load(web.path);
    await shown.request(web.path, { type: 'runCommand', command: 'refresh' });
    assert.deepEqual([window.served.asked(account), window.served.asked(web.path)], [before + 2, 2]);
  });

  it('about the summary of an account is for that summary', async () => {
    const errors = { id: 'errors', label: 'Errors', state: 'warning', count: () => 1 } as const;
    const datasets = { title: 'Load Datasets', prefetchable: false, missing: () => 'Not loaded' };
    using window = open({
      detailViews: createDetailViews({
        accountLevels: () => [
          { kind: 'connection', title: 'Connections', tallies: [errors] },
          { kind: 'dataset', title: 'Datasets', tallies: [], load: datasets },
        ],
      }),
    });
    const shown = await window.open(account);
    await window.served.store.load(account);
    await shown.request(account, { type: 'selectTab', tab: 'overview' });
    const summary = () => shown.last('overview').model.summary ?? assert.fail();
    await shown.request(account, { type: 'chooseCount', count: 'errors' });
    assert.equal(summary().chosen, 'errors');
    await shown.request(account, { type: 'loadLevel', level: 'dataset' });
    assert.deepEqual([window.served.asked(web.path), window.served.asked(app.path)], [1, 1]);
    assert.match(await untilChanges(shown), /^Changes since your last look/);
    await shown.request(account, { type: 'markAsSeen' });
    assert.match(summary().changes?.text ?? '', /^Nothing has changed/);
  });

  it('to refresh requests the report of the resource again', async () => {
    const reads: string[] = [];
    const reports: Reports = {
      title: () => 'Errors',
      explainsFailure: () => false,
      read: ({ id }) => {
        reads.push(id);
        return Promise.resolve({ columns: [], rows: [], summary: [] });
      },
    };
    using window = open({ reports, properties: () => [{ label: 'Rows', value: '1' }] });
    const shown = await window.open(web.path);
    await shown.request(web.path, { type: 'selectTab', tab: 'overview' });
    assert.deepEqual(reads, ['c']);
    await shown.request(web.path, { type: 'runCommand', command: 'refresh' });
    assert.deepEqual(reads, ['c', 'c']);
  });

  it('to stop ends what is loaded for a tab', async () => {
    using window = open({ detailViews: createDetailViews({ tables: () => [createTable(web)] }) });
    window.served.lists.set(web.path, new Promise(() => undefined));
    const shown = await window.open(web.path);
    await shown.request(web.path, { type: 'selectTab', tab: 'overview' });
    assert.equal(shown.last('overview').model.tables[0]?.loading, true);
    await shown.request(web.path, { type: 'cancel' });
    assert.equal(window.served.calls.at(-1)?.call.signal?.aborted, true);
    window.served.lists.set(web.path, [clicks]);
    await shown.request(web.path, { type: 'runCommand', command: 'refresh' });
    assert.equal(shown.last('overview').model.tables[0]?.rows.length, 1, 'refreshing goes on with it');
  });
});

describe('The tab JSON', () => {
  const reading = (texts: readonly string[]) => {
    const left = [...texts];
    const reads: ResourcePath[] = [];
    const read = ({ path }: Resource): Promise<string> => {
      reads.push(path);
      return Promise.resolve(left.shift() ?? '{}');
    };
    return { read, reads };
  };

  it('is loaded when it is opened, and sent verbatim', async () => {
    const { read, reads } = reading(['{"id":"ds"}']);
    using window = open({ read });
    const shown = await window.open(web.path);
    assert.deepEqual(reads, []);
    await shown.request(web.path, { type: 'selectTab', tab: 'json' });
    assert.deepEqual([reads, shown.last('json').json], [[web.path], { kind: 'text' }]);
    const { bytes, first, last } = shown.last('jsonChunk');
    assert.deepEqual([new TextDecoder().decode(bytes), first, last], ['{"id":"ds"}', true, true]);
    await shown.request(web.path, { type: 'jsonChunkAck' });
    await shown.request(web.path, { type: 'selectTab', tab: 'overview' });
    await shown.request(web.path, { type: 'selectTab', tab: 'json' });
    assert.equal(reads.length, 1, 'it is known');
    await shown.request(web.path, { type: 'runCommand', command: 'refresh' });
    assert.equal(reads.length, 2);
  });

  it('of the next row in the preview is read before the page asks for it, and sent once', async () => {
    const { read, reads } = reading(['1', '2']);
    using window = open({ read });
    window.panels.open(web.path, { preview: true });
    const shown = new Page(window.panel);
    await shown.ready();
    await shown.request(web.path, { type: 'selectTab', tab: 'json' });
    shown.forget();
    window.panels.open(app.path, { preview: true });
    await rest();
    assert.deepEqual(reads, [web.path, app.path]);
    assert.equal(new TextDecoder().decode(shown.last('jsonChunk').bytes), '2');
    await shown.request(app.path, { type: 'selectTab', tab: 'json' });
    assert.equal(shown.types.filter((type) => type === 'jsonChunk').length, 1);
    window.served.lists.set(account, [{ ...resource(account, 'group', 'g'), hasChildren: true }]);
    await window.served.store.refresh(account);
    window.panels.open(resource(account, 'group', 'g').path, { preview: true });
    await rest();
    assert.equal(reads.length, 2, 'a row without this tab');
  });

  it('is neither loaded nor drawn after the panel is closed', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    using window = open({
      read: (_, { signal }) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    });
    const shown = await window.open(web.path);
    await shown.request(web.path, { type: 'selectTab', tab: 'json' });
    assert.deepEqual(
      signals.map((signal) => signal?.aborted),
      [false],
    );
    window.served.lists.set(account, [{ ...web, label: 'Renamed' }, app]);
    await window.served.store.refresh(account);
    shown.forget();
    shown.panel.dispose();
    assert.equal(signals[0]?.aborted, true);
    await rest();
    assert.deepEqual(shown.messages, []);
  });

  it('is sent again to a webview that was discarded, and not to a hidden one', async () => {
    const { read } = reading(['1', '2']);
    using window = open({ read });
    const shown = await window.open(web.path);
    await shown.request(web.path, { type: 'selectTab', tab: 'json' });
    shown.forget();
    await shown.ready();
    assert.ok(shown.types.includes('header'), 'although it was sent before');
    assert.ok(!shown.types.includes('jsonChunk'), 'no tab is open yet');
    await shown.request(web.path, { type: 'selectTab', tab: 'json' });
    assert.equal(new TextDecoder().decode(shown.last('jsonChunk').bytes), '1');
    shown.panel.show(false);
    shown.forget();
    await shown.request(web.path, { type: 'jsonChunkAck' });
    assert.deepEqual(shown.types, []);
  });

  it('that is still received is not sent to a hidden webview', async () => {
    const received: ((part: string, isFirst: boolean) => void)[] = [];
    using window = open({
      read: (_resource, _call, onPart) => {
        if (onPart) received.push(onPart);
        return new Promise(() => undefined);
      },
    });
    const shown = await window.open(web.path);
    await shown.request(web.path, { type: 'selectTab', tab: 'json' });
    const receive = async (part: string, isFirst: boolean): Promise<void> => {
      shown.forget();
      for (const each of received) each(part, isFirst);
      await rest();
    };
    await receive(JSON.stringify('a'.repeat(100_000)), true);
    assert.ok(shown.types.includes('jsonChunk'));
    shown.panel.show(false);
    await receive(JSON.stringify('b'.repeat(1_000_000)), false);
    assert.deepEqual(shown.types, []);
    await receive(JSON.stringify('c'.repeat(1_000_000)), true);
    assert.deepEqual(shown.types, [], 'from its beginning');
  });

  it('that is long is sent as far as the page keeps up with it, and no further after the panel is closed', async () => {
    const { read } = reading([JSON.stringify(randomBytes(6_000_000).toString('base64'))]);
    using window = open({ read });
    const shown = await window.open(web.path);
    await shown.request(web.path, { type: 'selectTab', tab: 'json' });
    const chunks = async (count: number): Promise<void> => {
      while (shown.types.filter((type) => type === 'jsonChunk').length < count) await rest();
    };
    await chunks(4);
    for (let turn = 0; turn < 5; turn++) await rest();
    assert.equal(shown.types.filter((type) => type === 'jsonChunk').length, 4);
    await shown.request(web.path, { type: 'jsonChunkAck' });
    await chunks(5);
    shown.panel.page.received.fire({ type: 'jsonChunkAck', path: web.path });
    await new Promise((done) => setImmediate(done));
    shown.forget();
    shown.panel.dispose();
    for (let turn = 0; turn < 20; turn++) await rest();
    assert.deepEqual(shown.types, []);
  });

  it('is loaded again when its row has changed in the list', async () => {
    const { read, reads } = reading(['1', '2']);
    using window = open({ read });
    window.served.lists.set(account, [{ ...web, json: { status: 'running' } }, app]);
    const shown = await window.open(web.path);
    await shown.request(web.path, { type: 'selectTab', tab: 'json' });
    window.served.lists.set(account, [{ ...web, json: { status: 'done' } }, app]);
    await window.served.store.refresh(account);
    await rest();
    assert.equal(reads.length, 2);
    assert.equal(new TextDecoder().decode(shown.last('jsonChunk').bytes), '2');
  });

  it('says which texts are IDs of loaded resources, also when others are loaded', async () => {
    using window = open();
    const shown = await window.open(web.path);
    await shown.request(web.path, { type: 'selectTab', tab: 'json' });
    assert.ok(!shown.types.includes('ids'));
    await shown.request(web.path, { type: 'identify', ids: ['d'] });
    assert.deepEqual(shown.last('ids').ids, ['d'], 'one is enough');
    await shown.request(web.path, { type: 'identify', ids: ['d', 'ds', 'c', 'nobody'] });
    assert.deepEqual(shown.last('ids').ids, ['d'], 'its own is none');
    await window.served.store.load(web.path);
    await rest();
    assert.deepEqual(shown.last('ids').ids, ['d', 'ds']);
    const count = shown.types.filter((type) => type === 'ids').length;
    await window.served.store.refresh(account);
    await rest();
    assert.equal(
      shown.types.filter((type) => type === 'ids').length,
      count,
      'what it knows is not sent again',
    );
  });

  it('of a deleted resource is shown as it was, and not reloaded', async () => {
    const { read, reads } = reading(['1']);
    using window = open({ read });
    const shown = await window.open(web.path);
    window.served.lists.set(account, []);
    await window.served.store.refresh(account);
    await rest();
    assert.equal(shown.last('header').header.state.kind, 'gone');
    await shown.request(web.path, { type: 'selectTab', tab: 'json' });
    assert.deepEqual([reads, shown.last('json').json], [[], { kind: 'loading' }]);
  });

  it('is absent for resources without JSON', async () => {
    using window = open();
    const group = { ...resource(account, 'group', 'g'), hasChildren: true };
    window.served.lists.set(account, [group]);
    const shown = await window.open(group.path);
    assert.deepEqual(
      [shown.last('header').header.tabs, shown.last('header').header.commands],
      [[], ['refresh', 'reveal', 'copyId', 'copyLink']],
    );
  });
});

describe('A tab that is open and changes', () => {
  it('is sent if it differs, debounced', async () => {
    let value = '1';
    using window = open({ properties: () => [{ label: 'Rows', value }] });
    const shown = await window.open(web.path);
    assert.deepEqual(shown.last('header').header.tabs, ['overview', 'json']);
    await shown.request(web.path, { type: 'selectTab', tab: 'overview' });
    assert.equal(shown.last('overview').model.facts[0]?.value, '1');
    shown.forget();
    value = '2';
    await window.served.store.refresh(account);
    assert.deepEqual(shown.types, [], 'changes are gathered');
    await rest();
    assert.deepEqual(shown.types.toSorted(), ['header', 'overview'], 'and when it was read');
    shown.forget();
    await window.served.store.refresh(account);
    await rest();
    assert.deepEqual(
      shown.types.filter((type) => type === 'overview'),
      [],
    );
  });

  it('follows the setting for missing data at once', async () => {
    using window = open({ properties: () => [{ label: 'Rows', value: '1' }] });
    const shown = await window.open(web.path);
    const lastAt = new Date(Date.now() - 5 * 86_400_000).toISOString();
    window.served.lists.set(web.path, [{ ...clicks, newData: { lastAt, isOff: false } }]);
    await window.served.store.load(web.path);
    await shown.request(web.path, { type: 'selectTab', tab: 'overview' });
    const told = (): readonly string[] => shown.last('overview').model.facts.map(({ value }) => value);
    assert.deepEqual(told(), ['1']);
    editor.set('connectionsExplorer.noNewDataHours', 100);
    assert.deepEqual(told(), ['no new data in 1 dataset', '1']);
    shown.forget();
    editor.set('connectionsExplorer.pageSize', 50);
    assert.deepEqual(shown.types, [], 'and no other setting');
    editor.set('connectionsExplorer.noNewDataHours', 200);
    assert.deepEqual(told(), ['1']);
  });

  it('belongs to the current session of the account', async () => {
    using window = open();
    const shown = await window.open(web.path);
    const other = window.served.sessionWith({ properties: () => [{ label: 'A', value: 'B' }] });
    window.served.session = () => Promise.resolve(other);
    await window.served.store.refresh(account);
    await rest();
    assert.deepEqual(shown.last('header').header.tabs, ['overview', 'json']);
    window.served.session = () => Promise.reject(new HttpError('authentication', 'No.'));
    await window.served.store.refresh(account);
    await rest();
    assert.deepEqual(shown.last('header').header.tabs, []);
  });

  it('says why there are no tabs if the account cannot be opened, although the row is fresh', async () => {
    using window = open();
    const shown = await window.open(web.path);
    window.served.session = () => Promise.reject(new HttpError('authentication', 'No.'));
    await shown.ready();
    const { tabs, state } = shown.last('header').header;
    assert.deepEqual(tabs, []);
    assert.equal(state.kind === 'failed' && state.problem.what, 'Sign-in failed.');
  });

  it('is drawn if there is something to draw', async () => {
    const lanes = { source: account, lanes: 'connection', bars: 'dataset' } as const;
    const structure = { nodes: [{ id: 'n', label: 'N', kind: 'key' as const }], edges: [] };
    const portrait = createDetailViews({
      timeline: ({ kind }) => (kind === 'connection' ? lanes : undefined),
      structureInputs: ({ kind }) => (kind === 'connection' ? [account] : []),
      structure: () => structure,
    });
    using window = open({ detailViews: portrait });
    const shown = await window.open(web.path);
    assert.deepEqual(shown.last('header').header.tabs, ['timeline', 'structure', 'json']);
    await shown.request(web.path, { type: 'selectTab', tab: 'timeline' });
    assert.deepEqual(
      shown.last('timeline').model.lanes.map(({ label, bars }) => [label, bars.length]),
      [
        ['Web', 1],
        ['App', 0],
      ],
    );
    await shown.request(web.path, { type: 'selectTab', tab: 'structure' });
    assert.equal(shown.last('structure').model.nodes.length, 1);
    await window.served.store.load(web.path);
    const below = await window.open(clicks.path);
    for (const tab of ['timeline', 'structure'] as const) {
      await below.request(clicks.path, { type: 'selectTab', tab });
      assert.ok(!below.types.includes(tab), tab);
    }
  });

  it('follows lists elsewhere in the account too', async () => {
    using window = open({ detailViews: createDetailViews({ tables: () => [createTable(app)] }) });
    const shown = await window.open(web.path);
    await shown.request(web.path, { type: 'selectTab', tab: 'overview' });
    window.served.lists.set(app.path, page([resource(app.path, 'dataset', 'new')]));
    await window.served.store.refresh(app.path);
    await rest();
    assert.deepEqual(
      shown.last('overview').model.tables[0]?.rows.map(({ id }) => id),
      ['new'],
    );
  });
});

/** What the overview of an account says of changes, as soon as the last look is read from its file. */
async function untilChanges(shown: Page): Promise<string> {
  for (;;) {
    const { changes } = shown.last('overview').model.summary ?? {};
    if (changes) return changes.text;
    await new Promise((done) => setImmediate(done));
    await rest();
  }
}
