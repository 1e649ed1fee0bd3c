import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { tools } from '../../src/shared/contributions';
import { signedIn, type Signed } from './explorer';

/** What a tool answers, invoked as a language model would. */
async function invoke(name: string, input: object): Promise<string> {
  const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return result.content
    .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ''))
    .join('');
}

describe('tools for language models', () => {
  let signed: Signed;
  before(async () => {
    signed = await signedIn({ connections: 30, datasets: 2 });
  });
  after(() => signed.end());

  it('are known to VS Code', () => {
    for (const name of tools)
      assert.ok(
        vscode.lm.tools.some((tool) => tool.name === name),
        name,
      );
  });

  it('answer through VS Code, page by page', async () => {
    const first = await invoke('list_connections', { limit: 20 });
    assert.match(first, /"total":30/);
    assert.match(first, /"nextCursor":"20"/);
    const second = await invoke('list_connections', { limit: 20, cursor: '20' });
    assert.match(second, /"items":\[/);
    const [connection] = await signed.api.children();
    assert.ok(connection);
    const found = await invoke('find_id', { id: connection.id });
    assert.match(found, new RegExp(`"id":"${connection.id}"`));
    const one = await invoke('get_connection', { id: connection.id });
    assert.match(one, /"kind":"dataset"/);
    const runs = await invoke('list_runs', {});
    assert.match(runs, /"kind":"backfill"/);
    for (const secret of Object.values(signed.sample.credentials('cja').secrets))
      for (const answer of [first, second, found, one, runs]) assert.ok(!answer.includes(secret));
  });

  it('say what is wrong with their input', async () => {
    await assert.rejects(invoke('get_connection', { id: 'dg_none' }), /list_connections/);
  });
});
