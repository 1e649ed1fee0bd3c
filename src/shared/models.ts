import * as v from 'valibot';

/**
 * What the tabs of the panel show, as plain data: made by `features/details/`, checked and drawn by `webview/`. All texts
 * are plain, and words are in the user's language already. Dates are ISO 8601 texts.
 */

const text = v.string();
const optionalText = v.exactOptional(text);

/** Plain data with these members, which nobody changes. */
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

function listOf<Item extends v.GenericSchema>(
  item: Item,
): v.SchemaWithPipe<readonly [v.ArraySchema<Item, undefined>, v.ReadonlyAction<v.InferOutput<Item>[]>]> {
  return v.pipe(v.array(item), v.readonly());
}

export const Status = part({
  state: v.picklist(['ok', 'running', 'queued', 'warning', 'failed', 'inactive', 'unknown']),
  /** The service's own word. */
  label: text,
  /** State and word for a person. */
  text,
});
export type StatusModel = v.InferOutput<typeof Status>;

/** How a list stands that a tab shows: as far as it is loaded, and what went wrong. */
const listState = {
  loading: v.boolean(),
  stale: v.boolean(),
  /** Rows not loaded yet; the user may ask for them. */
  more: v.boolean(),
  /** What went wrong, in words. */
  problem: optionalText,
  /** True where the form of the account mends it. */
  editsAccount: v.exactOptional(v.boolean()),
  /** What is left out although it is loaded, in words. */
  note: optionalText,
};
export type ListModel = Readonly<v.InferOutput<v.ObjectSchema<typeof listState, undefined>>>;

const Fact = part({
  label: text,
  value: text,
  date: optionalText,
  status: v.exactOptional(Status),
  /** True for what people copy. */
  copy: v.exactOptional(v.boolean()),
});
export type FactModel = v.InferOutput<typeof Fact>;

/** A column of a table, besides name and status. */
const Column = part({ id: text, label: text, kind: v.picklist(['text', 'number', 'date']) });
export type ColumnModel = v.InferOutput<typeof Column>;

const Row = part({
  /** The place of the resource in the tree. */
  path: text,
  id: text,
  name: text,
  status: v.exactOptional(Status),
  /** One for each column; empty where nothing is known. */
  cells: listOf(text),
});
export type RowModel = v.InferOutput<typeof Row>;

const Table = part({
  ...listState,
  id: text,
  /** The list that the rows are taken from: what `TabActions.load` is asked for. */
  source: text,
  title: text,
  columns: listOf(Column),
  rows: listOf(Row),
});
export type TableModel = v.InferOutput<typeof Table>;

export const Overview = part({ facts: listOf(Fact), tables: listOf(Table) });
export type OverviewModel = v.InferOutput<typeof Overview>;

/** A bar of the timeline: one run. */
const Bar = part({
  path: text,
  label: text,
  status: Status,
  created: optionalText,
  started: optionalText,
  completed: optionalText,
  /** What the run loads: two days, or all data. */
  covers: v.exactOptional(part({ from: optionalText, to: optionalText, all: v.boolean() })),
  /** From 0 to 1. */
  progress: v.exactOptional(v.number()),
});
export type BarModel = v.InferOutput<typeof Bar>;

/** A lane of the timeline: a dataset, a pipeline or a task with its runs. */
const Lane = part({ ...listState, path: text, label: text, bars: listOf(Bar) });
export type LaneModel = v.InferOutput<typeof Lane>;

export const Timeline = part({
  lanes: listOf(Lane),
  /** Lanes whose runs are read, and all lanes; absent when the reading is over. */
  progress: v.exactOptional(part({ done: v.number(), total: v.number() })),
  /** The reading waits for the service's rate limit: in words. */
  waiting: optionalText,
  problem: optionalText,
  /** What is left out, in words. */
  note: optionalText,
});
export type TimelineModel = v.InferOutput<typeof Timeline>;

/** A part of the structure. */
const Node = part({
  id: text,
  label: text,
  /** The kind in words, or the part's role: `event dataset`. */
  role: text,
  kind: text,
  status: v.exactOptional(Status),
  /** The place of the resource in the tree; absent for what is no resource. */
  path: optionalText,
  /** True for the resource that the panel is about. */
  isCurrent: v.boolean(),
  /** True where parts below it are not loaded; opening them is up to the user. */
  isCollapsed: v.boolean(),
});
export type NodeModel = v.InferOutput<typeof Node>;

export const Structure = part({
  ...listState,
  nodes: listOf(Node),
  edges: listOf(part({ from: text, to: text, label: optionalText })),
});
export type StructureModel = v.InferOutput<typeof Structure>;
