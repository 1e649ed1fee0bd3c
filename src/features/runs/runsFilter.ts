import { Emitter, type Disposable } from '../../core/base/emitter';
import { ancestry, pathSegments } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import { serviceTitle } from '../../core/services/registry';
import type { Store } from '../../core/store/store';
import type { ViewFilter } from '../../ui/filter/filterBox';
import { matches, parseFilter, type FilterTerm } from '../../ui/filter/terms';
import type { SharedEntries } from '../../ui/storage/sharedEntries';
import type { WindowStorage } from '../../ui/storage/windowStorage';
import type { KnownRun } from './runRegistry';

/**
 * The filter of the Runs view, in the words of that of the tree: of the run, of what it belongs to, and of its account.
 * Kept per workspace.
 */
export class RunsFilter implements ViewFilter, Disposable {
  readonly #entries: SharedEntries<string>;
  readonly #workspace: string;
  readonly #changes = new Emitter<undefined>();
  #text: string;
  #terms: readonly FilterTerm[];

  readonly onDidChange = this.#changes.event;

  constructor(
    storage: Pick<WindowStorage, 'entries' | 'workspace'>,
    private readonly store: Pick<Store, 'get' | 'account'>,
  ) {
    this.#workspace = storage.workspace;
    this.#entries = storage.entries({
      prefix: 'runsFilter:',
      decode: (value) => (typeof value === 'string' ? value : undefined),
    });
    this.#text = this.#entries.list().get(this.#workspace) ?? '';
    this.#terms = parseFilter(this.#text);
  }

  dispose(): void {
    this.#changes.dispose();
  }

  get text(): string {
    return this.#text;
  }

  /** True if runs may be hidden. */
  get active(): boolean {
    return this.#terms.length > 0;
  }

  set(text: string): void {
    this.preview(text);
    if (this.#text) this.#entries.set(new Map([[this.#workspace, this.#text]]));
    else this.#entries.remove([this.#workspace]);
  }

  preview(text: string): void {
    this.#text = text.trim();
    this.#terms = parseFilter(text);
    this.#changes.fire(undefined);
  }

  /** The runs that match. */
  apply(runs: readonly KnownRun[]): readonly KnownRun[] {
    if (!this.active) return runs;
    return runs.filter((entry) =>
      matches(this.toRow(entry), this.#terms, (_row, dataset) =>
        this.datasets(entry).some((text) => text.toLowerCase().includes(dataset)),
      ),
    );
  }

  /** A run with all that a filter looks in. */
  toRow({ run, ancestors }: KnownRun): Resource {
    const account = this.store.account(run.path);
    const above = ancestry(run.path).map((path) => this.store.get(path));
    const connection = above.find((resource) => resource?.kind === 'connection');
    const texts = [run.description, account?.name, account && serviceTitle(account.service)];
    return {
      ...run,
      label: [...ancestors, run.label].join(' \u203a '),
      description: texts.filter((text) => text !== undefined).join(' \u00b7 '),
      searchAttributes: { ...connection?.searchAttributes, ...run.searchAttributes },
    };
  }

  /** The ID and the name of the dataset that a run loads. */
  datasets({ run, ancestors }: KnownRun): readonly string[] {
    const segments = pathSegments(run.path);
    const at = segments.findIndex(({ kind }) => kind === 'dataset');
    const id = segments[at]?.id;
    return id === undefined ? [] : [id, ...ancestors.slice(-1)];
  }
}
