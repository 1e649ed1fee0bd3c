import * as vscode from 'vscode';
import { compareScheme } from '../../shared/identifiers';
import type { ComparedDocuments } from './comparedDocuments';
import { serviceJsonUri } from '../../ui/documents/serviceJsonUri';
import { setContext } from '../../ui/setContext';
import type { SecretValues } from '../../core/redaction/redact';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { plainText } from '../../shared/plainText';
import type { ChosenFiles } from './chosenFiles';
import { toQuery, type Source } from '../../ui/documents/comparedText';

/** One side of a comparison and its name. */
export interface Side {
  readonly label: string;
  readonly source: Source;
}

/** Comparisons of canonical JSON in VS Code's diff editor. */
export class Comparisons implements vscode.Disposable {
  #documents: Promise<ComparedDocuments> | undefined;
  #selected: ResourcePath | undefined;

  /** @param secrets masked in all comparisons. */
  constructor(
    private readonly store: Store,
    private readonly chosen: ChosenFiles,
    private readonly secrets: SecretValues,
  ) {}

  dispose(): void {
    void this.#documents?.then((documents) => {
      documents.dispose();
    });
  }

  /** The files of all comparisons. The code that makes their texts is loaded with the first one. */
  documents(): Promise<ComparedDocuments> {
    const { store, chosen, secrets } = this;
    this.#documents ??= import('./comparedDocuments').then(
      ({ ComparedDocuments: Loaded }) => new Loaded({ store, chosen, secrets }),
    );
    return this.#documents;
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
    const services = [...new Set([left, right].flatMap(({ source }) => this.#getService(source)))];
    const title = `${plainText(left.label, 80)} ↔ ${plainText(right.label, 80)}`;
    const documents = await this.documents();
    return documents.show([toUri(left, services), toUri(right, services)], title, signal);
  }

  /**
   * Reads both sides of the active comparison again. Does nothing if there is none.
   * @returns true if there are no differences.
   * @throws HttpError if one of them cannot be read or is not JSON.
   */
  async refresh(signal: AbortSignal): Promise<boolean> {
    const active = activeComparison();
    return active !== undefined && (await this.documents()).show(active.uris, active.title, signal);
  }

  /** True if both sides of the active comparison can be read and are equal. Sends no request for what is shown. */
  async isActiveEqual(): Promise<boolean> {
    const active = activeComparison();
    return active !== undefined && (await this.documents()).areEqual(active.uris);
  }

  #getService(source: Source): readonly string[] {
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
