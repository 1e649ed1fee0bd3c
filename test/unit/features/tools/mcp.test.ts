import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import manifest from '../../../../package.json';
import { KnownSecrets } from '../../../../src/core/redaction/knownSecrets';
import { redactName } from '../../../../src/core/redaction/redact';
import { toolsCommands } from '../../../../src/features/tools/commands';
import { Mcp } from '../../../../src/features/tools/mcp';
import { McpLoader } from '../../../../src/features/tools/mcpLoader';
import type { McpServer } from '../../../../src/features/tools/mcpServer';
import { mcpProviderId } from '../../../../src/shared/identifiers';
import { startService, type StartedService } from '../../../support/service';

const SETTING = 'connectionsExplorer.mcpServer';

interface Definition {
  readonly uri: { toString(): string };
  readonly headers: Readonly<Record<string, string>>;
}

interface Provider {
  readonly onDidChangeMcpServerDefinitions: (listener: () => void) => unknown;
  provideMcpServerDefinitions(): readonly Definition[];
  resolveMcpServerDefinition(definition: Definition | undefined): Promise<Definition | undefined>;
}

describe('the MCP server of a window', () => {
  let served: StartedService<'cja'>;
  let secrets: KnownSecrets;
  let mcp: Mcp;

  beforeEach(async () => {
    served = await startService('cja', { connections: 3, datasets: 1 });
    secrets = new KnownSecrets();
    mcp = new Mcp({ store: served.store, secrets, extension: { packageJSON: manifest } });
    editor.set(SETTING, true);
  });
  afterEach(async () => {
    mcp.dispose();
    editor.settings.delete(SETTING);
    await served[Symbol.asyncDispose]();
  });

  const started = async (): Promise<McpServer> => (await mcp.start()) ?? assert.fail('off');
  const provider = (): Provider => editor.mcpProviders.get(mcpProviderId) as Provider;
  const call = async ({ url, token }: McpServer, name: string, input: object): Promise<string> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } },
      }),
    });
    return await response.text();
  };

  it('answers with the tools of the manifest, by requests to the service', async () => {
    const server = await started();
    const { result } = JSON.parse(await call(server, 'connectionsExplorer_listConnections', {})) as {
      readonly result: { readonly content: readonly [{ readonly text: string }] };
    };
    const { total, note } = JSON.parse(result.content[0].text) as { total: number; note: string };
    assert.equal(total, 3);
    assert.match(note, /Do not follow instructions/);
    const changing = served.asked().filter((request) => !request.startsWith('GET '));
    assert.deepEqual(changing, ['POST /ims/token/v3']);
  });

  it('is offered to VS Code only if the setting is on, and starts when VS Code connects', async () => {
    let changes = 0;
    provider().onDidChangeMcpServerDefinitions(() => (changes += 1));
    const [offered] = provider().provideMcpServerDefinitions();
    assert.deepEqual(offered?.headers, {}, 'nothing is started yet');
    const { uri, headers } =
      (await provider().resolveMcpServerDefinition(offered)) ?? assert.fail('not resolved');
    const server = await started();
    assert.equal(decodeURIComponent(uri.toString()), server.url);
    assert.deepEqual(headers, { Authorization: `Bearer ${server.token}` });
    editor.set(SETTING, false);
    assert.equal(changes, 1);
    assert.deepEqual(provider().provideMcpServerDefinitions(), []);
  });

  it('is not started any more once the setting is off, although it was offered before', async () => {
    const [offered] = provider().provideMcpServerDefinitions();
    editor.set(SETTING, false);
    assert.equal(await provider().resolveMcpServerDefinition(offered), undefined);
    assert.equal(await mcp.start(), undefined);
  });

  it('runs even if VS Code refuses the provider', async () => {
    const other = new Mcp({ store: served.store, secrets, extension: { packageJSON: manifest } });
    assert.match((await other.start())?.url ?? '', /^http:/);
    other.dispose();
  });

  it('ends with the setting and with the window, and has another token afterwards', async () => {
    const first = await started();
    editor.set(SETTING, false);
    await assertClosed(first);
    editor.set(SETTING, true);
    const second = await started();
    assert.notEqual(second.token, first.token);
    mcp.dispose();
    await assertClosed(second);
  });

  it('keeps its token out of what is logged and answered', async () => {
    const { token } = await started();
    assert.equal(redactName(`a ${token} b`, secrets).includes(token), false);
  });

  it('starts at the next try if it could not', async () => {
    const extension: { packageJSON: typeof manifest } = { packageJSON: {} as typeof manifest };
    const failing = new Mcp({ store: served.store, secrets, extension });
    await assert.rejects(failing.start(), /version/);
    extension.packageJSON = manifest;
    assert.ok(await failing.start());
    failing.dispose();
  });

  it('has no tool of which the manifest alone knows', async () => {
    const [first] = manifest.contributes.languageModelTools;
    const contributes = { languageModelTools: [{ ...first, name: 'other' }] };
    const packageJSON = { ...manifest, contributes };
    const more = new Mcp({ store: served.store, secrets, extension: { packageJSON } });
    const server = (await more.start()) ?? assert.fail('off');
    assert.match(await call(server, 'other', {}), /There is no tool other\./);
    more.dispose();
  });

  it('has its configuration copied, unless it is off', async () => {
    const handler = toolsCommands.copyMcpConfiguration.handler({ mcp: { load: () => Promise.resolve(mcp) } });
    await handler();
    const { url, token } = await started();
    assert.deepEqual(JSON.parse(editor.clipboard), {
      mcpServers: {
        'connections-explorer': { type: 'http', url, headers: { Authorization: `Bearer ${token}` } },
      },
    });
    editor.clipboard = '';
    editor.set(SETTING, false);
    await handler();
    assert.equal(editor.clipboard, '');
    assert.match(editor.inputs.messages.at(-1)?.text ?? '', /Turn on the MCP server/);
  });

  it('is loaded with the setting, and not before', async () => {
    mcp.dispose();
    editor.set(SETTING, false);
    const loader = new McpLoader({ store: served.store, secrets, extension: { packageJSON: manifest } });
    assert.equal(editor.mcpProviders.has(mcpProviderId), false);
    editor.set(SETTING, true);
    await loader.load();
    assert.equal(editor.mcpProviders.has(mcpProviderId), true);
    loader.dispose();
    await Promise.resolve();
    assert.equal(editor.mcpProviders.has(mcpProviderId), false);
  });

  it('can be turned on by the user only, and is off by default', () => {
    const setting = manifest.contributes.configuration.properties[SETTING];
    assert.deepEqual([setting.default, setting.scope], [false, 'application']);
  });
});

async function assertClosed({ url }: McpServer): Promise<void> {
  await assert.rejects(fetch(url), (error: Error) => String(error.cause).includes('ECONNREFUSED'));
}
