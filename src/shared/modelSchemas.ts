import * as v from 'valibot';
import type { OverviewModel, StructureModel, TimelineModel } from './models';

/** The models of the tabs as schemas: the page checks what it draws. Their meaning stands at the interfaces. */

const text = v.string();
const optionalText = v.exactOptional(text);

export const Status = v.object({
  state: v.picklist(['ok', 'running', 'queued', 'warning', 'failed', 'inactive', 'unknown']),
  label: text,
  text,
});

const list = {
  loading: v.boolean(),
  stale: v.boolean(),
  more: v.boolean(),
  problem: optionalText,
  editsAccount: v.exactOptional(v.boolean()),
  note: optionalText,
};

const Fact = v.object({
  label: text,
  value: text,
  date: optionalText,
  status: v.exactOptional(Status),
  copy: v.exactOptional(v.boolean()),
});

const Table = v.object({
  ...list,
  id: text,
  source: text,
  title: text,
  columns: v.array(v.object({ id: text, label: text, kind: v.picklist(['text', 'number', 'date']) })),
  rows: v.array(
    v.object({ path: text, id: text, name: text, status: v.exactOptional(Status), cells: v.array(text) }),
  ),
});

export const Overview: v.GenericSchema<unknown, OverviewModel> = v.object({
  facts: v.array(Fact),
  tables: v.array(Table),
});

const Bar = v.object({
  path: text,
  label: text,
  status: Status,
  created: optionalText,
  started: optionalText,
  completed: optionalText,
  covers: v.exactOptional(v.object({ from: optionalText, to: optionalText, all: v.boolean() })),
  progress: v.exactOptional(v.number()),
});

export const Timeline: v.GenericSchema<unknown, TimelineModel> = v.object({
  lanes: v.array(v.object({ ...list, path: text, label: text, bars: v.array(Bar) })),
  progress: v.exactOptional(v.object({ done: v.number(), total: v.number() })),
  waiting: optionalText,
  problem: optionalText,
  note: optionalText,
});

const Node = v.object({
  id: text,
  label: text,
  role: text,
  kind: text,
  status: v.exactOptional(Status),
  path: optionalText,
  isCurrent: v.boolean(),
  isCollapsed: v.boolean(),
});

export const Structure: v.GenericSchema<unknown, StructureModel> = v.object({
  ...list,
  nodes: v.array(Node),
  edges: v.array(v.object({ from: text, to: text, label: optionalText })),
});
