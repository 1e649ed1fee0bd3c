import * as v from 'valibot';

/**
 * View models of the panel's tabs: created by `features/details/`, validated and rendered by `webview/`. All texts are
 * plain and localized. Dates are ISO 8601 strings.
 */

const text = v.string();
const optionalText = v.exactOptional(text);

/** A read-only object. */
function part<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.SchemaWithPipe<
  readonly [
    v.ObjectSchema<Entries, undefined>,
    v.ReadonlyAction<v.InferOutput<v.ObjectSchema<Entries, undefined>>>,
  ]
> {
  return v.pipe(v.object(entries), v.readonly());
}

function readonlyArray<Item extends v.GenericSchema>(
  item: Item,
): v.SchemaWithPipe<readonly [v.ArraySchema<Item, undefined>, v.ReadonlyAction<v.InferOutput<Item>[]>]> {
  return v.pipe(v.array(item), v.readonly());
}

const State = v.picklist(['ok', 'running', 'queued', 'warning', 'failed', 'inactive', 'unknown']);

export const Status = part({
  state: State,
  /** The service's own term. */
  label: text,
  /** State and term, localized. */
  text,
});
export type StatusModel = v.InferOutput<typeof Status>;

/** Loading state of a list that a tab shows. */
const listState = {
  loading: v.boolean(),
  stale: v.boolean(),
  /** True if there are rows that are not loaded yet. */
  more: v.boolean(),
  /** The error, localized. */
  problem: optionalText,
  /** True if editing the account may fix the problem. */
  editsAccount: v.exactOptional(v.boolean()),
  /** Which loaded rows are omitted, localized. */
  note: optionalText,
};
export type ListModel = Readonly<v.InferOutput<v.ObjectSchema<typeof listState, undefined>>>;

const Fact = part({
  label: text,
  value: text,
  date: optionalText,
  /** For the tooltip of the value. */
  hint: optionalText,
  status: v.exactOptional(Status),
  /** True if a copy button is shown. */
  copy: v.exactOptional(v.boolean()),
});
export type FactModel = v.InferOutput<typeof Fact>;

/** A column of a table, besides name and status. */
const Column = part({ id: text, label: text, kind: v.picklist(['text', 'number', 'date']) });
export type ColumnModel = v.InferOutput<typeof Column>;

const Row = part({
  /** The path of the resource in the tree. */
  path: text,
  id: text,
  name: text,
  status: v.exactOptional(Status),
  /** One for each column; empty if unknown. */
  cells: readonlyArray(text),
  /** Tooltips of cells, by the IDs of their columns. */
  hints: v.exactOptional(v.pipe(v.record(text, text), v.readonly())),
});
export type RowModel = v.InferOutput<typeof Row>;

const Table = part({
  ...listState,
  id: text,
  /** The path of the list with the rows, for `TabActions.load`. */
  source: text,
  title: text,
  columns: readonlyArray(Column),
  rows: readonlyArray(Row),
});
export type TableModel = v.InferOutput<typeof Table>;

/** A number of resources. The user may choose it, to see these in the first table. */
const Count = part({
  id: text,
  label: text,
  count: v.number(),
  /** How good or bad they are. */
  state: State,
});
export type CountModel = v.InferOutput<typeof Count>;

/** The counts of one level of an account: of its connections, or of their datasets. */
const Level = part({
  id: text,
  title: text,
  /** Number of loaded resources. */
  total: v.number(),
  counts: readonlyArray(Count),
  loading: v.boolean(),
  /** What is not loaded and how to load it, localized; absent if everything is. */
  missing: v.exactOptional(part({ text, button: text })),
});
export type LevelModel = v.InferOutput<typeof Level>;

/** Counts of an account that may need attention. */
const AccountSummary = part({
  levels: readonlyArray(Level),
  /** The ID of the count whose resources the first table shows; absent if none is chosen. */
  chosen: optionalText,
  /**
   * How many resources have changed since the account was last viewed, localized, and when that was (ISO 8601). Absent
   * until known.
   */
  changes: v.exactOptional(part({ text, since: optionalText })),
});
export type AccountSummaryModel = v.InferOutput<typeof AccountSummary>;

/** What the service tells of a resource in rows that are no resources: why a run failed. */
const Report = part({
  ...listState,
  title: text,
  /** The path of the resource, for `TabActions.load`. */
  source: text,
  columns: readonlyArray(part({ label: text, kind: v.picklist(['text', 'number', 'date']) })),
  /** A cell for each column; empty if unknown. */
  rows: readonlyArray(readonlyArray(text)),
});
export type ReportModel = v.InferOutput<typeof Report>;

/** The tabs that show a log. */
export const LogId = v.picklist(['history', 'batches']);
export type LogId = v.InferOutput<typeof LogId>;

const LogEntry = part({
  id: text,
  /** A cell for each column; empty if unknown. */
  cells: readonlyArray(text),
  /** Tooltips of the cells; empty for most. */
  hints: v.exactOptional(readonlyArray(text)),
  status: v.exactOptional(Status),
});
export type LogEntryModel = v.InferOutput<typeof LogEntry>;

/** What happened to a resource, newest first. */
export const Log = part({
  ...listState,
  columns: readonlyArray(part({ label: text, kind: v.picklist(['text', 'number', 'date', 'status']) })),
  entries: readonlyArray(LogEntry),
  /** What a log without entries means, localized. */
  empty: text,
});
export type LogModel = v.InferOutput<typeof Log>;

export const Overview = part({
  facts: readonlyArray(Fact),
  report: v.exactOptional(Report),
  /** Only for an account. */
  summary: v.exactOptional(AccountSummary),
  tables: readonlyArray(Table),
});
export type OverviewModel = v.InferOutput<typeof Overview>;

/** A bar of the timeline: one run. */
const Bar = part({
  path: text,
  label: text,
  status: Status,
  created: optionalText,
  started: optionalText,
  completed: optionalText,
  /** The date range that the run loads, or all data. */
  covers: v.exactOptional(part({ from: optionalText, to: optionalText, all: v.boolean() })),
  /** From 0 to 1. */
  progress: v.exactOptional(v.number()),
  /** Why it failed, as far as it is known. Empty: the service may tell, see `TabActions.explain`. Absent: it cannot. */
  reasons: v.exactOptional(readonlyArray(part({ label: text, value: text }))),
});
export type BarModel = v.InferOutput<typeof Bar>;

/** A lane of the timeline: a dataset, a pipeline or a task with its runs. */
const Lane = part({ ...listState, path: text, label: text, bars: readonlyArray(Bar) });
export type LaneModel = v.InferOutput<typeof Lane>;

export const Timeline = part({
  /** What the bars are, localized: `Backfills`. */
  title: text,
  lanes: readonlyArray(Lane),
  /** Number of lanes loaded, and of all lanes, also as localized text, empty if there are none yet; absent when loading is complete. */
  progress: v.exactOptional(part({ done: v.number(), total: v.number(), text })),
  /** Why loading is paused, such as a rate limit; localized. */
  waiting: optionalText,
  problem: optionalText,
  /** What is omitted, localized. */
  note: optionalText,
});
export type TimelineModel = v.InferOutput<typeof Timeline>;

/** A node of the structure graph. */
const Node = part({
  id: text,
  label: text,
  /** The kind or role, localized: `event dataset`. */
  role: text,
  kind: text,
  status: v.exactOptional(Status),
  /** The path in the tree; absent if the node is not a resource. */
  path: optionalText,
  /** True for the resource that the panel shows. */
  isCurrent: v.boolean(),
  /** True if its children are not loaded; the user may expand it. */
  isCollapsed: v.boolean(),
});
export type NodeModel = v.InferOutput<typeof Node>;

export const Structure = part({
  ...listState,
  nodes: readonlyArray(Node),
  edges: readonlyArray(part({ from: text, to: text, label: optionalText })),
});
export type StructureModel = v.InferOutput<typeof Structure>;
