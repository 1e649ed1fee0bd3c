import * as vscode from 'vscode';
import { commands } from '../../shared/contributions';
import { getAccountId, parsePath, type ResourcePath } from '../../core/services/contract/path';
import { idLines } from '../../ui/idLines';
import type { DetailsPresenter } from './detailsPresenter';
import type { PanelContext } from './context';
import type { FromWebview, PanelCommand } from '../../shared/protocol';

type WebviewMessage = Exclude<FromWebview, { readonly type: 'ready' }>;

/** The panel that received the message. */
export interface PanelHost {
  readonly details: () => DetailsPresenter;
  /** Turns the preview into a permanent panel. */
  pin(): void;
  /** Shows the details of another resource. */
  open(path: ResourcePath): void;
}

/** Handles messages from the webview. */
export class WebviewMessageHandler {
  constructor(
    private readonly context: PanelContext,
    private readonly panel: PanelHost,
  ) {}

  get #path(): ResourcePath {
    return this.panel.details().path;
  }

  /** @param message concerns the resource that is shown. */
  async handle(message: WebviewMessage): Promise<void> {
    switch (message.type) {
      case 'selectTab':
        this.panel.details().selectTab(message.tab);
        return;
      case 'runCommand':
        return this.#runCommand(message.command);
      case 'editAccount':
        await vscode.commands.executeCommand(commands.editAccount, this.#path);
        return;
      case 'runAction':
        return this.#runAction(message.action);
      case 'open':
      case 'reveal':
      case 'load':
      case 'explain':
        return this.#goTo(message);
      case 'loadLog':
        this.panel.details().loadLog(message.log, message.again);
        return;
      case 'chooseCount':
        this.panel.details().chooseCount(message.count);
        return;
      case 'loadLevel':
        return this.panel.details().loadLevel(message.level);
      case 'markAsSeen':
        this.panel.details().markAsSeen();
        return;
      case 'cancel':
        this.panel.details().cancel();
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'copyLine':
        await vscode.env.clipboard.writeText(idLines([{ id: message.text, label: message.text }]).join());
        return;
      case 'identify':
        this.panel.details().identify(message.ids);
        return;
      case 'jsonChunkAck':
        this.panel.details().acknowledgeChunk();
        return;
      case 'revealId':
        return this.#reveal(this.panel.details().find(message.id));
    }
  }

  /** Paths come from our own models, but through the webview: they must be in the same account. */
  async #goTo({
    type,
    target,
  }: {
    readonly type: 'open' | 'reveal' | 'load' | 'explain';
    readonly target: string;
  }): Promise<void> {
    const path = parsePath(target);
    if (!path || getAccountId(path) !== getAccountId(this.#path)) return;
    if (type === 'open') this.panel.open(path);
    else if (type === 'reveal') await this.#reveal(path);
    else if (type === 'explain') await this.panel.details().explain(path);
    else await this.panel.details().load(path);
  }

  async #runCommand(command: PanelCommand): Promise<void> {
    switch (command) {
      case 'refresh':
        return this.panel.details().refresh();
      case 'reveal':
        return this.#reveal(this.#path);
      case 'pin':
        this.panel.pin();
        return;
      case 'copyId':
      case 'copyLink':
      case 'openJson':
      case 'openInBrowser':
        await vscode.commands.executeCommand(commands[command], this.#path);
    }
  }

  async #runAction(id: string): Promise<void> {
    const resource = this.context.store.get(this.#path);
    const action = await this.panel.details().action(id);
    const { runner } = await this.context.actions.load();
    if (resource && action) await runner.start(resource, action);
  }

  async #reveal(path: ResourcePath | undefined): Promise<void> {
    if (path) await this.context.view.reveal(path);
  }
}
