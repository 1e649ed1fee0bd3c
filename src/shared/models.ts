/**
 * What the tabs of the panel show, as plain data: made by the extension (`panel/`), drawn by the page (`webview/`).
 * All texts are plain, and words are in the user's language already. Dates are ISO 8601 texts.
 */

/** A status: `state` is one of `StatusState`, `word` the service's own, `text` both for a person. */
export interface StatusModel {
  readonly state: 'ok' | 'running' | 'queued' | 'warning' | 'failed' | 'inactive' | 'unknown';
  readonly label: string;
  readonly text: string;
}

/** A label and a value. */
export interface FactModel {
  readonly label: string;
  readonly value: string;
  readonly date?: string;
  readonly status?: StatusModel;
  readonly copy?: boolean;
}

/** A column of a table, besides name and status. */
export interface ColumnModel {
  readonly id: string;
  readonly label: string;
  readonly kind: 'text' | 'number' | 'date';
}

/** A row of a table. */
export interface RowModel {
  /** The place of the resource in the tree. */
  readonly path: string;
  readonly id: string;
  readonly name: string;
  readonly status?: StatusModel;
  /** One for each column; empty where nothing is known. */
  readonly cells: readonly string[];
}

/** A list that a tab shows: as far as it is loaded, and what went wrong. */
export interface ListModel {
  readonly loading: boolean;
  readonly stale: boolean;
  /** Rows not loaded yet; the user may ask for them. */
  readonly more: boolean;
  /** What went wrong, in words. */
  readonly problem?: string;
  /** True where the form of the account mends it. */
  readonly editsAccount?: boolean;
  /** What is left out although it is loaded, in words. */
  readonly note?: string;
}

/** A table of resources. */
export interface TableModel extends ListModel {
  readonly id: string;
  /** The list that the rows are taken from: what `Wishes.load` is asked for. */
  readonly source: string;
  readonly title: string;
  readonly columns: readonly ColumnModel[];
  readonly rows: readonly RowModel[];
}

/** The tab `Overview`. */
export interface OverviewModel {
  readonly facts: readonly FactModel[];
  readonly tables: readonly TableModel[];
}

/** A bar of the timeline: one run. */
export interface BarModel {
  readonly path: string;
  readonly label: string;
  readonly status: StatusModel;
  readonly created?: string;
  readonly started?: string;
  readonly completed?: string;
  /** What the run loads: two days, or all data. */
  readonly covers?: { readonly from?: string; readonly to?: string; readonly all: boolean };
  /** From 0 to 1. */
  readonly progress?: number;
}

/** A lane of the timeline: a dataset, a pipeline or a task with its runs. */
export interface LaneModel extends ListModel {
  readonly path: string;
  readonly label: string;
  readonly bars: readonly BarModel[];
}

/** The tab `Timeline`. */
export interface TimelineModel {
  readonly lanes: readonly LaneModel[];
  /** Lanes whose runs are read, and all lanes; absent when the reading is over. */
  readonly progress?: { readonly done: number; readonly total: number };
  /** The reading waits for the service's rate limit: in words. */
  readonly waiting?: string;
  readonly problem?: string;
  /** What is left out, in words. */
  readonly note?: string;
}

/** A part of the structure. */
export interface NodeModel {
  readonly id: string;
  readonly label: string;
  /** The kind in words, or the part's role: `event dataset`. */
  readonly role: string;
  readonly kind: string;
  readonly status?: StatusModel;
  /** The place of the resource in the tree; absent for what is no resource. */
  readonly path?: string;
  /** True for the resource that the panel is about. */
  readonly isCurrent: boolean;
  /** True where parts below it are not loaded; opening them is up to the user. */
  readonly isCollapsed: boolean;
}

/** The tab `Structure`. */
export interface StructureModel extends ListModel {
  readonly nodes: readonly NodeModel[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label?: string }[];
}
