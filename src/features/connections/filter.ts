import type { Resource } from '../../core/services/contract/resource';
import { SavedFilter } from '../../ui/filter/savedFilter';
import { matches } from '../../ui/filter/terms';
import { ancestry, parentPath, type ResourcePath } from '../../core/services/contract/path';
import type { WindowStorage } from '../../ui/storage/windowStorage';
import type { Store } from '../../core/store/store';

/** How many connections a filter shows. */
export interface FilterCount {
  readonly shown: number;
  readonly loaded: number;
  /** In all lists whose size is known; at least `loaded`. */
  readonly total: number;
}

/** A loaded list that may have connections. */
interface ConnectionList {
  readonly path: ResourcePath;
  readonly rows: readonly Resource[];
}

/** The filter of the tree. */
export class TreeFilter extends SavedFilter {
  /** For each `dataset:` term, the connections that use it according to the services. */
  readonly #users = new Map<string, ReadonlySet<ResourcePath>>();

  /** @param assess returns a connection as its row shows it. Default: as its service sent it. */
  constructor(
    private readonly store: Store,
    storage: Pick<WindowStorage, 'entries' | 'workspace'>,
    private readonly assess: (connection: Resource) => Resource = (connection) => connection,
  ) {
    super(storage, { prefix: 'filter:', oldKey: 'filter' });
  }

  /** Asks the services which connections use the datasets in the filter. @throws as `Store.findByDataset`. */
  async findDatasets(signal?: AbortSignal): Promise<void> {
    const wanted = this.terms.filter(({ key, value }) => key === 'dataset' && !this.#users.has(value));
    for (const { value } of wanted) {
      const found = await Promise.all(
        this.store.accounts().map(({ path }) => this.store.findByDataset(path, value, signal)),
      );
      this.#users.set(value, new Set(found.flat().map(({ path }) => path)));
    }
    if (wanted.length > 0) this.fireChange();
  }

  /** The rows to show: connections that match the filter, and all rows of other kinds. */
  apply(rows: readonly Resource[]): readonly Resource[] {
    if (!this.active) return rows;
    return rows.filter((row) => row.kind !== 'connection' || this.#matches(this.assess(row)));
  }

  /** True if the connection at or above a path is hidden. */
  hides(path: ResourcePath): boolean {
    const connection = ancestry(path)
      .map((at) => this.store.get(at))
      .find((resource) => resource?.kind === 'connection');
    return connection ? this.apply([connection]).length === 0 : false;
  }

  /** Counts connections in all accounts. */
  count(): FilterCount {
    const sum = { shown: 0, loaded: 0, total: 0 };
    for (const { path, rows } of this.#lists()) {
      const connections = rows.filter(({ kind }) => kind === 'connection');
      // The total of a list without any counts something else.
      if (connections.length === 0) continue;
      sum.shown += this.apply(connections).length;
      sum.loaded += connections.length;
      sum.total += Math.max(connections.length, this.store.state(path).total ?? 0);
    }
    return sum;
  }

  /** The loaded connections of all accounts. */
  connections(): readonly Resource[] {
    return this.#lists().flatMap(({ rows }) => rows.filter(({ kind }) => kind === 'connection'));
  }

  /** The loaded lists above connections: of an account, and of what is between it and its connections. */
  #lists(): readonly ConnectionList[] {
    const below = (path: ResourcePath): readonly ConnectionList[] => {
      const rows = this.store.rows(path) ?? [];
      const between = rows.filter(({ kind, hasChildren }) => kind !== 'connection' && hasChildren);
      return [{ path, rows }, ...between.flatMap((row) => below(row.path))];
    };
    return this.store.accounts().flatMap(({ path }) => below(path));
  }

  #matches(connection: Resource): boolean {
    return matches(connection, this.terms, ({ path }, dataset) => {
      if (this.#users.get(dataset)?.has(path)) return true;
      const rows = this.store.rows(path) ?? [];
      return rows.some(
        (row) =>
          parentPath(row.path) === path &&
          row.kind === 'dataset' &&
          `${row.id} ${row.label}`.toLowerCase().includes(dataset),
      );
    });
  }
}
