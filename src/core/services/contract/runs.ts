import type { CallOptions } from '../../http/types';
import type { ResourcePath } from './path';
import type { Resource } from './resource';
import type { StatusState } from '../../../shared/status';

/** The data that a run loads: the days from `from` to `to`, either end open, or all data. ISO 8601 dates. */
export interface Coverage {
  readonly from?: string;
  readonly to?: string;
  readonly all: boolean;
}

/** The times of a run, as far as the service reports them. ISO 8601 dates. */
export interface RunTimes {
  readonly created?: string;
  readonly started?: string;
  readonly completed?: string;
  readonly covers?: Coverage;
  /** From 0 to 1, if the service reports it. */
  readonly progress?: number;
}

/** A run, and what it belongs to. */
export interface RunEntry {
  /** The backfill, pipeline run or task run, with its status and its path in the tree. */
  readonly run: Resource;
  /** The names of its ancestors, outermost first: connection, dataset. */
  readonly ancestors: readonly string[];
}

/** The current runs of an account. */
export interface RunReport {
  /** Queued, active and recent runs, newest first. */
  readonly entries: readonly RunEntry[];
  /** Other resources that the same responses describe, such as connections with counts of their backfills. */
  readonly updated: readonly Resource[];
  /** Rows for runs that cannot be shown. */
  readonly problems?: readonly Resource[];
}

/** The states of a run that are counted. */
export type CountedState = Extract<StatusState, 'ok' | 'failed' | 'running' | 'queued'>;

/** How many runs are in each state. */
export type StateCounts = Readonly<Record<CountedState, number>>;

/** The part of a session that reads runs. Throws as the session does. */
export interface Runs {
  /**
   * Fetches the runs of an account with as few requests as possible.
   * @param within only runs at or below these resources; empty: the whole account. Resources that no longer exist are
   * ignored. Sends one request for a batch of `batches`, once the parents of the runs are known.
   */
  fetchRuns(account: Resource, within: readonly ResourcePath[], call: CallOptions): Promise<RunReport>;
  /** Groups paths into batches that need one request each. Sends no request. */
  batches(paths: readonly ResourcePath[]): readonly (readonly ResourcePath[])[];
  /** True for a queued or active run, and for a resource whose data says that it has such runs. */
  isActive(resource: Resource): boolean;
  /** Number of queued or active runs of an active resource. Absent or undefined: unknown. */
  countActive?(resource: Resource): number | undefined;
  /**
   * The number of runs of a resource in each state, if the resource contains counts. Absent or undefined: it
   * contains only its own status.
   */
  countRuns?(resource: Resource): StateCounts | undefined;
  /** When a run happened and what it loads. Sends no request. */
  times(run: Resource): RunTimes;
  /** False for a run that its list excludes because of the account's settings. Absent: lists include all. */
  matchesListFilter?(run: Resource): boolean;
}
