import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApiResource } from '../../src/api';
import { commands } from '../../src/shared/contributions';
import { jsonScheme, serviceJsonLanguage } from '../../src/shared/identifiers';
import { first, run, signedIn, until, type Signed } from './explorer';

describe('commands', () => {
  let signed: Signed;
  let connections: readonly ApiResource[];
  let connection: ApiResource;
  let dataset: ApiResource;

  before(async () => {
    signed = await signedIn({ connections: 20, datasets: 4 });
    connections = (await signed.api.children()).filter(({ kind }) => kind === 'connection');
    connection = first(connections, 'connection');
    dataset = first(await signed.api.children(connection.path), 'dataset');
  });
  after(() => signed.end());
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const clipboard = (): Thenable<string> => vscode.env.clipboard.readText();

  it('copy IDs, one per line', async () => {
    await run(commands.copyId, connection.path);
    assert.equal(await clipboard(), connection.id);
    const several = connections.slice(0, 3);
    await run(commands.copyId, ...several.map(({ path }) => path));
    assert.equal(await clipboard(), several.map(({ id }) => id).join('\n'));
  });

  it('copy the ID without prefix, and the name', async () => {
    await run(commands.copyShortId, connection.path);
    assert.equal(await clipboard(), connection.id.replace('dg_', ''));
    await run(commands.copyName, connection.path, dataset.path);
    assert.equal(await clipboard(), `${connection.label}\n${dataset.label}`);
  });

  it('copy the JSON as the server sent it', async () => {
    await run(commands.copyJson, connection.path);
    const sent = await signed.api.read(connection.path);
    assert.deepEqual(JSON.parse(await clipboard()), JSON.parse(sent));
  });

  it('copy a request for the shell that contains no secret and works', async () => {
    await run(commands.copyCurl, connection.path);
    const text = await clipboard();
    assert.match(text, /^curl(\.exe)? \^?["']http:\/\/127\.0\.0\.1:\d+\/data\/connections\/dg_/);
    assert.match(text, /Bearer (\$|\$env:|%)ACCESS_TOKEN/);
    for (const secret of Object.values(signed.sample.credentials('cja').secrets))
      assert.ok(!text.includes(secret));
  });

  it('insert IDs at every cursor', async () => {
    const document = await vscode.workspace.openTextDocument({
      content: 'a = ""\nb = ""',
      language: 'python',
    });
    const editor = await vscode.window.showTextDocument(document);
    editor.selections = [new vscode.Selection(0, 5, 0, 5), new vscode.Selection(1, 5, 1, 5)];
    await run(commands.insertId, connection.path);
    assert.equal(document.getText(), `a = "${connection.id}"\nb = "${connection.id}"`);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('act on all selected rows', async () => {
    const several = connections.slice(0, 3);
    const paths = several.map(({ path }) => path);
    await run(commands.copyCurl, ...paths);
    const requests = (await clipboard()).split('\n').filter((line) => line.startsWith('curl'));
    assert.deepEqual(
      requests.map((line) => several.find(({ id }) => line.includes(id))?.id),
      several.map(({ id }) => id),
    );
    const count = (): number => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length;
    await run(commands.openJson, ...paths);
    const opened = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === jsonScheme);
    assert.deepEqual(new Set(opened.map(({ uri }) => uri.query)), new Set(paths));
    assert.equal(count(), 3, 'each has a tab');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await run(commands.showDetails, ...paths);
    await until(() => count() === 3, 'each has a panel');
  });

  it('copy the JSON of those that can be loaded', async () => {
    const several = connections.slice(3, 6);
    const [, refused] = several;
    const path = new RegExp(`/data/connections/${refused?.id ?? ''}$`);
    const stop = signed.sample.inject({ match: { path }, status: 403, body: { message: 'Not yours' } });
    await run(commands.copyJson, ...several.map((row) => row.path));
    stop();
    const copied = JSON.parse(await clipboard()) as readonly { readonly id: string }[];
    assert.deepEqual(
      copied.map(({ id }) => id),
      [several[0]?.id, several[2]?.id],
    );
  });

  it('open the JSON as a read-only document, reloaded each time', async () => {
    await run(commands.openJson, connection.path);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, jsonScheme);
    assert.equal(document.languageId, serviceJsonLanguage);
    assert.deepEqual(JSON.parse(document.getText()), JSON.parse(await signed.api.read(connection.path)));
    // VS Code's own default is 4.
    assert.match(document.getText(), /^\{\n {2}"/);
    signed.sample.clearRequests();
    await run(commands.openJson, connection.path);
    await until(() => signed.sample.requests.length > 0, 'the document is read again');
  });

  it('refresh the status of all backfills with one request per page', async () => {
    await signed.api.children(dataset.path);
    signed.sample.clearRequests();
    await run(commands.refreshStatus);
    const paths = signed.sample.requests.map(({ path }) => path);
    assert.deepEqual(paths, ['/data/connections']);
  });

  it('refresh the status of one dataset', async () => {
    signed.sample.cja.finishBackfills();
    await run(commands.refreshStatus, dataset.path);
    const backfills = await signed.api.children(dataset.path);
    for (const { status } of backfills) assert.match(status?.word ?? '', /^(COMPLETED|FAILED)$/);
  });

  it('refresh one row or all', async () => {
    signed.sample.clearRequests();
    await run(commands.refresh, connection.path);
    assert.ok(signed.sample.requests.every(({ path }) => path.endsWith(connection.id)));
    await run(commands.refresh);
    assert.ok(signed.sample.requests.some(({ path }) => path === '/data/connections'));
  });

  it('remove the production mark only if the name is typed, whoever calls', async () => {
    const path = `account:${signed.account.id}`;
    const marked = (): boolean | undefined =>
      signed.api.accounts.list().find(({ id }) => id === signed.account.id)?.production;
    await run(commands.toggleProduction, path);
    assert.equal(marked(), true);
    let over = false;
    const asking = run(commands.toggleProduction, path).then(() => (over = true));
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return over;
    }, 'the question is closed');
    await asking;
    assert.equal(marked(), true);
  });

  it('load more backfills, and all', async () => {
    const large = await signedIn({ connections: 2, datasets: 1, backfills: 250 });
    try {
      const [one] = await large.api.children(`account:${large.account.id}`);
      assert.ok(one);
      const set = first(await large.api.children(one.path), 'dataset');
      assert.equal((await large.api.children(set.path)).length, 100);
      await run(commands.loadMore, `${set.path}/more:next`);
      assert.equal((await large.api.children(set.path)).length, 100, 'a row that was never shown is refused');
      assert.equal((await large.api.children(set.path, { all: true })).length, 250);
    } finally {
      await large.end();
    }
  });
});
