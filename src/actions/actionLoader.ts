import * as vscode from 'vscode';
import { tellError } from '../accounts/tell';
import { draftScheme } from '../manifest';
import type { ActionContext, ActionParts } from './actionParts';

/**
 * What VS Code asks from the beginning about actions: the files of their documents, and addresses that the browser comes
 * back with. All else is loaded with the first of these, or with the first command: most windows do no action.
 */
export class ActionLoader implements vscode.FileSystemProvider, vscode.UriHandler, vscode.Disposable {
  readonly #context: ActionContext;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #registrations: readonly vscode.Disposable[];
  #parts: Promise<ActionParts> | undefined;
  #disposed = false;

  readonly onDidChangeFile = this.#changed.event;

  constructor(context: ActionContext) {
    this.#context = context;
    // VS Code asks for the event at once, so it comes before.
    this.#registrations = [
      vscode.workspace.registerFileSystemProvider(draftScheme, this, { isCaseSensitive: true }),
      vscode.window.registerUriHandler(this),
      // A document of before a reload may be shown without its file being read.
      vscode.workspace.onDidOpenTextDocument(({ uri }) => {
        this.#expect([uri]);
      }),
    ];
    this.#expect(vscode.workspace.textDocuments.map(({ uri }) => uri));
    this.#expect(tabUris());
  }

  dispose(): void {
    this.#disposed = true;
    for (const registration of this.#registrations) registration.dispose();
    void this.#parts?.then((parts) => {
      parts.dispose();
    });
    this.#changed.dispose();
  }

  /** All that does actions, loaded once. */
  load(): Promise<ActionParts> {
    this.#parts ??= this.#load();
    return this.#parts;
  }

  async handleUri(uri: vscode.Uri): Promise<void> {
    (await this.load()).consents.handleUri(uri);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.load()).drafts.stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.load()).drafts.readFile(uri);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    await (await this.load()).drafts.writeFile(uri, content);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #expect(uris: readonly vscode.Uri[]): void {
    if (uris.some(({ scheme }) => scheme === draftScheme)) this.load().catch(tellError);
  }

  async #load(): Promise<ActionParts> {
    const { createActionParts } = await import('./actionParts');
    const parts = createActionParts(this.#context);
    parts.drafts.onDidChangeFile((changes) => {
      this.#changed.fire(changes);
    });
    if (this.#disposed) parts.dispose();
    return parts;
  }
}

/** The addresses of all editors with text, loaded or not. */
function tabUris(): readonly vscode.Uri[] {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return inputs.flatMap((input) => (input instanceof vscode.TabInputText ? input.uri : []));
}
