import type { ResourcePath } from './path';
import type { Resource, Status } from './resource';
import type { ResourceKind } from '../../../shared/kinds';
import type { StatusState } from '../../../shared/status';

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

export interface LevelLoad {
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
  /** @param listOf the loaded resources below a path; empty if the list is not loaded. */
  structure(resource: Resource, listOf: (path: ResourcePath) => readonly Resource[]): Structure;
}
