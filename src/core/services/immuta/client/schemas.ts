/**
 * The data of the service, as far as this extension reads it (OpenAPI "Connections API" 1.0.0). Only IDs are required.
 */
import * as v from 'valibot';
import { id, text } from '../../common/decode';
import type { Identifying } from '../../common/readOne';

/**
 * An ID that can be a segment of a path: URL parsers resolve `.` and `..`, so that a request would be about something
 * else.
 */
const step = v.pipe(
  id,
  v.check((text) => text !== '.' && text !== '..'),
);

/** The public start of the OpenAPI only shows `technology`; the other names are inferred from data objects. */
export const connectionSchema = v.object({
  connectionKey: step,
  technology: text,
  /** `ACTIVE`, `INACTIVE`, `UNHEALTHY`, or others. */
  state: text,
  health: v.optional(v.unknown()),
  createdBy: text,
  createdAt: text,
  updatedBy: text,
  updatedAt: text,
});

export type Connection = v.InferOutput<typeof connectionSchema>;

export const dataObjectSchema = v.object({
  id: step,
  name: text,
  type: text,
  normalizedType: text,
  technology: text,
  remoteId: text,
  remoteType: text,
  remoteFormat: text,
  remoteKind: text,
  remoteCreatedAt: text,
  remoteUpdatedAt: text,
  lastSyncedAt: text,
  createdBy: text,
  createdAt: text,
  updatedBy: text,
  updatedAt: text,
});

export type DataObject = v.InferOutput<typeof dataObjectSchema>;

export const taskSchema = v.object({
  taskId: step,
  /** `DATA_OBJECT_SYNC`, or one of six that are not named. */
  type: text,
  status: text,
  trigger: text,
  createdBy: text,
  createdAt: text,
  parentId: text,
});

export type Task = v.InferOutput<typeof taskSchema>;

export const runSchema = v.object({
  runId: step,
  status: text,
  createdAt: text,
  updatedAt: text,
  startedAt: text,
  completedAt: text,
  canceledBy: text,
});

export type Run = v.InferOutput<typeof runSchema>;

/** How to identify a resource of each kind. */
export const identities = {
  connection: { schema: connectionSchema, idKey: 'connectionKey' },
  dataObject: { schema: dataObjectSchema, idKey: 'id' },
  task: { schema: taskSchema, idKey: 'taskId' },
  run: { schema: runSchema, idKey: 'runId' },
} as const satisfies {
  readonly connection: Identifying<typeof connectionSchema>;
  readonly dataObject: Identifying<typeof dataObjectSchema>;
  readonly task: Identifying<typeof taskSchema>;
  readonly run: Identifying<typeof runSchema>;
};
