import type { ResolvedOptions } from '../common/options';
import { type AuditEntry, makeConnection, type Connection } from './connection';
import { makeBackfill, getStatus, type Backfill, type Status } from './backfill';
import { dataSetId, makeDataSet, type DataSet } from './dataSet';
import { makeDataView, type DataView } from './dataView';
import { hostileStatus } from './hostile';

/** A summary of backfills, as returned in lists and details. */
export interface BackfillSummary {
  readonly total: number;
  readonly failed: number;
  readonly inProgress: number;
  readonly completed: number;
  readonly invalid: boolean;
}

/**
 * The sample organization: connections with their datasets, backfills and data views. Everything is derived
 * on demand from the seed and a position, so that an organization of any size starts immediately and needs
 * little memory.
 */
export class Organization {
  /** The time origin: dates count back from it, backfills progress from it. */
  readonly start: number;
  readonly #byId = new Map<string, Connection>();
  /** Data views that requests created, changed or deleted, by ID; undefined if deleted. */
  readonly #writtenDataViews = new Map<string, DataView | undefined>();
  /** Start times of backfills that are not derived from a position, by connection, newest first. */
  readonly #begun = new Map<string, readonly number[]>();
  /** What requests changed, newest first. */
  #audited: readonly AuditEntry[] = [];
  #nextIndex = 0;
  #finished = false;

  constructor(readonly options: ResolvedOptions) {
    this.start = options.now();
    while (this.#nextIndex < options.connections) this.#add('listed');
    this.#add('systemUserOwned');
    this.#add('disabled');
  }

  /** All connections, in no particular order. */
  connections(): readonly Connection[] {
    return [...this.#byId.values()];
  }

  /** @param id with the prefix `dg_`, or without it. */
  connection(id: string): Connection | undefined {
    return this.#byId.get(id) ?? this.#byId.get(`dg_${id}`);
  }

  /** @param hidden true to include hidden datasets. */
  dataSets(connection: Connection, hidden = false): readonly DataSet[] {
    const length = this.dataSetCount(connection, hidden);
    return Array.from({ length }, (_, place) => makeDataSet(this.options, this.start, connection, place));
  }

  /** Number of items that `dataSets` returns. */
  dataSetCount(connection: Connection, hidden = false): number {
    return connection.mood === 'empty' ? 0 : this.options.datasets + (hidden ? 1 : 0);
  }

  /** True if a connection has one of these datasets. */
  usesDataSet(connection: Connection, ids: ReadonlySet<string>): boolean {
    for (let place = 0; place < this.dataSetCount(connection); place++) {
      if (ids.has(dataSetId(this.options, connection, place))) return true;
    }
    return false;
  }

  /** The backfills of a dataset below a connection, newest first. */
  backfills(connection: Connection, dataSet: DataSet): readonly Backfill[] {
    const status = this.#statuses(connection);
    const drawn = Array.from({ length: this.#backfillCount(connection, dataSet.place) }, (_, place) =>
      makeBackfill(this.options, this.start, connection, dataSet, place, status(dataSet.place, place)),
    );
    return dataSet.place === 0 ? [...this.#begunBelow(connection, dataSet), ...drawn] : drawn;
  }

  #begunBelow(connection: Connection, dataSet: DataSet): readonly Backfill[] {
    const dates = this.#begun.get(connection.id) ?? [];
    return dates.map((createdDate, index) => {
      const place = index - dates.length;
      const drawn = makeBackfill(this.options, this.start, connection, dataSet, place, this.#begunStatus);
      return { ...drawn, createdDate, startDate: undefined, endDate: undefined, allData: true };
    });
  }

  get #begunStatus(): 'COMPLETED' | 'IN_PROGRESS' {
    return this.#finished ? 'COMPLETED' : 'IN_PROGRESS';
  }

  /** Counts the statuses of `backfills`: of the dataset at a position, or of all. */
  backfillSummary(connection: Connection, dataSetPlace?: number): BackfillSummary {
    const status = this.#statuses(connection);
    const counts = { total: 0, FAILED: 0, IN_PROGRESS: 0, COMPLETED: 0, IN_QUEUE: 0, [hostileStatus]: 0 };
    const [from, to] =
      dataSetPlace === undefined ? [0, this.dataSetCount(connection)] : [dataSetPlace, dataSetPlace + 1];
    for (let dataSet = from; dataSet < to; dataSet++) {
      const backfills = this.#backfillCount(connection, dataSet);
      counts.total += backfills;
      for (let place = 0; place < backfills; place++) counts[status(dataSet, place)]++;
    }
    const begun = from === 0 ? (this.#begun.get(connection.id)?.length ?? 0) : 0;
    counts.total += begun;
    counts[this.#begunStatus] += begun;
    const { total, FAILED: failed, IN_PROGRESS: inProgress, COMPLETED: completed } = counts;
    return { total, failed, inProgress, completed, invalid: false };
  }

  /** All data views, grouped by connection. */
  dataViews(): readonly DataView[] {
    const { dataViews } = this.options;
    const drawn = this.connections().flatMap((connection) =>
      Array.from({ length: dataViews }, (_, place) =>
        makeDataView(this.options, this.start, connection, place),
      ),
    );
    const written = this.#writtenDataViews;
    const kept = drawn.filter(({ id }) => !written.has(id));
    return [...kept, ...written.values()].filter((dataView) => dataView !== undefined);
  }

  /** A number that no data view has used. */
  nextDataView(): number {
    return this.options.connections * this.options.dataViews + this.#writtenDataViews.size;
  }

  /** Adds a data view, or replaces the one with its ID. */
  setDataView(dataView: DataView): void {
    this.#writtenDataViews.set(dataView.id, dataView);
  }

  /** What requests changed, newest first. */
  audited(): readonly AuditEntry[] {
    return this.#audited;
  }

  audit(entry: AuditEntry): void {
    this.#audited = [entry, ...this.#audited];
  }

  removeDataView(id: string): void {
    this.#writtenDataViews.set(id, undefined);
  }

  /** @returns the ID of a new connection. */
  addConnection(): string {
    return this.#add('listed', this.options.now()).id;
  }

  /** Changes the name, and the date of the last change. */
  renameConnection(id: string, name: string): void {
    const connection = this.connection(id);
    if (!connection) return;
    this.#byId.set(connection.id, { ...connection, name, modifiedDate: this.options.now() });
  }

  removeConnection(id: string): void {
    const connection = this.connection(id);
    if (connection) this.#byId.delete(connection.id);
  }

  /** Starts a backfill of all data of a connection's first dataset, which lasts until all backfills are ended. */
  beginBackfill(connectionId: string): void {
    const id = this.connection(connectionId)?.id ?? connectionId;
    this.#begun.set(id, [this.options.now(), ...(this.#begun.get(id) ?? [])]);
  }

  /** Ends every queued or running backfill. */
  finishBackfills(): void {
    this.#finished = true;
  }

  #add(shown: Connection['shown'], modifiedDate?: number): Connection {
    const drawn = makeConnection(this.options, this.start, this.#nextIndex++, shown);
    const connection =
      modifiedDate === undefined ? drawn : { ...drawn, createdDate: modifiedDate, modifiedDate };
    this.#byId.set(connection.id, connection);
    return connection;
  }

  #backfillCount({ mood }: Connection, dataSetPlace: number): number {
    const hidden = dataSetPlace >= this.options.datasets;
    return mood === 'idle' || hidden ? 0 : this.options.backfills;
  }

  /** The current statuses of a connection's backfills, by the positions of dataset and backfill. */
  #statuses({ mood }: Connection): (dataSetPlace: number, place: number) => Status {
    const { now, backfillSeconds, hostile } = this.options;
    const steps = Math.floor((now() - this.start) / 1000 / backfillSeconds);
    const moment = this.#finished ? 'finished' : steps;
    return (dataSetPlace, place) =>
      hostile && place === 1 ? hostileStatus : getStatus(mood, dataSetPlace, place, moment);
  }
}
