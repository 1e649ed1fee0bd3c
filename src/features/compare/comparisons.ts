import * as vscode from 'vscode';
import { compareScheme } from '../../shared/identifiers';
import { LazyFiles, type FireFileChanges } from '../../ui/lazyFiles';
import type { ComparedDocuments, ComparedSources } from './comparedDocuments';
import { serviceJsonUri } from '../../ui/documents/serviceJsonUri';
import { setContext } from '../../ui/setContext';
import type { SecretValues } from '../../core/redaction/redact';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { plainText } from '../../shared/plainText';
import type { ChosenFiles } from './chosenFiles';
import { toQuery, type Source } from '../../ui/documents/comparedText';

/** The read-only files of comparisons. The code that makes their texts is loaded with the first one. */
export class ComparedFiles extends LazyFiles<ComparedDocuments> {
  readonly #registration: vscode.Disposable;

  constructor(private readonly sources: ComparedSources) {
    super();
    const isReadonly = new vscode.MarkdownString(vscode.l10n.t('The sides of a comparison are read-only.'));
    const options = { isReadonly, isCaseSensitive: true };
    this.#registration = vscode.workspace.registerFileSystemProvider(compareScheme, this, options);
  }

  override dispose(): void {
    this.#registration.dispose();
    super.dispose();
  }

  override writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  protected override async start(fire: FireFileChanges): Promise<ComparedDocuments> {
    const { ComparedDocuments: Loaded } = await import('./comparedDocuments');
    return new Loaded(this.sources, fire);
  }

  protected override filesOf(documents: ComparedDocuments): ComparedDocuments {
    return documents;
  }
}

/** One side of a comparison and its name. */
export interface Side {
  readonly label: string;
  readonly source: Source;
}

/** Comparisons of canonical JSON in VS Code's diff editor. */
export class Comparisons implements vscode.Disposable {
  readonly #files: ComparedFiles;
  #selected: ResourcePath | undefined;

  /** @param secrets masked in all comparisons. */
  constructor(
    private readonly store: Store,
    private readonly chosen: ChosenFiles,
    secrets: SecretValues,
  ) {
    this.#files = new ComparedFiles({ store, chosen, secrets });
  }

  dispose(): void {
    this.#files.dispose();
  }

  /** The resource selected for "Compare with Selected"; undefined if there is none or it no longer exists. */
  get selected(): Resource | undefined {
    return this.#selected && this.store.get(this.#selected);
  }

  select({ path }: Resource): void {
    this.#selected = path;
    setContext('canCompareWithSelected', true);
  }

  /** Adds a file that the user chose as one side of a comparison. */
  choose(file: vscode.Uri): Side {
    const address = file.toString();
    this.chosen.add(address);
    return { label: file.path.split('/').at(-1) ?? file.path, source: { file: address } };
  }

  /**
   * Reads two sides, and shows the differences.
   * @returns true if there are none.
   * @throws HttpError if one of them cannot be read or is not JSON.
   */
  async open(left: Side, right: Side, signal: AbortSignal): Promise<boolean> {
    const services = [...new Set([left, right].flatMap(({ source }) => this.#serviceOf(source)))];
    const title = `${plainText(left.label, 80)} ↔ ${plainText(right.label, 80)}`;
    const documents = await this.#files.load();
    return documents.show([toUri(left, services), toUri(right, services)], title, signal);
  }

  /**
   * Reads both sides of the active comparison again. Does nothing if there is none.
   * @returns true if there are no differences.
   * @throws HttpError if one of them cannot be read or is not JSON.
   */
  async refresh(signal: AbortSignal): Promise<boolean> {
    const active = activeComparison();
    return active !== undefined && (await this.#files.load()).show(active.uris, active.title, signal);
  }

  /** True if both sides of the active comparison can be read and are equal. Sends no request for what is shown. */
  async isActiveEqual(): Promise<boolean> {
    const active = activeComparison();
    return active !== undefined && (await this.#files.load()).areEqual(active.uris);
  }

  #serviceOf(source: Source): readonly string[] {
    return 'path' in source ? [this.store.account(source.path)?.service ?? []].flat() : [];
  }
}

interface ActiveComparison {
  readonly uris: readonly [vscode.Uri, vscode.Uri];
  readonly title: string;
}

function activeComparison(): ActiveComparison | undefined {
  const { input, label } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
  if (!(input instanceof vscode.TabInputTextDiff) || !label) return undefined;
  const { original, modified } = input;
  const isOurs = [original, modified].every(({ scheme }) => scheme === compareScheme);
  return isOurs ? { uris: [original, modified], title: label } : undefined;
}

function toUri({ label, source }: Side, services: readonly string[]): vscode.Uri {
  return serviceJsonUri(compareScheme, label, { query: toQuery({ source, services }) });
}
