import { day, isoDate } from '../common/dates';
import { cycle, drawUuid } from '../common/random';
import { personId, type Connection } from './connection';
import type { Json } from './json';
import type { TenantOptions } from './options';

/** `DATA_OBJECT_SYNC` is documented; there are six more, whose names are not (inference). */
export type TaskType =
  | 'DATA_OBJECT_SYNC'
  | 'POLICY_SYNC'
  | 'AUDIT_INGEST'
  | 'TAG_SYNC'
  | 'CONNECTION_DELETE'
  | 'DATA_OBJECT_DELETE';

/** Work of a connection, done once or repeatedly. */
export interface Task {
  readonly id: string;
  readonly type: TaskType;
  readonly trigger: 'MANUAL' | 'SCHEDULED';
  readonly createdBy: string;
  readonly createdAt: number;
  readonly parentId?: string;
  /** Newest first. */
  readonly runs: readonly Run[];
}

/** A run of a task. It waits for one step of time, is active for one, and ends. */
export interface Run {
  readonly id: string;
  readonly createdAt: number;
  readonly fails: boolean;
  /** When its cancellation was requested, and by whom. It takes effect one step later. */
  readonly cancelled?: { readonly at: number; readonly by: string };
}

/** The state of a run. The words are inferred: the documentation shows none. */
export interface Standing {
  readonly status: 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELING' | 'CANCELED';
  readonly startedAt?: number;
  readonly completedAt?: number;
}

/** The initial tasks of a connection: newest first, with one more below the first. */
export function firstTasks(options: TenantOptions, connection: Connection): readonly Task[] {
  const tasks = Array.from({ length: options.tasks }, (_, place) => firstTask(options, connection, place));
  const [first] = tasks;
  const below = first && { ...firstTask(options, connection, tasks.length), type: 'TAG_SYNC' as const };
  return below ? [...tasks, { ...below, parentId: first.id }] : tasks;
}

function firstTask(options: TenantOptions, connection: Connection, place: number): Task {
  const { seed, now, runSeconds } = options;
  const types: readonly [TaskType, ...TaskType[]] = ['DATA_OBJECT_SYNC', 'POLICY_SYNC', 'AUDIT_INGEST'];
  const runs = Array.from({ length: options.runs }, (_, age): Run => ({
    id: drawUuid(seed, 'run', connection.index, place, age),
    // The newest run of the first task is active when the service starts.
    createdAt: now() - age * day - (place === 0 && age === 0 ? 0 : 3 * runSeconds * 1000),
    fails: connection.state === 'UNHEALTHY' && age === 0,
  }));
  return {
    id: drawUuid(seed, 'task', connection.index, place),
    type: cycle(types, place),
    trigger: place === 0 ? 'MANUAL' : 'SCHEDULED',
    createdBy: personId(seed, connection.index + place),
    createdAt: now() - (options.runs + place) * day,
    runs,
  };
}

/** The state of a run at a time. */
export function standing(run: Run, now: number, stepSeconds: number): Standing {
  const step = stepSeconds * 1000;
  const startedAt = run.createdAt + step;
  const completedAt = startedAt + step;
  const { cancelled } = run;
  if (cancelled && cancelled.at < completedAt) return cancelledStanding(cancelled.at, startedAt, now, step);
  if (now < startedAt) return { status: 'PENDING' };
  if (now < completedAt) return { status: 'RUNNING', startedAt };
  return { status: run.fails ? 'FAILED' : 'SUCCEEDED', startedAt, completedAt };
}

function cancelledStanding(at: number, startedAt: number, now: number, step: number): Standing {
  const started = startedAt < at ? { startedAt } : {};
  return now < at + step
    ? { status: 'CANCELING', ...started }
    : { status: 'CANCELED', ...started, completedAt: at + step };
}

/** All documented fields of a task. Its status is that of its newest run. */
export function renderTask(
  { id, type, trigger, createdBy, createdAt, parentId, runs }: Task,
  options: TenantOptions,
): Json {
  const [newest] = runs;
  return {
    taskId: id,
    type,
    status: newest ? standing(newest, options.now(), options.runSeconds).status : 'PENDING',
    trigger,
    createdBy,
    createdAt: isoDate(createdAt),
    ...(parentId !== undefined && { parentId }),
  };
}

/** All documented fields of a run. */
export function renderRun(run: Run, { now, runSeconds }: TenantOptions): Json {
  const { status, startedAt, completedAt } = standing(run, now(), runSeconds);
  return {
    runId: run.id,
    status,
    createdAt: isoDate(run.createdAt),
    updatedAt: isoDate(completedAt ?? startedAt ?? run.createdAt),
    ...(startedAt !== undefined && { startedAt: isoDate(startedAt) }),
    ...(completedAt !== undefined && { completedAt: isoDate(completedAt) }),
    ...(run.cancelled && { canceledBy: run.cancelled.by }),
  };
}
