/** What the service sends, as far as this extension reads it (recorded traffic). Ids alone are required. */
import * as v from 'valibot';
import { flag, id, list, number, text, ids } from '../../common/decode';
import type { Identifying } from '../../common/readOne';

/**
 * An id: a whole number before v0.40, 12 characters of Base58 since. It is kept as it was written, and must not be a
 * step that a URL swallows.
 */
const safeId = v.pipe(
  id,
  v.check((value) => !/^\.{1,2}$/.test(value)),
);

export const connectionSchema = v.object({
  id: safeId,
  name: text,
  connector: text,
  connectorType: text,
  role: text,
  strategy: text,
  sendingMode: text,
  /** Absent where there are none. */
  linkedConnections: list,
  pipelines: list,
  /** Absent but for destination applications that support events. Only GET /v1/connections/{id} tells. */
  eventTypes: list,
});

export type Connection = v.InferOutput<typeof connectionSchema>;

export const eventTypeSchema = v.object({ id, name: text });

export const pipelineSchema = v.object({
  id: safeId,
  name: text,
  connector: text,
  /** `User`, `Event`, and what may come. */
  target: text,
  enabled: flag,
  /** Absent where events flow through the pipeline: it has no runs. */
  running: flag,
  /** Minutes after midnight. */
  scheduleStart: number,
  /** `5m` to `24h`; null without a schedule. */
  schedulePeriod: text,
  incremental: flag,
  eventType: text,
  exportMode: text,
  format: text,
  path: text,
  tableName: text,
  query: text,
});

export type Pipeline = v.InferOutput<typeof pipelineSchema>;

/** How a run stands. */
export const outcomeSchema = v.object({
  startTime: text,
  /** Null while it runs. */
  endTime: text,
  /** A count for each step; 7 steps, 6 before the step of consents came. */
  passed: list,
  failed: list,
  /** Empty where it went well. */
  error: text,
});

export type RunOutcome = v.InferOutput<typeof outcomeSchema>;

export const runSchema = v.object({ id: safeId, pipeline: text, ...outcomeSchema.entries });

export type Run = v.InferOutput<typeof runSchema>;

/** A run in the list of all: nothing but its pipeline tells where it belongs. */
export const listedRunSchema = v.object({ ...runSchema.entries, pipeline: id });

export type ListedRun = v.InferOutput<typeof listedRunSchema>;

/** It has no id of its own: user id or anonymous ids name it. */
export const identitySchema = v.pipe(
  v.object({ userId: text, anonymousIds: list, pipeline: text, updatedAt: text }),
  v.check(({ userId, anonymousIds }) => userId !== undefined || ids(anonymousIds).length > 0),
);

export type Identity = v.InferOutput<typeof identitySchema>;

export const workspaceSchema = v.object({ id, name: text, warehouseMode: text });

/** What tells a thing of each kind from others of its kind. */
export const identities = {
  connection: { schema: connectionSchema, idKey: 'id' },
  pipeline: { schema: pipelineSchema, idKey: 'id' },
  run: { schema: runSchema, idKey: 'id' },
} as const satisfies {
  readonly connection: Identifying<typeof connectionSchema>;
  readonly pipeline: Identifying<typeof pipelineSchema>;
  readonly run: Identifying<typeof runSchema>;
};
