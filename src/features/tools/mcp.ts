import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposableStore';
import { settings, settingsSection } from '../../shared/contributions';
import { mcpProviderId } from '../../shared/identifiers';
import { isMcpServerOn } from '../../ui/configuration';
import type { McpServer } from './mcpServer';
import type { McpContext } from './startTools';

/** VS Code's API since 1.101, of which the types of 1.100 know nothing. */
type LanguageModelApi = typeof vscode.lm & {
  registerMcpServerDefinitionProvider?(id: string, provider: McpProvider): vscode.Disposable;
};

/** VS Code accepts any object with these members as its `McpHttpServerDefinition`. */
interface McpDefinition {
  readonly label: string;
  readonly version: string;
  uri: vscode.Uri;
  headers: Record<string, string>;
}

interface McpProvider {
  readonly onDidChangeMcpServerDefinitions: vscode.Event<undefined>;
  provideMcpServerDefinitions(): readonly McpDefinition[];
  /** Called before VS Code connects, which it does not if there is nothing to connect to. */
  resolveMcpServerDefinition(definition: McpDefinition): Promise<McpDefinition | undefined>;
}

/**
 * The MCP server of this window, with the tools for language models. It is off unless the user's settings turn it on,
 * starts when it is first needed, and ends with the window or the setting.
 */
export class Mcp implements vscode.Disposable {
  readonly #registrations = new DisposableStore();
  readonly #changes = this.#registrations.add(new vscode.EventEmitter<undefined>());
  #server: Promise<McpServer> | undefined;

  constructor(private readonly context: McpContext) {
    const setting = `${settingsSection}.${settings.mcpServer}`;
    this.#registrations.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration(setting)) return;
        if (!isMcpServerOn()) this.#stop();
        this.#changes.fire(undefined);
      }),
      ...this.#register(vscode.lm),
    );
  }

  /**
   * Starts the server unless it runs.
   * @returns undefined if the setting is off, which it may have been turned since the server was offered.
   * @throws the system's error if no port is free.
   */
  async start(): Promise<McpServer | undefined> {
    if (!isMcpServerOn()) return undefined;
    this.#server ??= this.#load().catch((error: unknown) => {
      this.#server = undefined;
      throw error;
    });
    return this.#server;
  }

  dispose(): void {
    this.#stop();
    this.#registrations.dispose();
  }

  #stop(): void {
    const server = this.#server;
    this.#server = undefined;
    void server?.then(
      (running) => {
        running.close();
      },
      () => undefined,
    );
  }

  async #load(): Promise<McpServer> {
    const { startTools } = await import('./startTools');
    return await startTools(this.context);
  }

  /** Offers the server to VS Code's own agents, if VS Code supports it. */
  #register(lm: LanguageModelApi): readonly vscode.Disposable[] {
    if (!lm.registerMcpServerDefinitionProvider) return [];
    try {
      return [lm.registerMcpServerDefinitionProvider(mcpProviderId, this.#provider())];
    } catch {
      // VS Code 1.100 has the method, but misses another contribution of package.json.
      return [];
    }
  }

  #provider(): McpProvider {
    return {
      onDidChangeMcpServerDefinitions: this.#changes.event,
      provideMcpServerDefinitions: () => (isMcpServerOn() ? [this.#unresolved()] : []),
      resolveMcpServerDefinition: async (definition) => {
        const server = await this.start();
        if (!server) return undefined;
        definition.uri = vscode.Uri.parse(server.url);
        definition.headers = { Authorization: `Bearer ${server.token}` };
        return definition;
      },
    };
  }

  /** The address is known when the server has started. */
  #unresolved(): McpDefinition {
    const { version } = this.context.extension.packageJSON;
    return {
      label: 'Connections Explorer',
      version,
      uri: vscode.Uri.parse('http://127.0.0.1/'),
      headers: {},
    };
  }
}
