import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import * as v from 'valibot';
import { pictures } from 'tab-icons';
import { reportError, showInformation } from '../../ui/messages';
import type { ResourcePath } from '../../core/services/contract/path';
import { freshnessContext } from '../../ui/configuration';
import { type DetailsListener, DetailsPresenter, type DetailsSubject } from './detailsPresenter';
import { LookMemory } from './accountLooks';
import { webviewHtml } from './webviewHtml';
import type { PanelContext } from './context';
import { settings, settingsSection } from '../../shared/contributions';
import { FromWebview, type Header, type TabId, type ToWebview } from '../../shared/protocol';
import { WebviewMessageHandler } from './webviewMessageHandler';

/** One webview, and the resource that it shows. */
export class Panel implements vscode.Disposable {
  readonly #folder: vscode.Uri;
  readonly #messageHandler: WebviewMessageHandler;
  #details: DetailsPresenter;
  #pinned: boolean;
  #icon: string | undefined;
  /** False while the webview is hidden: VS Code discards it, and loads it again when it is shown. */
  #loaded = false;

  readonly onDidDispose: vscode.Event<void>;
  /** Fires when visibility or focus changes. */
  readonly onDidChangeVisible: vscode.Event<unknown>;

  /**
   * @param subject what is shown; not `pinned` for the preview panel.
   * @param open shows the details of another resource.
   */
  constructor(
    private readonly context: PanelContext,
    private readonly panel: vscode.WebviewPanel,
    subject: DetailsSubject,
    open: (path: ResourcePath) => void,
  ) {
    this.#messageHandler = new WebviewMessageHandler(context, {
      details: () => this.#details,
      pin: () => {
        this.pin();
      },
      open,
    });
    this.#folder = vscode.Uri.joinPath(context.extension, 'dist', 'panel');
    this.#pinned = subject.pinned;
    this.onDidDispose = panel.onDidDispose;
    this.onDidChangeVisible = panel.onDidChangeViewState;
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.#folder] };
    panel.webview.onDidReceiveMessage((message: unknown) => {
      this.#receive(message).catch(reportError);
    });
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#stop();
    });
    const following = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${settingsSection}.${settings.noNewDataHours}`))
        this.#details.settingsChanged();
    });
    panel.onDidDispose(() => {
      following.dispose();
      this.#details.dispose();
    });
    this.#details = this.#createDetails(subject);
    panel.webview.html = this.#createHtml();
  }

  get path(): ResourcePath {
    return this.#details.path;
  }

  get visible(): boolean {
    return this.panel.visible;
  }

  get pinned(): boolean {
    return this.#pinned;
  }

  dispose(): void {
    this.panel.dispose();
  }

  /** Shows another resource in the same panel. */
  show(path: ResourcePath): void {
    if (path === this.path) return;
    // The page keeps its tab when it goes from row to row.
    const { tab } = this.#details;
    this.#details.dispose();
    this.#details = this.#createDetails({ path, pinned: this.#pinned });
    if (this.#loaded) this.#start(tab);
  }

  /** The column of its editor group; undefined while the panel is hidden. */
  get column(): vscode.ViewColumn | undefined {
    return this.panel.viewColumn;
  }

  /** @param column moves the panel there. Default: it stays in its group. */
  reveal(preserveFocus: boolean, column?: vscode.ViewColumn): void {
    this.panel.reveal(column, preserveFocus);
  }

  /** Turns the preview into a permanent panel. */
  pin(): void {
    if (this.#pinned) return;
    this.#pinned = true;
    this.#details.pin();
    if (this.#loaded) this.#send({ type: 'pinned' });
  }

  #createDetails(subject: DetailsSubject): DetailsPresenter {
    const { store, storage } = this.context;
    const listener: DetailsListener = {
      send: (message) => {
        this.#send(message);
      },
      headerChanged: (header) => {
        this.#updateTitle(header);
      },
      closed: ({ label }) => {
        this.panel.dispose();
        void showInformation(
          vscode.l10n.t('The details of "{0}" were closed because its account was removed.', label),
        );
      },
    };
    const memory = new LookMemory(storage);
    return new DetailsPresenter(store, subject, listener, memory, () => freshnessContext(store));
  }

  #start(tab?: TabId): void {
    this.#send({
      type: 'init',
      path: this.path,
      pinned: this.#pinned,
      language: vscode.env.language,
      ...(vscode.l10n.bundle && { texts: vscode.l10n.bundle }),
    });
    this.#details.start(tab);
  }

  #stop(): void {
    this.#loaded = false;
    this.#details.stop();
  }

  #send(message: ToWebview): void {
    void this.panel.webview.postMessage(message);
  }

  #updateTitle({ tabTitle, icon }: Header): void {
    if (this.panel.title !== tabTitle) this.panel.title = tabTitle;
    if (this.#icon === icon) return;
    this.#icon = icon;
    this.panel.iconPath = tabIcon(icon);
  }

  async #receive(received: unknown): Promise<void> {
    const { success, output: message } = v.safeParse(FromWebview, received);
    if (!success) return;
    if (message.type === 'ready') {
      this.#loaded = true;
      this.#start();
      return;
    }
    // The message may concern the resource that was shown before.
    if (message.path === this.path) await this.#messageHandler.handle(message);
  }

  #createHtml(): string {
    const { webview } = this.panel;
    const address = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.#folder, name)).toString();
    return webviewHtml({
      script: address('page.js'),
      style: address('style.css'),
      codicons: address('codicon.css'),
      source: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      language: vscode.env.language,
    });
  }
}

/** VS Code's own colors of icons, one for each kind of theme. */
const COLORS = { light: '#424242', dark: '#C5C5C5' };

/** The icon of a panel in its tab. @param name of a codicon that some kind has. */
function tabIcon(name: string): { readonly light: vscode.Uri; readonly dark: vscode.Uri } {
  const picture = pictures[name] ?? '';
  return { light: toUri(picture, COLORS.light), dark: toUri(picture, COLORS.dark) };
}

/** In Base64, because VS Code writes the address into a style sheet as it is. */
function toUri(picture: string, color: string): vscode.Uri {
  const svg = picture.replaceAll('currentColor', color);
  const path = `image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return vscode.Uri.from({ scheme: 'data', path });
}
