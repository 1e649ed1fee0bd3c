import * as vscode from 'vscode';
import type { ResourcePath } from '../../core/services/contract/path';
import type { OpenPanels } from './openPanels';
import type { OpenOptions, PanelContext } from './context';

/** The details panels. Their code is loaded with the first of them. */
export class Panels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<undefined>();
  #loading: Promise<OpenPanels> | undefined;
  #panels: OpenPanels | undefined;

  /** Fires when other resources may be visible. */
  readonly onDidChangeVisible = this.#changes.event;

  constructor(private readonly context: PanelContext) {}

  /** The resources whose panels are on screen. */
  get visible(): readonly ResourcePath[] {
    return this.#panels?.visible ?? [];
  }

  /** The resources of all panels. */
  list(): readonly ResourcePath[] {
    return this.#panels?.list() ?? [];
  }

  dispose(): void {
    void this.#loading?.then((panels) => {
      panels.dispose();
      this.#changes.dispose();
    });
  }

  /** Shows the details of a resource: in its own panel if it has one, else in the preview panel or a new one. */
  async open(path: ResourcePath, options: OpenOptions): Promise<void> {
    (await this.#open()).open(path, options);
  }

  /** Called by VS Code to restore a panel after a reload. @param state saved by the webview; untrusted. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    (await this.#open()).restore(panel, state);
  }

  #open(): Promise<OpenPanels> {
    this.#loading ??= import('./openPanels').then(({ OpenPanels }) => {
      this.#panels = new OpenPanels(this.context, () => {
        this.#changes.fire(undefined);
      });
      return this.#panels;
    });
    return this.#loading;
  }
}
