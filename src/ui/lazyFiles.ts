import * as vscode from 'vscode';

/** Provides the texts of files. */
export type Files = Pick<vscode.FileSystemProvider, 'stat' | 'readFile'>;

/** Reports changed files to VS Code. */
export type FireFileChanges = (changes: readonly vscode.FileChangeEvent[]) => void;

/**
 * A file system of existing files: none can be created, deleted or renamed, and there are no folders. The
 * provider of the texts is loaded with the first file. Subclasses register it.
 */
export abstract class LazyFiles<Parts extends { dispose(): void }> implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  #parts: Promise<Parts> | undefined;
  #disposed = false;

  readonly onDidChangeFile = this.#changed.event;

  /** Loads the parts. Called once. */
  protected abstract start(fire: FireFileChanges): Promise<Parts>;

  /** The part that provides the texts. */
  protected abstract filesOf(parts: Parts): Files;

  /** The parts, loaded once. */
  load(): Promise<Parts> {
    this.#parts ??= this.#start();
    return this.#parts;
  }

  dispose(): void {
    this.#disposed = true;
    void this.#parts?.then((parts) => {
      parts.dispose();
    });
    this.#changed.dispose();
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.#files()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#files()).readFile(uri);
  }

  abstract writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void>;

  /** Changes are reported for all files. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    throw vscode.FileSystemError.FileNotADirectory(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  async #files(): Promise<Files> {
    return this.filesOf(await this.load());
  }

  async #start(): Promise<Parts> {
    const parts = await this.start((changes) => {
      this.#changed.fire([...changes]);
    });
    if (this.#disposed) parts.dispose();
    return parts;
  }
}
