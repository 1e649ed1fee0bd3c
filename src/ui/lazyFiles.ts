import * as vscode from 'vscode';

/** Provides the texts of files. */
export interface Files extends Pick<vscode.FileSystemProvider, 'onDidChangeFile' | 'stat' | 'readFile'> {
  /** Absent if files are read-only. */
  writeFile?(uri: vscode.Uri, content: Uint8Array): Promise<void>;
}

/**
 * A file system of existing files: none can be created, deleted or renamed, and there are no folders. What provides
 * the texts is loaded with the first file.
 */
export class LazyFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  #files: Promise<Files> | undefined;

  readonly onDidChangeFile = this.#changed.event;

  /** @param load called once. */
  constructor(private readonly load: () => Promise<Files>) {}

  dispose(): void {
    this.#changed.dispose();
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.#open()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#open()).readFile(uri);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const files = await this.#open();
    if (!files.writeFile) throw vscode.FileSystemError.NoPermissions(uri);
    await files.writeFile(uri, content);
  }

  /** Changes are reported for all files. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
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

  #open(): Promise<Files> {
    this.#files ??= this.load().then((files) => {
      files.onDidChangeFile((changes) => {
        this.#changed.fire(changes);
      });
      return files;
    });
    return this.#files;
  }
}
