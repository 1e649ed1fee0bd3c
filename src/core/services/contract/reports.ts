import type { CallOptions } from '../../http/types';
import type { ColumnKind } from './detailViews';
import type { Property } from './properties';
import type { Resource } from './resource';

/** What a service tells of a resource when it is asked for it: why a run failed, what a pipeline did each day. */
export interface Report {
  readonly columns: readonly { readonly label: string; readonly kind: ColumnKind }[];
  /** A cell for each column, as plain text; empty if unknown. */
  readonly rows: readonly (readonly string[])[];
  /** What is left out, and what an empty report means. A sentence. */
  readonly note?: string;
  /** The same in a few lines, for tooltips. */
  readonly summary: readonly Property[];
}

/** The part of a session that reads reports. */
export interface Reports {
  /** What the report of a resource is about, localized: `Errors`. Undefined if it has none. Sends no request. */
  title(resource: Resource): string | undefined;
  /** True for a resource whose report says why it failed. Sends no request. */
  explainsFailure(resource: Resource): boolean;
  /** Sends one request. @throws as the session does, and HttpError `rejected` for a resource without a report. */
  read(resource: Resource, call: CallOptions): Promise<Report>;
}
