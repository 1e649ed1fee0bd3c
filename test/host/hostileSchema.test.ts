import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { commands } from '../../src/manifest';
import { first, run, signedIn, until, type Signed } from './explorer';

describe('JSON that names a schema', () => {
  let signed: Signed;
  let server: Server;
  const asked: string[] = [];

  before(async () => {
    signed = await signedIn({ connections: 2 });
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    server.close();
    await signed.end();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('has VS Code fetch nothing from the address in it', async () => {
    const { port } = server.address() as AddressInfo;
    const address = (name: string): string => `http://127.0.0.1:${port}/${name}.json`;
    const $schema = address('planted');
    signed.sample.inject({ match: { path: /connections\/dg_/ }, body: JSON.stringify({ $schema, id: 'x' }) });
    const rows = await signed.api.children();
    const one = first(rows, 'connection');
    const other = first(rows.slice(rows.indexOf(one) + 1), 'connection');
    await run(commands.openJson, one.path);
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /planted/);
    await run(commands.compare, one.path, other.path);
    // Of a document of its own language JSON VS Code does, which shows that it would have.
    const content = JSON.stringify({ $schema: address('control') });
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ language: 'json', content }),
    );
    await until(() => asked.includes('/control.json'), 'the schema of another document is fetched');
    assert.deepEqual(asked, ['/control.json']);
  });
});
