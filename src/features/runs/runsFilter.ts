import { ancestry, pathSegments } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import { serviceTitle } from '../../core/services/registry';
import type { Store } from '../../core/store/store';
import type { ViewFilter } from '../../ui/filter/filterBox';
import { SavedFilter } from '../../ui/filter/savedFilter';
import { matches } from '../../ui/filter/terms';
import type { WindowStorage } from '../../ui/storage/windowStorage';
import type { KnownRun } from './runRegistry';

/** The filter of the Runs view, in the words of that of the tree: of the run, of what it belongs to, and of its account. */
export class RunsFilter extends SavedFilter implements ViewFilter {
  constructor(
    storage: Pick<WindowStorage, 'entries' | 'workspace'>,
    private readonly store: Pick<Store, 'get' | 'account'>,
  ) {
    super(storage, { prefix: 'runsFilter:' });
  }

  /** The runs that match. */
  apply(runs: readonly KnownRun[]): readonly KnownRun[] {
    if (!this.active) return runs;
    return runs.filter((entry) =>
      matches(this.toRow(entry), this.terms, (_row, dataset) =>
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
