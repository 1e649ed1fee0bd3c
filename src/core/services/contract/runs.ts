import type { CallOptions } from '../../http/types';
import type { ResourcePath } from './path';
import type { Resource } from './resource';

/** What a run loads: the days from `from` to `to`, either end open, or all data. ISO 8601 dates. */
export interface Coverage {
  readonly from?: string;
  readonly to?: string;
  readonly all: boolean;
}

/** When a run happened, as far as the service tells. ISO 8601 dates. */
export interface RunTimes {
  readonly created?: string;
  readonly started?: string;
  readonly completed?: string;
  readonly covers?: Coverage;
  /** From 0 to 1, where the service tells. */
  readonly progress?: number;
}

/** Work that takes time, and what it belongs to. */
export interface RunEntry {
  /** The backfill, pipeline run or task run, with its status; its path is its place in the tree. */
  readonly run: Resource;
  /** The names of what it belongs to, the outermost first: connection, dataset. */
  readonly ancestors: readonly string[];
}

/** The work of an account as it stands. */
export interface RunReport {
  /** Queued, running, and lately over, newest first. */
  readonly entries: readonly RunEntry[];
  /** Resources of the tree that the same answers tell of, such as connections with the counts of their backfills. */
  readonly updated: readonly Resource[];
  /** Rows for what cannot be told. */
  readonly problems?: readonly Resource[];
}

/** The part of a session that knows work that takes time. Throws as the session does. */
export interface Runs {
  /**
   * The work of an account, by the fewest requests.
   * @param within only what lies at or below these resources; empty: the whole account. What is gone is left out.
   * One request for a part that `parts` gave, as soon as the service need not be asked where the work belongs.
   */
  fetchRuns(account: Resource, within: readonly ResourcePath[], call: CallOptions): Promise<RunReport>;
  /** Splits paths into parts, of each of which one request tells. Makes no request. */
  batches(paths: readonly ResourcePath[]): readonly (readonly ResourcePath[])[];
  /** True for work that is queued or running, and for what holds such work, as far as the resource tells. */
  isActive(resource: Resource): boolean;
  /** How much work is queued or running at a resource that is live and tells so. Absent, or undefined: it is not told. */
  countActive?(resource: Resource): number | undefined;
  /** When a run happened and what it loads. Makes no request. */
  times(run: Resource): RunTimes;
  /** False for a run that the list it belongs to leaves out by the settings of the account. Absent: lists hold all. */
  matchesListFilter?(run: Resource): boolean;
}
