import * as vscode from 'vscode';
import { HttpError } from '../../core/http/errors';
import type { SecretValues } from '../../core/redaction/redact';
import { settings, settingsSection } from '../../shared/contributions';
import { compareScheme } from '../../shared/identifiers';
import { readSettings } from '../../ui/configuration';
import type { Store } from '../../core/store/store';
import type { ChosenFiles } from './chosenFiles';
import { parseComparedText, type ComparedText } from '../../ui/documents/comparedText';
import { openAddresses } from '../../ui/documents/openTabs';

/** A document, and what its text is made of. */
interface Content {
  readonly uri: vscode.Uri;
  /** The JSON as its source holds it; undefined where that could not be read. */
  readonly json: string | undefined;
  /** Its text, where it was made before VS Code asks for it. */
  readonly text?: string;
}

/** What is kept of a document while it is open. */
interface Kept extends Content {
  /** When its text last changed, in milliseconds since 1970. */
  readonly mtime: number;
}

/**
 * The documents of comparisons, read-only, made from their URI alone. They are files of a file system in memory, for
 * VS Code brings back after a reload what it knows as files. A side that cannot be read says why in its text, and is
 * read again when accounts change.
 */
export class ComparedDocuments implements vscode.Disposable {
  readonly #store: Store;
  readonly #chosen: ChosenFiles;
  readonly #secrets: SecretValues;
  readonly #kept = new Map<string, Kept>();
  /** The addresses of documents that are about to be shown. */
  readonly #awaited = new Set<string>();
  /** Editors that were seen. */
  readonly #editors = new WeakSet<vscode.TextEditor>();
  readonly #started = Date.now();
  readonly #ended = new AbortController();
  readonly #registration: vscode.Disposable;
  /** How often accounts changed. */
  #accountChanges = 0;

  /** @param changed is called with the documents that VS Code has to read again. */
  constructor(
    { store, chosen, secrets }: ComparedSources,
    private readonly changed: (changes: readonly vscode.FileChangeEvent[]) => void,
  ) {
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
        this.#forgetClosed();
      }),
      store.onDidChange((paths) => {
        if (paths.length === 0) this.#onAccounts();
      }),
    );
  }

  dispose(): void {
    this.#ended.abort();
    this.#registration.dispose();
  }

  /**
   * Shows what differs between two documents, both read anew.
   * @throws HttpError where one of them cannot be read or is no JSON: what is shown stays.
   */
  async show(uris: readonly [vscode.Uri, vscode.Uri], title: string, signal: AbortSignal): Promise<void> {
    const contents = await Promise.all(uris.map((uri) => this.#read(uri, signal)));
    const addresses = uris.map(String);
    for (const address of addresses) this.#awaited.add(address);
    try {
      this.#redraw(contents);
      await vscode.commands.executeCommand('vscode.diff', ...uris, title, { preview: true });
    } finally {
      for (const address of addresses) this.#awaited.delete(address);
      this.#forgetClosed();
    }
  }

  /**
   * Asks nobody. VS Code compares time and size with those of before it reads again, and takes any size.
   * @throws FileSystemError FileNotFound where the URI is none of a comparison.
   */
  stat(uri: vscode.Uri): vscode.FileStat {
    toSide(uri);
    const permissions = vscode.FilePermission.Readonly;
    return { type: vscode.FileType.File, permissions, ctime: 0, mtime: this.#mtime(uri), size: 0 };
  }

  /** @throws FileSystemError FileNotFound where the URI is none of a comparison. */
  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    // Without this mark VS Code would read the text in the encoding that `files.encoding` names.
    return new TextEncoder().encode(`\uFEFF${await this.#text(uri)}`);
  }

  async #text(uri: vscode.Uri): Promise<string> {
    const address = uri.toString();
    const before = this.#kept.get(address);
    const { json, text } = await this.#content(uri, before);
    const newerCame = this.#kept.get(address) !== before;
    if (!newerCame && openAddresses().has(address)) {
      this.#kept.set(address, { uri, json, mtime: this.#mtime(uri) });
    }
    return text;
  }

  async #content(uri: vscode.Uri, { json, text }: Partial<Kept> = {}): Promise<Required<Content>> {
    if (text !== undefined) return { uri, json, text };
    try {
      return json === undefined
        ? await this.#read(uri, this.#ended.signal)
        : await this.#normalised(uri, json);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const { failureText } = await import('./jsonTexts');
      return { uri, json: undefined, text: failureText(uri.path.replace(/^.*\/|\.json$/g, ''), error) };
    }
  }

  /** Where accounts change meanwhile, those that there are then are asked. */
  async #read(uri: vscode.Uri, signal: AbortSignal): Promise<Required<Content>> {
    const { readSource } = await import('./sides');
    const before = this.#accountChanges;
    try {
      const from = { store: this.#store, chosen: this.#chosen };
      return await this.#normalised(uri, await readSource(toSide(uri).source, from, signal));
    } catch (error) {
      if (signal.aborted || before === this.#accountChanges) throw error;
      return this.#read(uri, signal);
    }
  }

  async #normalised(uri: vscode.Uri, json: string): Promise<Required<Content>> {
    const { sideText } = await import('./sides');
    const how = { keepServerMade: readSettings().compareServerMade, secrets: this.#secrets };
    return { uri, json, text: await sideText(json, toSide(uri), how) };
  }

  /** After a reload VS Code scrolls to where it was, which may lie beyond the few lines that tell of a failure. */
  #onEditors(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) {
      const kept = this.#kept.get(editor.document.uri.toString());
      if (!kept || this.#editors.has(editor)) continue;
      this.#editors.add(editor);
      if (kept.json === undefined) editor.revealRange(new vscode.Range(0, 0, 0, 0));
    }
  }

  #onSetting(): void {
    const open = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === compareScheme);
    this.#redraw(open.map(({ uri }) => ({ uri, json: this.#kept.get(uri.toString())?.json })));
  }

  #onAccounts(): void {
    this.#accountChanges++;
    this.#redraw([...this.#kept.values()].filter(({ json }) => json === undefined));
  }

  /** VS Code reads a document again when it is told so, and its time has changed. */
  #redraw(contents: readonly Content[]): void {
    for (const content of contents) {
      const mtime = Math.max(Date.now(), this.#mtime(content.uri) + 1);
      this.#kept.set(content.uri.toString(), { ...content, mtime });
    }
    this.changed(contents.map(({ uri }) => ({ type: vscode.FileChangeType.Changed, uri })));
  }

  #mtime(uri: vscode.Uri): number {
    return this.#kept.get(uri.toString())?.mtime ?? this.#started;
  }

  #forgetClosed(): void {
    if (this.#kept.size === 0) return;
    const open = openAddresses();
    for (const address of this.#kept.keys()) {
      if (!open.has(address) && !this.#awaited.has(address)) this.#kept.delete(address);
    }
  }
}

/** @throws FileSystemError FileNotFound where the URI is none of a comparison: anybody may open one. */
function toSide(uri: vscode.Uri): ComparedText {
  const side = parseComparedText(uri.query);
  if (side) return side;
  throw vscode.FileSystemError.FileNotFound(
    vscode.l10n.t('{0} is not the address of a comparison.', uri.toString()),
  );
}

/** What comparisons are made from. */
export interface ComparedSources {
  readonly store: Store;
  readonly chosen: ChosenFiles;
  /** Masked in all documents. */
  readonly secrets: SecretValues;
}
