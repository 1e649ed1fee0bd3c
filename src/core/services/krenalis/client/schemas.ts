/** The data of the service, as far as this extension reads it (recorded traffic). Only IDs are required. */
import * as v from 'valibot';
import { flag, id, list, number, text, ids } from '../../common/decode';
import type { Identifying } from '../../common/readOne';

/**
 * An ID: a whole number before v0.40, 12 characters of Base58 since. Kept as it was written; must not be `.` or `..`,
 * which URL parsers resolve.
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
  /** Absent if there are none. */
  linkedConnections: list,
  pipelines: list,
  /** Only for destination applications that support events, and only in GET /v1/connections/{id}. */
  eventTypes: list,
});

export type Connection = v.InferOutput<typeof connectionSchema>;

export const eventTypeSchema = v.object({ id, name: text });

export const pipelineSchema = v.object({
  id: safeId,
  name: text,
  connector: text,
  /** `User`, `Event`, or others. */
  target: text,
  enabled: flag,
  /** Absent for event pipelines, which have no runs. */
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

/** The outcome of a run. */
export const outcomeSchema = v.object({
  startTime: text,
  /** Null while it is running. */
  endTime: text,
  /** A count for each step: 7 steps, or 6 in versions without the consent step. */
  passed: list,
  failed: list,
  /** Empty if it succeeded. */
  error: text,
});

export type RunOutcome = v.InferOutput<typeof outcomeSchema>;

export const runSchema = v.object({ id: safeId, pipeline: text, ...outcomeSchema.entries });

export type Run = v.InferOutput<typeof runSchema>;

/** A run in the list of all runs: only its pipeline identifies its place. */
export const listedRunSchema = v.object({ ...runSchema.entries, pipeline: id });

export type ListedRun = v.InferOutput<typeof listedRunSchema>;

/** What went wrong at a step of a pipeline, and how often. */
export const pipelineErrorSchema = v.object({
  /** From 0. */
  step: number,
  /** Items; 0 for an error that ended the run. */
  count: number,
  message: text,
  /** To the minute. */
  lastOccurred: text,
});

export type PipelineError = v.InferOutput<typeof pipelineErrorSchema>;

/** The items that the steps of a pipeline passed and rejected: a list for each day. */
export const metricsSchema = v.object({ pipeline: id, passed: list, failed: list });

/** An identity has no ID of its own: user ID or anonymous IDs identify it. */
export const identitySchema = v.pipe(
  v.object({ userId: text, anonymousIds: list, pipeline: text, updatedAt: text }),
  v.check(({ userId, anonymousIds }) => userId !== undefined || ids(anonymousIds).length > 0),
);

export type Identity = v.InferOutput<typeof identitySchema>;

export const workspaceSchema = v.object({ id, name: text, warehouseMode: text });

/** How to identify a resource of each kind. */
export const identities = {
  connection: { schema: connectionSchema, idKey: 'id' },
  pipeline: { schema: pipelineSchema, idKey: 'id' },
  run: { schema: runSchema, idKey: 'id' },
} as const satisfies {
  readonly connection: Identifying<typeof connectionSchema>;
  readonly pipeline: Identifying<typeof pipelineSchema>;
  readonly run: Identifying<typeof runSchema>;
};
