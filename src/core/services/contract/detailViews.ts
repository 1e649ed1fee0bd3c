import type { ResourcePath } from './path';
import type { Resource, Status } from './resource';
import type { ResourceKind } from '../../../shared/kinds';

/** How the values of a column are sorted and shown. `date`: ISO 8601 texts, shown as ages. */
export type ColumnKind = 'text' | 'number' | 'date';

/** A column of a table of resources. */
export interface Column {
  readonly id: string;
  readonly label: string;
  readonly kind: ColumnKind;
  /** The cell of a row, as plain text; undefined where the service tells nothing. Makes no request. */
  value(row: Resource): string | undefined;
}

/**
 * A table of resources that belong to another one: the datasets of a connection. Name and status of a row are shown
 * always; the columns are what the service adds.
 */
export interface Table {
  readonly id: string;
  readonly title: string;
  /** The list that the rows are taken from. */
  readonly source: ResourcePath;
  readonly columns: readonly Column[];
  /** True for the resources of the list that are rows. */
  includes(resource: Resource): boolean;
}

/** What is drawn over time: the lanes are resources of a list, the bars the resources below each of them. */
export interface Timeline {
  /** The list whose resources are the lanes. */
  readonly source: ResourcePath;
  readonly lanes: ResourceKind;
  readonly bars: ResourceKind;
  /** Where given, the one resource of the list that is a lane. */
  readonly laneFilter?: ResourcePath;
  /** True where the bars come along with the lanes, in the same answers (`PageRequest.depth`). */
  readonly prefetchable?: boolean;
}

/** A part of a structure. */
export interface StructureNode {
  /** Unique within the structure. */
  readonly id: string;
  readonly label: string;
  /** `key`: what parts are joined by, such as a person ID. */
  readonly kind: ResourceKind | 'key';
  /** What the part is to the whole, in words: `event dataset`. */
  readonly role?: string;
  readonly status?: Status;
  /** The resource that it stands for, where there is one. */
  readonly path?: ResourcePath;
  /** True where what lies below the resource are further parts, once they are loaded. */
  readonly expandable?: boolean;
}

/** How two parts hang together. */
export interface StructureEdge {
  readonly from: string;
  readonly to: string;
  /** By what: `person_id`. */
  readonly label?: string;
}

/** How the parts of a resource hang together. */
export interface Structure {
  readonly nodes: readonly StructureNode[];
  readonly edges: readonly StructureEdge[];
}

/** The part of a session that knows what belongs into the picture of a resource. Makes no request. */
export interface DetailViews {
  /** Tables to show beside the facts, the most important first. */
  tables(resource: Resource): readonly Table[];
  /** The work of the resource over time; undefined where it has none. */
  timeline(resource: Resource): Timeline | undefined;
  /** The lists that `structure` draws from, to be loaded first. Empty: the resource has no structure. */
  structureInputs(resource: Resource): readonly ResourcePath[];
  /** @param listOf the loaded resources below a path; empty where the list is not loaded. */
  structure(resource: Resource, listOf: (path: ResourcePath) => readonly Resource[]): Structure;
}
