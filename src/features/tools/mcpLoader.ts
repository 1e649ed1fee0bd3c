import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/emitter';
import { isMcpServerOn } from '../../ui/configuration';
import type { Mcp } from './mcp';
import type { McpContext } from './startTools';

/** Loads the MCP server once the setting turns it on. Until then it is not needed. */
export class McpLoader implements Disposable {
  readonly #settings = vscode.workspace.onDidChangeConfiguration(() => {
    this.#loadIfOn();
  });
  #mcp: Promise<Mcp> | undefined;

  constructor(private readonly context: McpContext) {
    this.#loadIfOn();
  }

  load(): Promise<Mcp> {
    this.#mcp ??= import('./mcp').then(({ Mcp }) => new Mcp(this.context));
    return this.#mcp;
  }

  dispose(): void {
    this.#settings.dispose();
    void this.#mcp?.then((mcp) => {
      mcp.dispose();
    });
  }

  #loadIfOn(): void {
    if (isMcpServerOn()) void this.load();
  }
}
