import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { draftScheme } from '../manifest';
import { accountIdOf } from '../services/path';
import type { Action, Draft, Resource } from '../services/service';
import { plainText } from '../tree/plainText';
import { verbPhrase } from './agree';
import { closeTabs, isOpenInTab } from './draftTabs';
import type { DraftFiles, StoredDraft } from './draftFiles';
import { schemaText, withoutSchema, withSchema } from './documentText';
import type { VirtualTexts } from './virtualTexts';

/** A document in which the user writes what an action shall do. */
export interface OpenDraft extends Pick<StoredDraft, 'resource' | 'action' | 'base'> {
  readonly uri: vscode.Uri;
}

/** What a new document is about. */
export interface DraftSubject {
  readonly resource: Resource;
  readonly action: Action;
  /** The name of the account. */
  readonly account: string;
}

/**
 * Documents of actions. They are unsaved until they were sent, survive a reload, and end when they are sent or closed.
 * VS Code knows editable documents only as files, so this is a file system, which keeps each in a file of its own.
 */
export class Drafts implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #files: DraftFiles;
  readonly #texts: VirtualTexts;
  /** By URI, also those that were closed: VS Code can open them again while the window lives. */
  readonly #known = new Map<string, StoredDraft>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #asked = new vscode.EventEmitter<vscode.Uri>();
  readonly #closed = new vscode.EventEmitter<vscode.Uri>();
  readonly #loaded = new vscode.EventEmitter<vscode.Uri>();
  /** Documents that are saved because they were sent. */
  readonly #ending = new Set<string>();
  /** Documents that become documents without a file. */
  readonly #releasing = new Set<string>();
  /** Why a document is about to be saved. */
  readonly #reasons = new Map<string, vscode.TextDocumentSaveReason>();
  readonly #registrations: readonly vscode.Disposable[];

  readonly onDidChangeFile = this.#changed.event;
  /** Fires when the user saves a document, which means to send it. It stays unsaved. */
  readonly onDidAskToSend = this.#asked.event;
  /** Fires when a document is there that was not known in this window. */
  readonly onDidLoad = this.#loaded.event;
  /** Fires when a document has no editor any more. */
  readonly onDidClose = this.#closed.event;

  constructor(files: DraftFiles, texts: VirtualTexts) {
    this.#files = files;
    this.#texts = texts;
    // VS Code asks for the events at once, so they come before.
    this.#registrations = [
      vscode.workspace.registerFileSystemProvider(draftScheme, this, { isCaseSensitive: true }),
      vscode.workspace.onWillSaveTextDocument(({ document: { uri }, reason }) => {
        if (uri.scheme === draftScheme) this.#reasons.set(uri.toString(), reason);
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const { input } of closed) {
          if (input instanceof vscode.TabInputText) this.#onClosedTab(input.uri);
        }
      }),
    ];
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
    this.#changed.dispose();
    this.#asked.dispose();
    this.#closed.dispose();
    this.#loaded.dispose();
  }

  /** Opens a new document, or shows the one that is open for the same action of the same resource. */
  async open({ resource, action, account }: DraftSubject, make: () => Promise<Draft>): Promise<void> {
    const open = (await this.list()).find(
      (draft) => draft.resource.path === resource.path && draft.action.id === action.id,
    );
    await vscode.window.showTextDocument(
      open?.uri ?? (await this.#create({ resource, action, account }, await make())),
      {
        preview: false,
      },
    );
  }

  async #create({ resource, action, account }: DraftSubject, { text, schema }: Draft): Promise<vscode.Uri> {
    const id = randomBytes(8).toString('hex');
    const uri = vscode.Uri.from({
      scheme: draftScheme,
      path: `/${nameOf(account)}/${nameOf(`${verbPhrase(action)} ${resource.label}`)}.jsonc`,
      query: id,
    });
    const base = await withSchema(text, this.#putSchema(id, schema).toString());
    const { path, kind, label, hasChildren } = resource;
    const now = Date.now();
    await this.#put(uri, {
      resource: { path, kind, id: resource.id, label, hasChildren },
      ...{ action, base, text: base, schema },
      ...{ began: now, saved: now },
    });
    return uri;
  }

  /** @returns undefined where there is no such document. */
  async find(uri: vscode.Uri): Promise<OpenDraft | undefined> {
    const stored = await this.#load(uri);
    return stored && { uri, resource: stored.resource, action: stored.action, base: stored.base };
  }

  /** The documents that have an editor in this window, loaded or not. */
  async list(): Promise<readonly OpenDraft[]> {
    const uris = new Map<string, vscode.Uri>();
    for (const { input } of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
      if (input instanceof vscode.TabInputText && input.uri.scheme === draftScheme)
        uris.set(input.uri.toString(), input.uri);
    }
    const found = await Promise.all([...uris.values()].map((uri) => this.find(uri)));
    return found.flatMap((draft) => draft ?? []);
  }

  /** Gives a document a new beginning, and the text that goes with it. */
  async rebase(uri: vscode.Uri, base: string, text: string): Promise<void> {
    const stored = await this.#load(uri);
    if (!stored) return;
    await this.#put(uri, { ...stored, base });
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.getText() === text) return;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
  }

  /** Ends a document that was sent: its editors close, and nothing of it is left. */
  async end(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    this.#ending.add(key);
    try {
      const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === key);
      // Whether it is unsaved the extension host does not know for certain, see `keepUnsaved`.
      await document?.save();
      await closeTabs(uri);
    } finally {
      this.#ending.delete(key);
    }
    this.#known.delete(key);
    await this.#files.delete(uri.query);
    this.#closed.fire(uri);
  }

  /**
   * Ends the documents of accounts that are gone: what was typed stays, as documents without a file.
   * @param isGone by the id of an account.
   */
  async release(isGone: (accountId: string) => boolean): Promise<void> {
    for (const { uri, resource } of await this.list()) {
      const key = uri.toString();
      if (!isGone(accountIdOf(resource.path)) || this.#releasing.has(key)) continue;
      this.#releasing.add(key);
      try {
        const content = await withoutSchema((await vscode.workspace.openTextDocument(uri)).getText());
        const document = await vscode.workspace.openTextDocument({ language: 'jsonc', content });
        await vscode.window.showTextDocument(document, { preview: false, preserveFocus: true });
        await this.end(uri);
      } finally {
        this.#releasing.delete(key);
      }
    }
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, began, saved } = await this.#file(uri);
    return { type: vscode.FileType.File, ctime: began, mtime: saved, size: Buffer.byteLength(text) };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return Buffer.from((await this.#file(uri)).text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const key = uri.toString();
    const isUsers = this.#isUsers(key);
    this.#reasons.delete(key);
    const { createScanner } = await import('jsonc-parser');
    const { withoutTypedSecrets } = await import('./typedSecrets');
    const stored = await this.#file(uri);
    const text = withoutTypedSecrets(Buffer.from(content).toString(), (each) => createScanner(each, true));
    await this.#put(uri, { ...stored, text, saved: Date.now() });
    if (!isUsers) return;
    if (text !== stored.base) await keepUnsaved(uri);
    this.#asked.fire(uri);
  }

  /** Whether the user asked for what is being written. VS Code by itself never saves what has no changes. */
  #isUsers(key: string): boolean {
    if (this.#ending.has(key)) return false;
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
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #onClosedTab(uri: vscode.Uri): void {
    const key = uri.toString();
    if (uri.scheme !== draftScheme || this.#ending.has(key) || isOpenInTab(uri)) return;
    void this.#files.delete(uri.query);
    this.#closed.fire(uri);
  }

  async #put(uri: vscode.Uri, draft: StoredDraft): Promise<void> {
    this.#know(uri, draft);
    await this.#files.write(uri.query, draft);
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  async #load(uri: vscode.Uri): Promise<StoredDraft | undefined> {
    const key = uri.toString();
    const known = this.#known.get(key) ?? (await this.#files.read(uri.query));
    if (known && !this.#known.has(key)) {
      this.#putSchema(uri.query, known.schema);
      this.#know(uri, known);
    }
    return known;
  }

  #know(uri: vscode.Uri, draft: StoredDraft): void {
    const key = uri.toString();
    const isNew = !this.#known.has(key);
    this.#known.set(key, draft);
    if (isNew) this.#loaded.fire(uri);
  }

  async #file(uri: vscode.Uri): Promise<StoredDraft> {
    const stored = await this.#load(uri);
    if (!stored) throw vscode.FileSystemError.FileNotFound(uri);
    return stored;
  }

  #putSchema(id: string, schema: Draft['schema']): vscode.Uri {
    return this.#texts.put(this.#texts.uriOf(`schema/${id}`), schemaText(schema));
  }
}

/** A text as the name of a file or folder. */
function nameOf(text: string): string {
  const name = plainText(text, 80).replaceAll(/[\\/]/g, ' ');
  return /^\.*$/.test(name) ? '_' : name;
}

/**
 * Keeps a document unsaved although it is being saved, because saving one means to send it, and it was not sent yet. VS
 * Code marks a document as saved only where it did not change meanwhile. The extension host takes it for saved all the
 * same: `isDirty` is false until the next change.
 */
async function keepUnsaved(uri: vscode.Uri): Promise<void> {
  const key = uri.toString();
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === key);
  if (!document) return;
  const end = document.lineAt(document.lineCount - 1).range.end;
  const insertion = new vscode.WorkspaceEdit();
  insertion.insert(uri, end, ' ');
  if (!(await vscode.workspace.applyEdit(insertion))) return;
  const deletion = new vscode.WorkspaceEdit();
  deletion.delete(uri, new vscode.Range(end, end.translate(0, 1)));
  await vscode.workspace.applyEdit(deletion);
}
