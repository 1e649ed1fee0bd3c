import * as v from 'valibot';
import type { KnownSecrets } from '../../core/redaction/knownSecrets';
import type { Store } from '../../core/store/store';
import { answerTool } from './answerTool';
import { startMcpServer, type McpServer } from './mcpServer';
import { ToolError, toolInputs, type ToolName } from './toolInput';

export interface McpContext {
  readonly store: Store;
  readonly secrets: KnownSecrets;
  readonly extension: { readonly packageJSON: { readonly version: string } };
}

/** What the server takes from package.json, whose texts VS Code has translated. */
const manifest = v.object({
  version: v.string(),
  contributes: v.object({
    languageModelTools: v.array(
      v.object({ name: v.string(), modelDescription: v.string(), inputSchema: v.looseObject({}) }),
    ),
  }),
});

/**
 * Starts the MCP server with the tools for language models. Its token is masked like the secrets of accounts.
 * @throws the system's error if no port is free.
 */
export async function startTools({ store, secrets, extension }: McpContext): Promise<McpServer> {
  const { version, contributes } = v.parse(manifest, extension.packageJSON);
  const server = await startMcpServer({
    version,
    list: contributes.languageModelTools.map(({ name, modelDescription, inputSchema }) => ({
      ...{ name, description: modelDescription, inputSchema },
    })),
    call: (name, input, signal) => {
      if (!isToolName(name)) throw new ToolError(`There is no tool ${name}.`);
      return answerTool(store, name, input, signal, secrets);
    },
  });
  const forget = secrets.add(() => [server.token]);
  return {
    ...server,
    close: () => {
      server.close();
      forget();
    },
  };
}

function isToolName(name: string): name is ToolName {
  return Object.hasOwn(toolInputs, name);
}
