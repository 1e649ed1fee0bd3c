/** Value types of VS Code's API, which only store what they are given. */

type Listener<T> = (value: T) => unknown;

export class TerminalLink {
  constructor(
    readonly startIndex: number,
    readonly length: number,
    readonly tooltip?: string,
  ) {}
}

export class Disposable {
  static from(...parts: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) part.dispose();
    });
  }

  readonly #dispose: () => unknown;

  constructor(dispose: () => unknown) {
    this.#dispose = dispose;
  }

  dispose(): void {
    this.#dispose();
  }
}

/**
 * As in VS Code, a listener that throws does not prevent the others from being called, and a disposed emitter
 * fires no events.
 */
export class EventEmitter<T> {
  readonly #listeners = new Set<{ readonly call: Listener<T> }>();
  #isDisposed = false;

  readonly event = (call: Listener<T>): Disposable => {
    const registered = { call };
    if (!this.#isDisposed) this.#listeners.add(registered);
    return new Disposable(() => this.#listeners.delete(registered));
  };

  /** The number of listeners. */
  get listeners(): number {
    return this.#listeners.size;
  }

  fire(value: T): void {
    for (const { call } of [...this.#listeners]) {
      try {
        call(value);
      } catch (error) {
        console.error(error);
        process.exitCode = 1;
      }
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listeners.clear();
  }
}

export class ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeIcon {
  readonly id: string;
  readonly color: ThemeColor | undefined;

  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

export class MarkdownString {
  value: string;
  isTrusted = false;

  constructor(value = '') {
    this.value = value;
  }

  appendMarkdown(value: string): this {
    this.value += value;
    return this;
  }
}

export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;

  constructor(label: string, collapsibleState = 0) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export class DataTransferItem {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  asString(): Promise<string> {
    return Promise.resolve(String(this.value));
  }
}

export class DataTransfer {
  readonly #items = new Map<string, DataTransferItem>();

  get(type: string): DataTransferItem | undefined {
    return this.#items.get(type);
  }

  set(type: string, item: DataTransferItem): void {
    this.#items.set(type, item);
  }

  [Symbol.iterator](): Iterator<[string, DataTransferItem]> {
    return this.#items[Symbol.iterator]();
  }
}

/** A URI as in VS Code: its components are decoded, its string form is encoded. */
export class Uri {
  /** @throws Error in strict mode if there is no scheme. */
  static parse(text: string, strict = false): Uri {
    const [, scheme = '', authority = '', path = '', query = '', fragment = ''] =
      /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text) ?? [];
    if (strict && scheme === '') throw new Error(`[UriError]: Scheme is missing: ${text}`);
    const parts = [authority, path, query, fragment].map((part) => decodeURIComponent(part));
    return new Uri(scheme || 'file', ...parts);
  }

  static file(path: string): Uri {
    return new Uri('file', '', path);
  }

  static from(parts: { readonly scheme: string; readonly path?: string; readonly query?: string }): Uri {
    return new Uri(parts.scheme, '', parts.path, parts.query);
  }

  static joinPath(base: Uri, ...names: readonly string[]): Uri {
    return new Uri(base.scheme, base.authority, [base.path, ...names].join('/'), base.query, base.fragment);
  }

  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;

  constructor(scheme: string, authority = '', path = '', query = '', fragment = '') {
    this.scheme = scheme;
    this.authority = authority;
    this.path = path;
    this.query = query;
    this.fragment = fragment;
  }

  get fsPath(): string {
    return this.path;
  }

  with(parts: Partial<Pick<Uri, 'path' | 'query'>>): Uri {
    const { path = this.path, query = this.query } = parts;
    return new Uri(this.scheme, this.authority, path, query, this.fragment);
  }

  toString(): string {
    const encoded = (text: string): string => text.split('/').map(encodeURIComponent).join('/');
    const authority = this.authority !== '' || this.scheme === 'file' ? `//${encoded(this.authority)}` : '';
    const query = this.query === '' ? '' : `?${encodeURIComponent(this.query)}`;
    const fragment = this.fragment === '' ? '' : `#${encodeURIComponent(this.fragment)}`;
    return `${this.scheme}:${authority}${encoded(this.path)}${query}${fragment}`;
  }
}

export class Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };

  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
    this.start = { line: startLine, character: startCharacter };
    this.end = { line: endLine, character: endCharacter };
  }
}

export class TabInputText {
  readonly uri: Uri;

  constructor(uri: Uri) {
    this.uri = uri;
  }
}

export class TabInputTextDiff {
  readonly original: Uri;
  readonly modified: Uri;

  constructor(original: Uri, modified: Uri) {
    this.original = original;
    this.modified = modified;
  }
}

/** Its `code` identifies the kind of error. */
export class FileSystemError extends Error {
  static FileNotFound(at?: unknown): FileSystemError {
    return new FileSystemError('FileNotFound', at);
  }

  static NoPermissions(at?: unknown): FileSystemError {
    return new FileSystemError('NoPermissions', at);
  }

  static FileNotADirectory(at?: unknown): FileSystemError {
    return new FileSystemError('FileNotADirectory', at);
  }

  readonly code: string;

  constructor(code: string, at: unknown) {
    super(String(at));
    this.code = code;
  }
}

export const enums = {
  ExtensionMode: { Production: 1, Development: 2, Test: 3 },
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  ViewColumn: { Active: -1, Beside: -2, One: 1 },
  ProgressLocation: { SourceControl: 1, Window: 10, Notification: 15 },
  StatusBarAlignment: { Left: 1, Right: 2 },
  ConfigurationTarget: { Global: 1, Workspace: 2, WorkspaceFolder: 3 },
  QuickPickItemKind: { Separator: -1, Default: 0 },
  FileType: { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 },
  FilePermission: { Readonly: 1 },
  FileChangeType: { Changed: 1, Created: 2, Deleted: 3 },
  QuickInputButtons: { Back: { iconPath: new ThemeIcon('arrow-left') } },
};
