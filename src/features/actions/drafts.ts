import { DisposableStore } from '../../core/base/disposableStore';
import type { JSONScanner } from 'jsonc-parser';
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { reportError, showInformation } from '../../ui/messages';
import type { KnownSecrets } from '../../core/redaction/knownSecrets';
import { draftScheme } from '../../shared/identifiers';
import { getAccountId } from '../../core/services/contract/path';
import type { ActionTemplate, ActionInfo } from '../../core/services/contract/action';
import type { Resource } from '../../core/services/contract/resource';
import { plainText } from '../../shared/plainText';
import { verbPhrase } from './confirmAction';
import { closeTabs, isOpenInTab } from './editorTabs';
import type { DraftFiles, StoredDraft } from './draftFiles';
import { schemaText, withoutSchema, withSchema } from './documentText';
import type { SecretSearch } from './typedSecrets';
import type { TypedTexts } from './typedTexts';
import type { PreviewDocuments } from './previewDocuments';

/** A document in which the user edits the input of an action. */
export interface OpenDraft extends Pick<StoredDraft, 'resource' | 'action' | 'base'> {
  readonly uri: vscode.Uri;
}

/** Drafts of windows that did not come back for that long are deleted. */
const MAX_AGE_MS = 90 * 24 * 60 * 60 * 1000;

/** Dependencies of drafts. */
export interface DraftsParts {
  readonly files: DraftFiles;
  readonly texts: PreviewDocuments;
  readonly secrets: KnownSecrets;
}

/** What a new document creates or changes. */
export interface DraftSubject {
  readonly resource: Resource;
  readonly action: ActionInfo;
  /** The name of the account. */
  readonly account: string;
}

/**
 * The documents of actions. They stay unsaved until they are sent, survive a reload, and are deleted when
 * they are sent or closed. VS Code can edit only files, so this reads and writes like a file system
 * (`ActionLoader`), and stores each document in its own file.
 */
export class Drafts implements vscode.Disposable {
  readonly #files: DraftFiles;
  readonly #texts: PreviewDocuments;
  readonly #secrets: KnownSecrets;
  /** By URI, including closed documents: VS Code can reopen them as long as the window lives. */
  readonly #known = new Map<string, StoredDraft>();
  readonly #disposables = new DisposableStore();
  readonly #changed = this.#disposables.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly #asked = this.#disposables.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #closed = this.#disposables.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #loaded = this.#disposables.add(new vscode.EventEmitter<vscode.Uri>());
  /** Documents that are saved because they were sent. */
  readonly #ending = new Set<string>();
  /** Documents that are being turned into untitled ones. */
  readonly #releasing = new Set<string>();
  /** Text that was typed before this window was reloaded, by URI, until the document shows it. */
  readonly #restored = new Map<string, string>();
  #typed: Promise<TypedTexts> | undefined;
  /** Why a document is about to be saved, by URI. */
  readonly #reasons = new Map<string, vscode.TextDocumentSaveReason>();

  readonly onDidChangeFile = this.#changed.event;
  /** Fires when the user saves a document, which sends it. It stays unsaved. */
  readonly onDidAskToSend = this.#asked.event;
  /** Fires when a document is loaded that this window did not know. */
  readonly onDidLoad = this.#loaded.event;
  /** Fires when the last editor of a document was closed. */
  readonly onDidClose = this.#closed.event;

  constructor({ files, texts, secrets }: DraftsParts) {
    this.#files = files;
    this.#texts = texts;
    this.#secrets = secrets;
    this.#disposables.add(
      vscode.workspace.onWillSaveTextDocument(({ document: { uri }, reason }) => {
        if (uri.scheme === draftScheme) this.#reasons.set(uri.toString(), reason);
      }),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document.uri.scheme === draftScheme) this.#onEdit(event).catch(reportError);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.#restore(document).catch(reportError);
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const { input } of closed) {
          if (input instanceof vscode.TabInputText) this.#onClosedTab(input.uri);
        }
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.#restore(document).catch(reportError);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** Opens a new document, or shows the open one for the same action and resource. */
  async open(
    { resource, action, account }: DraftSubject,
    make: () => Promise<ActionTemplate>,
  ): Promise<void> {
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

  async #create(
    { resource, action, account }: DraftSubject,
    { text, schema }: ActionTemplate,
  ): Promise<vscode.Uri> {
    await this.#files.deleteOlderThan(MAX_AGE_MS);
    const id = randomBytes(8).toString('hex');
    const uri = vscode.Uri.from({
      scheme: draftScheme,
      path: `/${getName(account)}/${getName(`${verbPhrase(action)} ${resource.label}`)}.jsonc`,
      query: id,
    });
    const base = await withSchema(text, this.#putSchema(id, schema).toString());
    const { path, kind, label, hasChildren } = resource;
    const { verb, title, confirmation, input } = action;
    const now = Date.now();
    await this.#put(uri, {
      resource: { path, kind, id: resource.id, label, hasChildren },
      action: { id: action.id, verb, title, confirmation, input },
      ...{ base, text: base, schema },
      ...{ began: now, saved: now },
    });
    return uri;
  }

  /** @returns undefined if there is no such document. */
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

  /** Replaces the base and the text of a document. */
  async rebase(uri: vscode.Uri, base: string, text: string): Promise<void> {
    const stored = await this.#load(uri);
    if (!stored) return;
    await this.#put(uri, { ...stored, base });
    await replaceText(await vscode.workspace.openTextDocument(uri), text);
  }

  /** Ends a document after it was sent: closes its editors and deletes its file. */
  async end(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    this.#ending.add(key);
    try {
      const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === key);
      // Always saved, because the extension host does not know for certain whether it is unsaved, see
      // `keepUnsaved`.
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
   * Ends the documents of removed accounts; their text is kept in untitled documents.
   * @param isGone called with the ID of an account.
   */
  async release(isGone: (accountId: string) => boolean): Promise<void> {
    for (const { uri, resource } of await this.list()) {
      if (isGone(getAccountId(resource.path))) await this.#release(uri);
    }
  }

  async #release(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    if (this.#releasing.has(key)) return;
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

  /** @throws FileSystemError FileNotFound if there is no such document. */
  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    if (this.#releasing.has(uri.toString()))
      return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: 0 };
    const { text, began, saved } = await this.#file(uri);
    return { type: vscode.FileType.File, ctime: began, mtime: saved, size: Buffer.byteLength(text) };
  }

  /** @throws as `stat`. */
  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return Buffer.from((await this.#file(uri)).text);
  }

  /** @throws as `stat`. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const key = uri.toString();
    const isUsers = this.#isUsers(key);
    this.#reasons.delete(key);
    if (this.#releasing.has(key)) return;
    const { withoutTypedSecrets } = await import('./typedSecrets');
    const stored = await this.#file(uri);
    const text = withoutTypedSecrets(Buffer.from(content).toString(), await this.#search());
    await this.#put(uri, { ...stored, text, typed: undefined, saved: Date.now() });
    if (!isUsers) return;
    if (text !== stored.base) await keepUnsaved(uri);
    this.#asked.fire(uri);
  }

  /** True if the user asked for this save. VS Code never saves unchanged documents on its own. */
  #isUsers(key: string): boolean {
    if (this.#ending.has(key)) return false;
    const reason = this.#reasons.get(key);
    if (reason !== undefined) return reason === vscode.TextDocumentSaveReason.Manual;
    return !vscode.workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.toString() === key);
  }

  async #onEdit({
    document: { uri },
    document,
    contentChanges,
  }: vscode.TextDocumentChangeEvent): Promise<void> {
    const [change] = contentChanges;
    if (!change) return;
    const text = document.getText();
    this.#typed ??= this.#loadTyped();
    await (await this.#typed).onEdit(uri.toString(), text, { start: change.rangeOffset, text: change.text });
  }

  async #loadTyped(): Promise<TypedTexts> {
    const { TypedTexts } = await import('./typedTexts');
    return new TypedTexts(await this.#search(), async (key, typed) => {
      const stored = this.#known.get(key);
      const uri = vscode.Uri.parse(key, true);
      // Changes that were discarded with the editor are not kept.
      if (!stored || !isOpenInTab(uri)) return;
      this.#known.set(key, { ...stored, typed });
      await this.#files.write(uri.query, { ...stored, typed });
    });
  }

  async #search(): Promise<SecretSearch> {
    const { createScanner } = await import('jsonc-parser');
    return { scan: (text): JSONScanner => createScanner(text, true), known: this.#secrets };
  }

  /** Restores the text that was typed before a reload, and keeps the document unsaved if it was. */
  async #restore(document: vscode.TextDocument): Promise<void> {
    const { uri } = document;
    if (uri.scheme !== draftScheme) return;
    const stored = await this.#load(uri);
    if (!stored) {
      // VS Code restored the text itself, for example that of an earlier version, which stored none.
      if (document.isDirty) await this.#release(uri);
      return;
    }
    const key = uri.toString();
    const typed = this.#restored.get(key);
    this.#restored.delete(key);
    if (typed !== undefined && document.getText() !== typed) await replaceText(document, typed);
    else if (stored.text !== stored.base && !document.isDirty) await keepUnsaved(uri);
  }

  #onClosedTab(uri: vscode.Uri): void {
    const key = uri.toString();
    if (uri.scheme !== draftScheme || this.#ending.has(key) || isOpenInTab(uri)) return;
    void this.#files.delete(uri.query);
    this.#closed.fire(uri);
    this.#offerAgain(uri).catch(reportError);
  }

  /** With auto save, VS Code closes a document without asking. */
  async #offerAgain(uri: vscode.Uri): Promise<void> {
    const stored = this.#known.get(uri.toString());
    const savesItself = vscode.workspace.getConfiguration('files', uri).get('autoSave') !== 'off';
    if (!savesItself || !stored || stored.text === stored.base) return;
    const again = vscode.l10n.t('Reopen');
    const message = vscode.l10n.t(
      'The document for "{0}" was closed without sending.',
      plainText(stored.resource.label),
    );
    if ((await showInformation(message, again)) === again)
      await vscode.window.showTextDocument(uri, { preview: false });
  }

  async #put(uri: vscode.Uri, draft: StoredDraft): Promise<void> {
    this.#know(uri, draft);
    await this.#files.write(uri.query, draft);
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  async #load(uri: vscode.Uri): Promise<StoredDraft | undefined> {
    const key = uri.toString();
    const known = this.#known.get(key);
    if (known) return known;
    const read = await this.#files.read(uri.query);
    const already = this.#known.get(key);
    if (already || !read) return already;
    const { typed, text } = read;
    if (typed !== undefined) this.#restored.set(key, typed);
    const draft = { ...read, text: typed ?? text, typed: undefined };
    this.#putSchema(uri.query, draft.schema);
    this.#know(uri, draft);
    return draft;
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

  #putSchema(id: string, schema: ActionTemplate['schema']): vscode.Uri {
    return this.#texts.put(this.#texts.toUri(`schema/${id}`), schemaText(schema));
  }
}

/** A text as a file or folder name. */
function getName(text: string): string {
  const name = plainText(text, 80).replaceAll(/[\\/]/g, ' ');
  return /^\.*$/.test(name) ? '_' : name;
}

async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  if (document.getText() === text) return;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
}

/**
 * Keeps a document unsaved although it is being saved, because saving means sending, and it was not sent yet.
 * VS Code marks a document as saved only if it did not change during the save. The extension host considers
 * it saved anyway: `isDirty` is false until the next change.
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
