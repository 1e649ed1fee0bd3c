import type { ResourcePath } from './path';
import type { Resource, Status } from './resource';
import type { ResourceKind } from '../../../shared/kinds';
import type { StatusState } from '../../../shared/status';
import type { CallOptions } from '../../http/types';
import type { LogId } from '../../../shared/models';
import type { Cursor } from './page';
import type { Property } from './properties';

/** How the values of a column are sorted and shown. `date`: ISO 8601, shown as relative time. */
export type ColumnKind = 'text' | 'number' | 'date';

/** A column of a table of resources. */
export interface Column {
  readonly id: string;
  readonly label: string;
  readonly kind: ColumnKind;
  /** The cell of a row, as plain text; undefined if unknown. Sends no request. */
  value(row: Resource): string | undefined;
  /** As `Property.hint`. */
  hint?(row: Resource): string | undefined;
}

/**
 * A table of resources that belong to another one: the datasets of a connection. Name and status of a row are always
 * shown; the columns add to them.
 */
export interface Table {
  readonly id: string;
  readonly title: string;
  /** The list that contains the rows. */
  readonly source: ResourcePath;
  readonly columns: readonly Column[];
  /** True for the resources of the list that are rows. */
  includes(resource: Resource): boolean;
}

/** A timeline: its lanes are resources of a list, its bars the resources below each lane. */
export interface Timeline {
  /** The list that contains the lanes. */
  readonly source: ResourcePath;
  readonly lanes: ResourceKind;
  readonly bars: ResourceKind;
  /** If set, the only resource of the list that is a lane. */
  readonly laneFilter?: ResourcePath;
  /** True if the bars can be loaded in the same responses as the lanes (`PageRequest.depth`). */
  readonly prefetchable?: boolean;
}

export interface StructureNode {
  /** Unique within the structure. */
  readonly id: string;
  readonly label: string;
  /** `key`: a value that joins others, such as a person ID. */
  readonly kind: ResourceKind | 'key';
  /** Its role for display: `event dataset`. */
  readonly role?: string;
  readonly status?: Status;
  /** The resource that it represents, if any. */
  readonly path?: ResourcePath;
  /** True if the children of the resource are further nodes, once they are loaded. */
  readonly expandable?: boolean;
}

export interface StructureEdge {
  readonly from: string;
  readonly to: string;
  /** What connects them: `person_id`. */
  readonly label?: string;
}

/** How the parts of a resource are related. */
export interface Structure {
  readonly nodes: readonly StructureNode[];
  readonly edges: readonly StructureEdge[];
}

/** A number that each resource of a level has, and that is added up for an account: failed backfills. */
export interface Tally {
  /** Unique in the account. */
  readonly id: string;
  /** What is counted, localized: `Failed backfills`. */
  readonly label: string;
  /** How good or bad one is. */
  readonly state: StatusState;
  /** The number for this resource; 0 if unknown. Sends no request. */
  count(resource: Resource): number;
}

/** Resources of one kind that the overview of an account counts: all by status, and what their tallies find. */
export interface AccountLevel {
  readonly kind: ResourceKind;
  /** The plural, localized: `Datasets`. */
  readonly title: string;
  readonly tallies: readonly Tally[];
  /** How they are loaded. Absent for the resources of the account's own list. */
  readonly load?: LevelLoad;
}

interface LevelLoad {
  /** What loads them, localized: `Load Datasets`. */
  readonly title: string;
  /** True if responses with the list of the account can include them (`PageRequest.depth`). */
  readonly prefetchable: boolean;
  /** Of how many of the resources above they are not loaded, localized. */
  missing(count: number, total: number): string;
  /** True for a resource of the level above with a list of them. Absent: all have one. */
  isBelow?(parent: Resource): boolean;
}

/** The tables, timeline and structure of resources. Sends no requests. */
export interface DetailViews {
  /** What the overview of the account counts, absent if nothing: first the resources of its list, then those in the lists of these. */
  accountLevels?(): readonly AccountLevel[];
  /** Tables to show beside the properties, most important first. */
  tables(resource: Resource): readonly Table[];
  /** The runs of the resource over time; undefined if it has none. */
  timeline(resource: Resource): Timeline | undefined;
  /** The lists to load before `structure` is called. Empty: the resource has no structure. */
  structureInputs(resource: Resource): readonly ResourcePath[];
  /** @param getList the loaded resources below a path; empty if the list is not loaded. */
  structure(resource: Resource, getList: (path: ResourcePath) => readonly Resource[]): Structure;
}

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
  /** Tooltips of the cells, such as the ID of a user without a name; empty for most. */
  readonly hints?: readonly string[];
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
  appliesTo(resource: Resource): boolean;
  /** What a log without entries means. A sentence. */
  emptyText(resource: Resource): string;
  /** One page, newest entries first. Sends one request. @throws as the session does */
  read(resource: Resource, cursor: Cursor | undefined, call: CallOptions): Promise<LogPage>;
}

/** The logs of a service. The panel has a tab for each. */
export type Logs = Readonly<Partial<Record<LogId, Log>>>;

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
