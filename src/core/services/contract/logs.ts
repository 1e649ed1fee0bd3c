import type { CallOptions } from '../../http/types';
import type { LogId } from '../../../shared/models';
import type { ColumnKind } from './detailViews';
import type { Cursor } from './page';
import type { Resource, Status } from './resource';

/** A column of a log. `status`: the status of the entry, which has no cell. */
export interface LogColumn {
  readonly label: string;
  readonly kind: ColumnKind | 'status';
}

/** What happened to a resource at one time. */
export interface LogEntry {
  /** Unique in the log: pages may overlap, because entries are added at the front. */
  readonly id: string;
  /** ISO 8601; absent if unknown. */
  readonly at?: string;
  /** A cell for each column, as plain text; empty if unknown. */
  readonly cells: readonly string[];
  readonly status?: Status;
}

export interface LogPage {
  readonly entries: readonly LogEntry[];
  /** Number of items that the service sent, also of those that are no entries. */
  readonly received: number;
  /** Absent on the last page. */
  readonly next?: Cursor;
  /** Total number of items of the log, if the service reports it. */
  readonly total?: number;
}

/** What a service tells of a resource over time, when it is asked for it. */
export interface Log {
  readonly columns: readonly LogColumn[];
  /** True for a resource that the log is kept of. Sends no request. */
  isOf(resource: Resource): boolean;
  /** What a log without entries means. A sentence. */
  emptyText(resource: Resource): string;
  /** One page, newest entries first. Sends one request. @throws as the session does */
  read(resource: Resource, cursor: Cursor | undefined, call: CallOptions): Promise<LogPage>;
}

/** The logs of a service. The panel has a tab for each. */
export type Logs = Readonly<Partial<Record<LogId, Log>>>;
