import * as vscode from 'vscode';
import type { SecretValues } from '../http/redact';
import { compareScheme } from '../manifest';
import type { Store } from '../store/store';
import type { ChosenFiles } from './chosenFiles';
import type { ComparedDocuments } from './comparedDocuments';
import { ReadOnlyFiles } from './readOnlyFiles';

/** What comparisons are made from. */
export interface ComparedSources {
  readonly store: Store;
  readonly chosen: ChosenFiles;
  /** Masked in all documents. */
  readonly secrets: SecretValues;
}

/** The files of comparisons as VS Code asks for them. What makes their texts is loaded with the first. */
export class ComparedFiles extends ReadOnlyFiles implements vscode.Disposable {
  readonly #sources: ComparedSources;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #registration: vscode.Disposable;
  #documents: Promise<ComparedDocuments> | undefined;
  #disposed = false;

  readonly onDidChangeFile = this.#changed.event;

  constructor(sources: ComparedSources) {
    super();
    this.#sources = sources;
    const isReadonly = new vscode.MarkdownString(vscode.l10n.t('What is compared cannot be edited here.'));
    const options = { isReadonly, isCaseSensitive: true };
    this.#registration = vscode.workspace.registerFileSystemProvider(compareScheme, this, options);
  }

  dispose(): void {
    this.#disposed = true;
    this.#registration.dispose();
    void this.#documents?.then((documents) => {
      documents.dispose();
    });
    this.#changed.dispose();
  }

  /** What makes the texts, loaded once. */
  documents(): Promise<ComparedDocuments> {
    this.#documents ??= this.#load();
    return this.#documents;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.documents()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.documents()).readFile(uri);
  }

  async #load(): Promise<ComparedDocuments> {
    const { ComparedDocuments: Loaded } = await import('./comparedDocuments');
    const documents = new Loaded(this.#sources, (changes) => {
      this.#changed.fire([...changes]);
    });
    if (this.#disposed) documents.dispose();
    return documents;
  }
}
