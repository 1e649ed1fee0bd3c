import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings, tools } from '../../src/shared/contributions';
import { withSetting } from './editors';
import { run, signedIn, type Signed } from './explorer';

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
    const first = await invoke('connectionsExplorer_listConnections', { limit: 20 });
    assert.match(first, /"total":30/);
    assert.match(first, /"nextCursor":"20"/);
    const second = await invoke('connectionsExplorer_listConnections', { limit: 20, cursor: '20' });
    assert.match(second, /"items":\[/);
    const [connection] = await signed.api.children();
    assert.ok(connection);
    const found = await invoke('connectionsExplorer_findId', { id: connection.id });
    assert.match(found, new RegExp(`"id":"${connection.id}"`));
    const one = await invoke('connectionsExplorer_getConnection', { id: connection.id });
    assert.match(one, /"kind":"dataset"/);
    const runs = await invoke('connectionsExplorer_listRuns', {});
    assert.match(runs, /"kind":"backfill"/);
    const input = { connection: connection.path, states: ['ok', 'running', 'queued', 'failed'] };
    const own = await invoke('connectionsExplorer_listRuns', input);
    assert.match(own, new RegExp(`"path":"${connection.path}/`));
    const inState = await invoke('connectionsExplorer_listConnections', { states: ['unknown'] });
    assert.match(inState, /"total":\d/);
    for (const secret of Object.values(signed.sample.credentials('cja').secrets))
      for (const answer of [first, second, found, one, runs, own, inState])
        assert.ok(!answer.includes(secret));
  });

  it('report invalid input', async () => {
    await assert.rejects(
      invoke('connectionsExplorer_getConnection', { id: 'dg_none' }),
      /connectionsExplorer_listConnections/,
    );
  });

  it('answer through the MCP server, once it is turned on', async () => {
    await withSetting(settings.mcpServer, true, async () => {
      await run(commands.copyMcpConfiguration);
      const { mcpServers } = JSON.parse(await vscode.env.clipboard.readText()) as {
        readonly mcpServers: Readonly<
          Record<string, { readonly url: string; readonly headers: Record<string, string> }>
        >;
      };
      const { url = '', headers = {} } = mcpServers['connections-explorer'] ?? {};
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
      });
      const { result } = (await response.json()) as {
        readonly result: { readonly tools: readonly { name: string; description: string }[] };
      };
      assert.deepEqual(result.tools.map(({ name }) => name).sort(), [...tools].sort());
      for (const { description } of result.tools) assert.doesNotMatch(description, /^%/);
    });
  });
});
