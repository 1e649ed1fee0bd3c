import * as vscode from 'vscode';
import * as v from 'valibot';
import { accountRemovedError } from '../../core/store/notFoundError';
import { panelType } from '../../shared/identifiers';
import { parsePath, type ResourcePath } from '../../core/services/contract/path';
import type { DetailsSubject } from './detailsPresenter';
import { Panel } from './panel';
import type { OpenOptions, PanelContext } from './context';
import { PageState } from '../../shared/protocol';
import { readSettings } from '../../ui/configuration';
import { urisOfTab } from '../../ui/documents/openUris';
import { showInformation } from '../../ui/messages';

/** Opening the same preview twice within this time counts as a double click. */
const DOUBLE_CLICK_MS = 400;

/** All open panels: at most one per resource, and at most one preview. */
export class OpenPanels implements vscode.Disposable {
  readonly #panels = new Set<Panel>();
  #lastPreview: { readonly path: ResourcePath; readonly at: number } | undefined;

  /** @param changed is called when other resources may be visible. */
  constructor(
    private readonly context: PanelContext,
    private readonly changed: () => void,
  ) {}

  /** The resources whose panels are on screen. */
  get visible(): readonly ResourcePath[] {
    return [...this.#panels].filter((panel) => panel.visible).map(({ path }) => path);
  }

  /** The resources of all panels. */
  list(): readonly ResourcePath[] {
    return [...this.#panels].map(({ path }) => path);
  }

  dispose(): void {
    for (const panel of this.#panels) panel.dispose();
  }

  /** @throws HttpError `notFound` if the account does not exist. */
  open(path: ResourcePath, { preview, focus = !preview }: OpenOptions): void {
    if (!this.context.store.account(path)) {
      throw accountRemovedError();
    }
    const pinned = !preview || this.#isDoubleClick(path) || (focus && this.visible.includes(path));
    const reusable = pinned ? undefined : this.#find((panel) => !panel.pinned);
    const known = this.#find((each) => each.path === path) ?? reusable;
    const column = this.#chooseColumn();
    const panel = known ?? this.#create(path, pinned, { viewColumn: column, preserveFocus: !focus });
    panel.show(path);
    this.changed();
    if (pinned) panel.pin();
    // A hidden panel may be behind the code.
    if (known)
      panel.reveal(!focus, known.visible || column === vscode.ViewColumn.Active ? undefined : column);
  }

  restore(webview: vscode.WebviewPanel, state: unknown): void {
    const saved = v.safeParse(PageState, state);
    const path = saved.success ? parsePath(saved.output.path) : undefined;
    const account = path && this.context.store.account(path);
    if (!saved.success || !path || !account || this.#find((panel) => panel.path === path)) {
      webview.dispose();
      if (path && !account) showAccountRemoved();
      return;
    }
    const pinned = saved.output.kept !== false || this.#find((panel) => !panel.pinned) !== undefined;
    // State saved by an earlier version has no title; VS Code restores that of the tab.
    const { title: lastTitle = webview.title, tabTitle: lastTabTitle = lastTitle } = saved.output;
    this.#add(webview, { path, pinned, lastTitle, lastTabTitle });
    this.changed();
  }

  #create(
    path: ResourcePath,
    pinned: boolean,
    options: { readonly viewColumn: vscode.ViewColumn; readonly preserveFocus: boolean },
  ): Panel {
    const webview = vscode.window.createWebviewPanel(panelType, '', options, { enableFindWidget: true });
    return this.#add(webview, { path, pinned });
  }

  #add(webview: vscode.WebviewPanel, subject: DetailsSubject): Panel {
    const panel = new Panel(this.context, webview, subject, (target) => {
      // Following a link must not replace the panel it is in.
      panel.pin();
      this.open(target, { preview: true, focus: true });
    });
    this.#panels.add(panel);
    panel.onDidChangeVisible(this.changed);
    panel.onDidDispose(() => {
      this.#panels.delete(panel);
      this.changed();
    });
    return panel;
  }

  #find(holds: (panel: Panel) => boolean): Panel | undefined {
    return [...this.#panels].find(holds);
  }

  /** Where a panel opens: not over the code, unless the user wants that. */
  #chooseColumn(): vscode.ViewColumn {
    const { activeTab, viewColumn } = vscode.window.tabGroups.activeTabGroup;
    const isOverCode = activeTab !== undefined && urisOfTab(activeTab.input).length > 0;
    if (!isOverCode || readSettings().detailsPosition === 'active') return vscode.ViewColumn.Active;
    const beside = this.#find(({ visible, column }) => visible && column !== viewColumn);
    return beside?.column ?? vscode.ViewColumn.Beside;
  }

  #isDoubleClick(path: ResourcePath): boolean {
    const before = this.#lastPreview;
    this.#lastPreview = { path, at: Date.now() };
    return before?.path === path && this.#lastPreview.at - before.at < DOUBLE_CLICK_MS;
  }
}

function showAccountRemoved(): void {
  void showInformation(vscode.l10n.t('Details were closed because their account no longer exists.'));
}
