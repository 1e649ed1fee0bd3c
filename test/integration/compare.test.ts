import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ApiResource } from '../../src/api';
import { commands, settings, settingsSection } from '../../src/shared/contributions';
import { compareScheme, serviceJsonFolder, serviceJsonLanguage } from '../../src/shared/identifiers';
import { run, signedIn, until, type Signed } from './explorer';

/** The two sides of the comparison that is shown. */
async function sides(): Promise<readonly [string, string]> {
  const shown = (): vscode.TabInputTextDiff | undefined => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputTextDiff ? input : undefined;
  };
  await until(() => shown() !== undefined, 'a comparison is shown');
  const input = shown();
  assert.ok(input);
  const [left, right] = await Promise.all(
    [input.original, input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
  );
  assert.ok(left && right);
  return [left.getText(), right.getText()];
}

describe('comparing', () => {
  let signed: Signed;
  let folder: string;
  let one: ApiResource;
  let other: ApiResource;
  const dialogs = { save: vscode.window.showSaveDialog, open: vscode.window.showOpenDialog };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'compare-'));
    signed = await signedIn({ connections: 4, datasets: 3 });
    const [first, second] = await signed.api.children();
    assert.ok(first && second);
    [one, other] = [first, second];
  });
  after(async () => {
    Object.assign(vscode.window, { showSaveDialog: dialogs.save, showOpenDialog: dialogs.open });
    rmSync(folder, { recursive: true, maxRetries: 5 });
    await signed.end();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** Answers both file dialogs. */
  function answerWith(name: string): string {
    const file = join(folder, name);
    const uri = vscode.Uri.file(file);
    Object.assign(vscode.window, {
      showSaveDialog: () => Promise.resolve(uri),
      showOpenDialog: () => Promise.resolve([uri]),
    });
    return file;
  }

  it('shows two connections side by side, without fields that the service sets', async () => {
    await run(commands.compare, one.path, other.path);
    const [left, right] = await sides();
    assert.match(left, new RegExp(`"id": "${one.id}"`));
    assert.match(right, new RegExp(`"id": "${other.id}"`));
    assert.doesNotMatch(left + right, /modifiedDate/);
    const title = vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    assert.ok(title.includes(one.label) && title.includes(other.label), title);
  });

  it('shows and hides fields that the service sets, in the open comparison', async () => {
    await run(commands.selectForCompare, one.path);
    await run(commands.compareWithSelected, other.path);
    await sides();
    const section = vscode.workspace.getConfiguration(settingsSection);
    try {
      await run(commands.toggleServerMade);
      await until(async () => (await sides())[0].includes('modifiedDate'), 'dates are shown');
      await run(commands.toggleServerMade);
      await until(async () => !(await sides())[0].includes('modifiedDate'), 'dates are hidden');
      await run(commands.showServerMade);
      await until(async () => (await sides())[0].includes('modifiedDate'), 'dates are shown again');
      await run(commands.hideServerMade);
      await until(async () => !(await sides())[0].includes('modifiedDate'), 'dates are hidden again');
    } finally {
      await section.update(settings.compareServerMade, undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('shows a long text, which a thread makes, in the same form', async function () {
    // A thread starts, and VS Code draws 20,000 lines twice: on a busy machine that takes longer than most tests may.
    this.timeout(60_000);
    const items = Array.from({ length: 5000 }, (_, index) => ({ name: `n${index}`, api_key: 'canary' }));
    writeFileSync(answerWith('long.json'), JSON.stringify({ z: 1, items }));
    await run(commands.compareWithSnapshot, one.path);
    const [left] = await sides();
    const masked = items.map(({ name }) => ({ api_key: '***', name }));
    assert.equal(left, `${JSON.stringify({ items: masked, z: 1 }, undefined, 2)}\n`);
  });

  /** The address of a side, as anybody may write it. */
  const toAddress = (query: Readonly<Record<string, string>>): vscode.Uri =>
    vscode.Uri.from({
      scheme: compareScheme,
      path: `/${serviceJsonFolder}/any name.json`,
      query: new URLSearchParams({ ...query, service: 'cja' }).toString(),
    });
  const requests = (): number => signed.sample.requests.length;
  /** The sentences shown in place of a side that cannot be loaded. */
  const sentences = async (address: vscode.Uri): Promise<readonly string[]> => {
    const read: unknown = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(address)));
    assert.ok(Array.isArray(read));
    return read.map(String);
  };

  it('recreates its documents from their URI only, as JSON, whatever the encoding of files', async () => {
    await run(commands.compare, one.path, other.path);
    const files = vscode.workspace.getConfiguration('files');
    try {
      await files.update('encoding', 'utf16le', vscode.ConfigurationTarget.Global);
      const document = await vscode.workspace.openTextDocument(toAddress({ path: one.path }));
      assert.equal(document.getText(), (await sides())[0]);
      assert.equal(document.languageId, serviceJsonLanguage);
    } finally {
      await files.update('encoding', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('requests each side once when it is opened, and again when it is reopened or refreshed', async () => {
    const of = async (work: () => Promise<void>): Promise<number> => {
      signed.sample.clearRequests();
      await work();
      return requests();
    };
    const open = async (): Promise<void> => {
      await run(commands.compare, one.path, other.path);
      await sides();
    };
    assert.equal(await of(open), 2);
    assert.equal(await of(open), 2);
    assert.equal(await of(() => run(commands.refreshComparison)), 2);
    const address = toAddress({ path: one.path });
    assert.equal(
      await of(async () => {
        await vscode.workspace.fs.stat(address);
      }),
      0,
    );
  });

  it('keeps its inputs as long as it is open', async () => {
    await run(commands.compare, one.path, other.path);
    await sides();
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    const read = async (): Promise<number> => {
      signed.sample.clearRequests();
      await vscode.workspace.fs.readFile(input.original);
      return requests();
    };
    assert.equal(await read(), 0);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const isOpen = (): boolean =>
      vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === input.original.toString());
    await until(() => !isOpen(), 'the document is closed');
    assert.equal(await read(), 1);
  });

  it('shows changes when it is refreshed', async () => {
    await run(commands.compare, one.path, other.path);
    const name = 'Renamed meanwhile';
    assert.ok(!(await sides())[1].includes(name));
    signed.sample.inject({
      match: { path: new RegExp(`/connections/${other.id}`) },
      body: { ...(JSON.parse(await signed.api.read(other.path)) as object), name },
      times: 1,
    });
    await run(commands.refreshComparison);
    await until(async () => (await sides())[1].includes(name), 'the document is read again');
  });

  it('is read-only', async () => {
    const address = toAddress({ path: one.path });
    const { fs } = vscode.workspace;
    assert.equal(fs.isWritableFileSystem(compareScheme), false);
    assert.equal((await fs.stat(address)).permissions, vscode.FilePermission.Readonly);
    await assert.rejects(async () => fs.writeFile(address, new Uint8Array()));
    await assert.rejects(async () => fs.delete(address));
    await assert.rejects(async () => fs.rename(address, address.with({ path: '/other.json' })));
    await assert.rejects(async () => fs.createDirectory(address.with({ path: '/folder' })));
  });

  it('treats a URI that names no comparison as a missing file', async () => {
    for (const query of ['', 'path=nonsense', 'service=cja']) {
      const address = toAddress({}).with({ query });
      const notFound = (error: unknown): boolean =>
        error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
      await assert.rejects(async () => vscode.workspace.fs.stat(address), notFound);
      await assert.rejects(async () => vscode.workspace.fs.readFile(address), notFound);
    }
  });

  it('shows in place of a side why it cannot be loaded', async () => {
    const gone = await sentences(toAddress({ path: 'account:gone/connection:x' }));
    assert.deepEqual(gone.slice(0, 2), ['any name could not be read.', 'This account no longer exists.']);
    const absent = await sentences(toAddress({ path: `account:${signed.account.id}/connection:dg_absent` }));
    assert.match(absent.join(' '), /dg_absent was not found/);
    assert.ok((await sentences(toAddress({ path: `account:${signed.account.id}` }))).length > 1);
  });

  it('reads no file that the user did not choose', async () => {
    const file = join(folder, 'private.json');
    writeFileSync(file, '{"canary":1}');
    const uri = vscode.Uri.file(file).toString();
    for (const address of [
      uri,
      `${uri}#`,
      toAddress({ path: one.path }).toString(),
      'https://127.0.0.1/x',
      'x',
    ]) {
      const shown = await sentences(toAddress({ file: address }));
      assert.match(shown.join(' '), /was not selected/);
    }
    answerWith('private.json');
    await run(commands.compareWithSnapshot, one.path);
    await sides();
    const read = new TextDecoder().decode(await vscode.workspace.fs.readFile(toAddress({ file: uri })));
    assert.deepEqual(JSON.parse(read), { canary: 1 });
  });

  it('reloads a failed side when accounts change', async () => {
    const mend = signed.sample.inject({ match: { path: /\/data\/connections/ }, status: 403, body: {} });
    const [left, right] = [one, other].map(({ path }) =>
      toAddress({ path }).with({ path: '/restored.json' }),
    );
    try {
      await vscode.commands.executeCommand('vscode.diff', left, right, 'As after a reload');
      for (const text of await sides()) assert.match(text, /could not be read/);
    } finally {
      mend();
    }
    const credentials = signed.sample.credentials('cja');
    const account = await signed.api.accounts.add(
      { service: 'cja', name: 'Another', settings: { ...credentials.settings } },
      { ...credentials.secrets },
    );
    try {
      await until(async () => (await sides()).every((text) => text.includes('"id": "dg_')), 'both are read');
    } finally {
      await signed.api.accounts.remove(account.id);
    }
  });

  /** The labels of all tabs. */
  const tabs = (): readonly string[] =>
    vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

  it('closes with an account of either side, as its JSON does, and with no other', async () => {
    const credentials = signed.sample.credentials('cja');
    const account = await signed.api.accounts.add(
      { service: 'cja', name: 'Another', settings: { ...credentials.settings } },
      { ...credentials.secrets },
    );
    const path = one.path.replace(signed.account.id, account.id);
    await signed.api.children(`account:${account.id}`);
    await run(commands.openJson, path);
    await vscode.commands.executeCommand('workbench.action.keepEditor');
    await run(commands.compare, path, other.path);
    await vscode.commands.executeCommand('workbench.action.keepEditor');
    await run(commands.compare, one.path, other.path);
    assert.equal(tabs().length, 3);
    const [, , stays] = tabs();
    await signed.api.accounts.remove(account.id);
    await until(() => tabs().length === 1, 'two tabs are closed');
    assert.deepEqual(tabs(), [stays]);
  });

  it('closes at once if its account is gone when it is restored', async () => {
    const [left, right] = [one.path, 'account:gone/connection:x'].map((path) => toAddress({ path }));
    await run(commands.compare, one.path, other.path);
    await vscode.commands.executeCommand('workbench.action.keepEditor');
    const before = tabs();
    await vscode.commands.executeCommand('vscode.diff', left, right, 'As after a reload');
    await until(() => !tabs().includes('As after a reload'), 'the tab is closed');
    assert.deepEqual(tabs(), before);
  });

  it('saves a snapshot that is the server’s own JSON, and finds no difference to it', async () => {
    const file = answerWith('snapshot.json');
    void run(commands.saveSnapshot, one.path);
    const written = (): string => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return '';
      }
    };
    await until(() => written().endsWith('}\n'), 'the snapshot is written');
    assert.deepEqual(JSON.parse(written()), JSON.parse(await signed.api.read(one.path)));
    await run(commands.compareWithSnapshot, one.path);
    const [left, right] = await sides();
    assert.equal(left, right);
  });

  it('opens nothing for a file that cannot be compared', async () => {
    for (const content of ['{\n"a": 1,\n}', Buffer.from([0xff, 0xfe, 0x00])]) {
      writeFileSync(answerWith('broken.json'), content);
      await run(commands.compareWithSnapshot, one.path);
      assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab, undefined);
    }
  });
});
