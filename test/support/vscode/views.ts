import { EventEmitter, Uri, type TreeItem } from './values';

/** A tree data provider. */
export interface TreeProvider<T> {
  getChildren(parent?: T): Promise<readonly T[]> | readonly T[];
  getTreeItem(element: T): Promise<TreeItem> | TreeItem;
  getParent?(element: T): T | undefined | Promise<T | undefined>;
  resolveTreeItem?(item: TreeItem, element: T): Promise<TreeItem> | TreeItem;
}

/** The options of `createTreeView`. */
export interface TreeOptions<T> {
  readonly treeDataProvider: TreeProvider<T>;
  readonly canSelectMany?: boolean;
  readonly showCollapseAll?: boolean;
  readonly dragAndDropController?: unknown;
}

/** A tree view, with the actions of a user. Requests rows as VS Code does. */
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
  /** The arguments of each call of `reveal`. */
  readonly revealed: { readonly element: T; readonly options: unknown }[] = [];

  constructor(options: TreeOptions<T>) {
    this.options = options;
  }

  dispose(): void {
    this.isDisposed = true;
  }

  /** Changes the visibility. */
  show(visible: boolean): void {
    this.visible = visible;
    this.changedVisibility.fire({ visible });
  }

  select(...rows: readonly T[]): void {
    this.selection = rows;
    this.selected.fire({ selection: rows });
  }

  /** Expands a row for the first time: its children are requested, then the event fires. */
  async expand(element: T): Promise<readonly T[]> {
    const rows = await this.options.treeDataProvider.getChildren(element);
    this.expanded.fire({ element });
    return rows;
  }

  /** Expands a row again: VS Code still has its children. */
  reopen(element: T): void {
    this.expanded.fire({ element });
  }

  collapse(element: T): void {
    this.collapsed.fire({ element });
  }

  /** Finds a row through its parents, as VS Code does. @throws Error if a parent does not contain it. */
  async reveal(element: T, options: { readonly select?: boolean; readonly expand?: boolean }): Promise<void> {
    const { treeDataProvider: provider } = this.options;
    const way: T[] = [element];
    for (let at = await provider.getParent?.(element); at; at = await provider.getParent?.(at))
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

/** A webview and its page. */
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

/** A webview panel. As in VS Code, it cannot be used after it is closed. */
export class WebviewPanel {
  readonly closed = new EventEmitter<undefined>();
  readonly changedViewState = new EventEmitter<unknown>();
  readonly onDidDispose = this.closed.event;
  readonly onDidChangeViewState = this.changedViewState.event;
  readonly page = new Webview();
  readonly showOptions: unknown;
  /** How often it was revealed; each value is `preserveFocus`. */
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

  /** Brings the panel to the front, or hides it behind another tab. */
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

/** A status bar item. */
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
