import * as vscode from 'vscode';
import { draftScheme } from '../manifest';
import type { Action, Resource } from '../services/service';
import { plainText } from '../text/plainText';
import { verbPhrase } from './agree';

/** A document in which the user writes what an action shall do. */
export interface OpenDraft {
  readonly uri: vscode.Uri;
  readonly action: Action;
  readonly resource: Resource;
  /** The text that the document began with. */
  readonly base: string;
}

/** A document that the user hands on, with the text it held then. */
export interface SavedDraft extends OpenDraft {
  readonly text: string;
}

interface File extends OpenDraft {
  readonly content: Uint8Array;
  readonly ctime: number;
  readonly mtime: number;
}

/**
 * Documents of actions, in memory. A user who saves one hands it on; a refused one keeps its text.
 * VS Code knows editable documents only as files, so this is a file system.
 */
export class Drafts implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #files = new Map<string, File>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #saved = new vscode.EventEmitter<SavedDraft>();
  /** Documents that `send` hands on, so that saving them does not do so again. */
  readonly #sending = new Set<string>();
  /** Why a document is about to be saved. */
  readonly #reasons = new Map<string, vscode.TextDocumentSaveReason>();
  readonly #registrations: readonly vscode.Disposable[];

  readonly onDidChangeFile = this.#changed.event;
  /** Fires after the user saved or sent a document, and not where VS Code saved it by itself (`files.autoSave`). */
  readonly onDidSave = this.#saved.event;

  constructor() {
    // VS Code asks for the events at once, so they come before.
    this.#registrations = [
      vscode.workspace.registerFileSystemProvider(draftScheme, this, { isCaseSensitive: true }),
      vscode.workspace.onWillSaveTextDocument(({ document: { uri }, reason }) => {
        if (uri.scheme === draftScheme) this.#reasons.set(uri.toString(), reason);
      }),
    ];
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
    this.#changed.dispose();
    this.#saved.dispose();
  }

  /** Opens a document with this text, or the one that is open for the same action of the same resource. */
  async open(resource: Resource, action: Action, text: string): Promise<void> {
    const name = plainText(`${verbPhrase(action)} ${resource.label}`, 80).replaceAll(/[\\/]/g, ' ');
    const uri = vscode.Uri.from({
      scheme: draftScheme,
      path: `/${name}.jsonc`,
      query: `${resource.path}#${action.id}`,
    });
    if (!this.#files.has(uri.toString()))
      this.#write({ uri, action, resource, base: text }, Buffer.from(text));
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  /**
   * Saves a document and hands it on. While VS Code saves one by itself, it drops a save that the user asks for, and a
   * file system sees the former alone. So this hands on what the editor shows, whatever becomes of saving.
   */
  async send(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    const draft = this.#file(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    this.#sending.add(key);
    try {
      await document.save();
    } finally {
      this.#sending.delete(key);
    }
    this.#saved.fire({ ...draft, text: document.getText() });
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { content, ctime, mtime } = this.#file(uri);
    return { type: vscode.FileType.File, ctime, mtime, size: content.length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.#file(uri).content;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    const draft = this.#file(uri);
    this.#write(draft, content);
    const own = this.#isUsers(uri.toString());
    this.#reasons.delete(uri.toString());
    if (own) this.#saved.fire({ ...draft, text: new TextDecoder().decode(content) });
  }

  /** Whether the user asked for what is being written. VS Code by itself never saves what has no changes. */
  #isUsers(key: string): boolean {
    if (this.#sending.has(key)) return false;
    const reason = this.#reasons.get(key);
    if (reason !== undefined) return reason === vscode.TextDocumentSaveReason.Manual;
    return !vscode.workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.toString() === key);
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
    this.#files.delete(uri.toString());
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #write({ uri, action, resource, base }: OpenDraft, content: Uint8Array): void {
    const now = Date.now();
    const ctime = this.#files.get(uri.toString())?.ctime ?? now;
    this.#files.set(uri.toString(), { uri, action, resource, base, content, ctime, mtime: now });
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  #file(uri: vscode.Uri): File {
    const file = this.#files.get(uri.toString());
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
}
