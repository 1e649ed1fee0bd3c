import * as vscode from 'vscode';
import type { ActionLoader } from '../actions/actionLoader';
import { panelType } from '../manifest';
import type { ResourcePath } from '../services/path';
import type { Store } from '../store/store';
import type { ConnectionsView } from '../tree/view';
import type { OpenPanels } from './openPanels';

/** What panels work with. */
export interface PanelContext {
  readonly store: Store;
  readonly view: Pick<ConnectionsView, 'reveal'>;
  readonly actions: Pick<ActionLoader, 'load'>;
  /** The folder of the extension. */
  readonly extension: vscode.Uri;
}

/** How a panel is asked for. */
export interface OpenOptions {
  /** True: for a look, in the panel that the next look reuses. */
  readonly preview: boolean;
  /** Whether the panel gets the focus; without it, the one for a look does not. */
  readonly focus?: boolean;
}

/** The connection panels. What they need is loaded with the first of them. */
export class Panels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #context: PanelContext;
  readonly #registration: vscode.Disposable;
  readonly #changes = new vscode.EventEmitter<undefined>();
  #loading: Promise<OpenPanels> | undefined;
  #panels: OpenPanels | undefined;

  /** Fires when other resources may be visible. */
  readonly onDidChangeVisible = this.#changes.event;

  constructor(context: PanelContext) {
    this.#context = context;
    this.#registration = vscode.window.registerWebviewPanelSerializer(panelType, this);
  }

  /** The resources whose panels are on screen. */
  get visible(): readonly ResourcePath[] {
    return this.#panels?.visible ?? [];
  }

  /** The resources of all panels. */
  list(): readonly ResourcePath[] {
    return this.#panels?.list() ?? [];
  }

  dispose(): void {
    this.#registration.dispose();
    void this.#loading?.then((panels) => {
      panels.dispose();
      this.#changes.dispose();
    });
  }

  /** Shows the details of a resource: in its panel where it has one, else in the panel for a look or one of its own. */
  async open(path: ResourcePath, options: OpenOptions): Promise<void> {
    (await this.#open()).open(path, options);
  }

  /** Called by VS Code for a panel of before a reload. @param state what the page kept; anything, after an update. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    (await this.#open()).restore(panel, state);
  }

  #open(): Promise<OpenPanels> {
    this.#loading ??= import('./openPanels').then(({ OpenPanels }) => {
      this.#panels = new OpenPanels(this.#context, () => {
        this.#changes.fire(undefined);
      });
      return this.#panels;
    });
    return this.#loading;
  }
}
