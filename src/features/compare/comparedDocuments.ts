import * as vscode from 'vscode';
import { expectError } from '../../core/base/errors';
import { HttpError } from '../../core/http/errors';
import type { SecretValues } from '../../core/redaction/redact';
import { settings, settingsSection } from '../../shared/contributions';
import { compareScheme } from '../../shared/identifiers';
import { readSettings } from '../../ui/configuration';
import type { Store } from '../../core/store/store';
import type { Files } from '../../ui/lazyFiles';
import type { ChosenFiles } from './chosenFiles';
import { parseComparedText, type ComparedText } from '../../ui/documents/comparedText';
import { openUris } from '../../ui/documents/openUris';

/** A document and the source of its text. */
interface Content {
  readonly uri: vscode.Uri;
  /** The JSON of its source; undefined if it could not be read. */
  readonly json: string | undefined;
  /** Its text as the bytes of the file, if it was created before VS Code requested it. */
  readonly bytes?: Uint8Array;
}

/** The state of an open document. */
interface OpenDocument extends Content {
  /** When its text last changed, in milliseconds since 1970. */
  readonly mtime: number;
}

/**
 * The read-only documents of comparisons, created from their URI only. They are files of an in-memory file
 * system, because VS Code restores after a reload what it knows as files. A side that cannot be read shows
 * the reason as its text, and is read again when accounts change.
 */
export class ComparedDocuments implements Files, vscode.Disposable {
  readonly #store: Store;
  readonly #chosen: ChosenFiles;
  readonly #secrets: SecretValues;
  readonly #documents = new Map<string, OpenDocument>();
  /** URIs of documents that are about to be shown. */
  readonly #opening = new Set<string>();
  readonly #editors = new WeakSet<vscode.TextEditor>();
  readonly #started = Date.now();
  readonly #ended = new AbortController();
  readonly #registration: vscode.Disposable;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** Number of account changes so far. */
  #accountChanges = 0;

  /** Fires with the documents that VS Code has to read again. */
  readonly onDidChangeFile = this.#changed.event;

  constructor({ store, chosen, secrets }: ComparedSources) {
    this.#store = store;
    this.#chosen = chosen;
    this.#secrets = secrets;
    this.#registration = vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration((event) => {
        const affected = event.affectsConfiguration(`${settingsSection}.${settings.compareServerMade}`);
        if (affected) this.#onSetting();
      }),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        this.#onEditors(editors);
      }),
      vscode.workspace.onDidCloseTextDocument(() => {
        this.#deleteClosed();
      }),
      store.onDidChange((paths) => {
        if (paths.length === 0) this.#onAccounts();
      }),
    );
  }

  dispose(): void {
    this.#ended.abort();
    this.#registration.dispose();
    this.#changed.dispose();
  }

  /**
   * Reads two documents again, and shows the differences.
   * @returns true if there are none.
   * @throws HttpError if one of them cannot be read or is not JSON. What is shown stays.
   */
  async show(uris: readonly [vscode.Uri, vscode.Uri], title: string, signal: AbortSignal): Promise<boolean> {
    const contents = await Promise.all(uris.map((uri) => this.#read(uri, signal)));
    const addresses = uris.map(String);
    for (const address of addresses) this.#opening.add(address);
    try {
      this.#update(contents);
      await vscode.commands.executeCommand('vscode.diff', ...uris, title, { preview: true });
      return areSame(contents);
    } finally {
      for (const address of addresses) this.#opening.delete(address);
      this.#deleteClosed();
    }
  }

  /** True if both documents can be read and are equal. */
  async areEqual(uris: readonly [vscode.Uri, vscode.Uri]): Promise<boolean> {
    const contents = await Promise.all(
      uris.map((uri) => this.#content(uri, this.#documents.get(uri.toString()))),
    );
    return contents.every(({ json }) => json !== undefined) && areSame(contents);
  }

  /**
   * Sends no requests. VS Code compares time and size with the previous ones before it reads again, and accepts any
   * size.
   * @throws FileSystemError FileNotFound if the URI is not one of a comparison.
   */
  stat(uri: vscode.Uri): vscode.FileStat {
    toSide(uri);
    const permissions = vscode.FilePermission.Readonly;
    return { type: vscode.FileType.File, permissions, ctime: 0, mtime: this.#mtime(uri), size: 0 };
  }

  /** @throws FileSystemError FileNotFound if the URI is not one of a comparison. */
  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const address = uri.toString();
    const before = this.#documents.get(address);
    const { json, bytes } = await this.#content(uri, before);
    const newerCame = this.#documents.get(address) !== before;
    if (!newerCame && openAddresses().has(address)) {
      this.#documents.set(address, { uri, json, mtime: this.#mtime(uri) });
    }
    return bytes;
  }

  async #content(uri: vscode.Uri, { json, bytes }: Partial<OpenDocument> = {}): Promise<Required<Content>> {
    if (bytes !== undefined) return { uri, json, bytes };
    try {
      return json === undefined
        ? await this.#read(uri, this.#ended.signal)
        : await this.#canonicalize(uri, json, this.#ended.signal);
    } catch (error) {
      const failure = expectError(error, HttpError);
      const { failureText, fileBytes } = await import('./jsonTexts');
      const text = failureText(uri.path.replace(/^.*\/|\.json$/g, ''), failure);
      return { uri, json: undefined, bytes: fileBytes(text) };
    }
  }

  /** Retries if accounts changed meanwhile. */
  async #read(uri: vscode.Uri, signal: AbortSignal): Promise<Required<Content>> {
    const { readSource } = await import('./sides');
    const before = this.#accountChanges;
    try {
      const from = { store: this.#store, chosen: this.#chosen };
      return await this.#canonicalize(uri, await readSource(toSide(uri).source, from, signal), signal);
    } catch (error) {
      if (signal.aborted || before === this.#accountChanges) throw error;
      return this.#read(uri, signal);
    }
  }

  async #canonicalize(uri: vscode.Uri, json: string, signal: AbortSignal): Promise<Required<Content>> {
    const { sideText } = await import('./sides');
    const how = { keepServerMade: readSettings().compareServerMade, secrets: this.#secrets };
    return { uri, json, bytes: await sideText(json, toSide(uri), how, signal) };
  }

  /** After a reload VS Code restores the scroll position, which may be beyond the few lines of a failure. */
  #onEditors(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) {
      const known = this.#documents.get(editor.document.uri.toString());
      if (!known || this.#editors.has(editor)) continue;
      this.#editors.add(editor);
      if (known.json === undefined) editor.revealRange(new vscode.Range(0, 0, 0, 0));
    }
  }

  #onSetting(): void {
    const open = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === compareScheme);
    this.#update(open.map(({ uri }) => ({ uri, json: this.#documents.get(uri.toString())?.json })));
  }

  #onAccounts(): void {
    this.#accountChanges++;
    this.#update([...this.#documents.values()].filter(({ json }) => json === undefined));
  }

  /** After a change event VS Code reads a document again only if its time has changed. */
  #update(contents: readonly Content[]): void {
    for (const content of contents) {
      const mtime = Math.max(Date.now(), this.#mtime(content.uri) + 1);
      this.#documents.set(content.uri.toString(), { ...content, mtime });
    }
    this.#changed.fire(contents.map(({ uri }) => ({ type: vscode.FileChangeType.Changed, uri })));
  }

  #mtime(uri: vscode.Uri): number {
    return this.#documents.get(uri.toString())?.mtime ?? this.#started;
  }

  #deleteClosed(): void {
    if (this.#documents.size === 0) return;
    const open = openAddresses();
    for (const address of this.#documents.keys()) {
      if (!open.has(address) && !this.#opening.has(address)) this.#documents.delete(address);
    }
  }
}

/** Compares bytes: hashing long texts would hold the extension host. */
function areSame([first, ...others]: readonly Required<Content>[]): boolean {
  return others.every(({ bytes }) => first !== undefined && Buffer.compare(first.bytes, bytes) === 0);
}

function openAddresses(): ReadonlySet<string> {
  return new Set(openUris().map(String));
}

/** @throws FileSystemError FileNotFound if the URI is not one of a comparison, because anyone may open one. */
function toSide(uri: vscode.Uri): ComparedText {
  const side = parseComparedText(uri.query);
  if (side) return side;
  throw vscode.FileSystemError.FileNotFound(
    vscode.l10n.t('{0} is not the address of a comparison.', uri.toString()),
  );
}

export interface ComparedSources {
  readonly store: Store;
  readonly chosen: ChosenFiles;
  /** Masked in all documents. */
  readonly secrets: SecretValues;
}
