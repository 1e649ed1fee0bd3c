import { EventEmitter, Uri, type TreeItem } from './values';

/** What a tree view asks for its rows. */
export interface TreeProvider<T> {
  getChildren(parent?: T): Promise<readonly T[]> | readonly T[];
  getTreeItem(element: T): Promise<TreeItem> | TreeItem;
  getParent?(element: T): T | undefined;
  resolveTreeItem?(item: TreeItem, element: T): Promise<TreeItem> | TreeItem;
}

/** The options of `createTreeView`. */
export interface TreeOptions<T> {
  readonly treeDataProvider: TreeProvider<T>;
  readonly canSelectMany?: boolean;
  readonly showCollapseAll?: boolean;
  readonly dragAndDropController?: unknown;
}

/** A tree view, and the hands of a person at it. Rows are asked for as VS Code does. */
export class TreeView<T> {
  readonly options: TreeOptions<T>;
  readonly selected = new EventEmitter<{ readonly selection: readonly T[] }>();
  readonly changedVisibility = new EventEmitter<{ readonly visible: boolean }>();
  readonly expanded = new EventEmitter<{ readonly element: T }>();
  readonly collapsed = new EventEmitter<{ readonly element: T }>();
  readonly onDidChangeSelection = this.selected.event;
  readonly onDidChangeVisibility = this.changedVisibility.event;
  readonly onDidExpandElement = this.expanded.event;
  readonly onDidCollapseElement = this.collapsed.event;
  title = '';
  description = '';
  message = '';
  badge: { readonly value: number; readonly tooltip: string } | undefined;
  visible = false;
  selection: readonly T[] = [];
  isDisposed = false;
  /** What `reveal` was asked to do with a row besides showing it. */
  readonly revealed: { readonly element: T; readonly options: unknown }[] = [];

  constructor(options: TreeOptions<T>) {
    this.options = options;
  }

  dispose(): void {
    this.isDisposed = true;
  }

  /** Comes on screen, or goes. */
  show(visible: boolean): void {
    this.visible = visible;
    this.changedVisibility.fire({ visible });
  }

  select(...rows: readonly T[]): void {
    this.selection = rows;
    this.selected.fire({ selection: rows });
  }

  /** Opens a row by its arrow for the first time: its rows are asked for, then the view is told. */
  async expand(element: T): Promise<readonly T[]> {
    const rows = await this.options.treeDataProvider.getChildren(element);
    this.expanded.fire({ element });
    return rows;
  }

  /** Opens a row that was open before: VS Code has its rows still. */
  reopen(element: T): void {
    this.expanded.fire({ element });
  }

  collapse(element: T): void {
    this.collapsed.fire({ element });
  }

  /** Finds a row by way of its parents, as VS Code does. @throws Error where one of them does not hold it. */
  async reveal(element: T, options: { readonly select?: boolean; readonly expand?: boolean }): Promise<void> {
    const { treeDataProvider: provider } = this.options;
    const way: T[] = [element];
    for (let at = provider.getParent?.(element); at !== undefined; at = provider.getParent?.(at))
      way.unshift(at);
    let rows = await provider.getChildren();
    for (const [at, step] of way.entries()) {
      if (!rows.includes(step)) throw new Error(`Cannot resolve tree item for element ${String(step)}`);
      if (at < way.length - 1) rows = await provider.getChildren(step);
    }
    this.revealed.push({ element, options });
    if (options.select !== false) this.select(element);
  }
}

/** A webview, and the page in it. */
export class Webview {
  readonly received = new EventEmitter<unknown>();
  readonly onDidReceiveMessage = this.received.event;
  readonly cspSource = 'https://csp.invalid';
  readonly posted: unknown[] = [];
  options: unknown = {};
  html = '';

  postMessage(message: unknown): Promise<boolean> {
    this.posted.push(message);
    return Promise.resolve(true);
  }

  asWebviewUri(uri: Uri): Uri {
    return new Uri('https', 'file.invalid', uri.path);
  }
}

/** A panel with a webview. As in VS Code, nothing of it can be used once it is closed. */
export class WebviewPanel {
  readonly closed = new EventEmitter<undefined>();
  readonly changedViewState = new EventEmitter<unknown>();
  readonly onDidDispose = this.closed.event;
  readonly onDidChangeViewState = this.changedViewState.event;
  readonly page = new Webview();
  readonly showOptions: unknown;
  /** How often it was brought to the front, and whether the focus stayed where it was. */
  readonly reveals: (boolean | undefined)[] = [];
  /** The column of its editor group. */
  viewColumn: unknown;
  /** How often its title and its icon were set. */
  readonly sets = { title: 0, icon: 0 };
  isDisposed = false;
  #title: string;
  #icon: unknown;
  #visible = true;

  constructor(title: string, showOptions: unknown) {
    this.#title = title;
    this.showOptions = showOptions;
    this.viewColumn = (showOptions as { readonly viewColumn?: unknown } | undefined)?.viewColumn;
  }

  get webview(): Webview {
    this.#assertOpen();
    return this.page;
  }

  get title(): string {
    this.#assertOpen();
    return this.#title;
  }

  set title(title: string) {
    this.#assertOpen();
    this.sets.title++;
    this.#title = title;
  }

  get iconPath(): unknown {
    return this.#icon;
  }

  set iconPath(icon: unknown) {
    this.#assertOpen();
    this.sets.icon++;
    this.#icon = icon;
  }

  get visible(): boolean {
    this.#assertOpen();
    return this.#visible;
  }

  /** Comes to the front, or behind another tab. */
  show(visible: boolean): void {
    this.#visible = visible;
    this.changedViewState.fire(undefined);
  }

  reveal(column: unknown, preserveFocus?: boolean): void {
    this.#assertOpen();
    this.viewColumn = column ?? this.viewColumn;
    this.reveals.push(preserveFocus);
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.closed.fire(undefined);
    this.closed.dispose();
    this.changedViewState.dispose();
    this.page.received.dispose();
  }

  #assertOpen(): void {
    if (this.isDisposed) throw new Error('Webview is disposed');
  }
}

/** An item of the status bar. */
export class StatusBarItem {
  text = '';
  tooltip = '';
  name = '';
  command = '';
  accessibilityInformation = { label: '' };
  isShown = false;
  isDisposed = false;

  show(): void {
    this.isShown = true;
  }

  hide(): void {
    this.isShown = false;
  }

  dispose(): void {
    this.isDisposed = true;
  }
}
