import type { CallOptions } from '../../http/client';
import { decodeItems } from '../items';
import { childPath, idInPath, pathSegments } from '../path';
import type { Cursor, Item, Page, PageRequest, Resource } from '../service';
import type { Operations } from './operations';
import { nextCursors, type Position, readListing, readPosition, windowOf } from './paging';
import { runResource, taskResource, tasksGroup } from './resources';
import { runSchema, type Task, taskSchema } from './schemas';
import type { ImmutaSettings } from './settings';

/** Part of a page that two lists make up. */
interface Part {
  readonly items: readonly Item[];
  readonly next: readonly Cursor[];
}

/**
 * The tasks of a connection (GET …/tasks), narrowed to what the settings of the account name. A task whose parent is on
 * the same page is found below it instead.
 */
export async function tasksPage(
  operations: Operations,
  group: Resource,
  { tasks: filter }: ImmutaSettings,
  request: PageRequest,
  call: CallOptions,
): Promise<Page> {
  const at = readPosition(request);
  const key = idInPath(group.path, 'connection') ?? '';
  const listing = readListing(await operations.tasks(key, windowOf(at), filter, call), 'tasks');
  const rows = taskItems(group, listing.values, at);
  const shown = new Set(rows.map(({ resource }) => resource.id));
  const items = rows.filter(({ resource }) => !shown.has(parentIdOf(resource)));
  return { items, next: nextCursors(listing, at), order: 'service', follow: false };
}

/**
 * The tasks of a connection at their places in the tree, with one request: 100 of them at most, narrowed as in `tasksPage`.
 */
export async function allTasks(
  operations: Operations,
  connection: Pick<Resource, 'path'>,
  { tasks: filter }: ImmutaSettings,
  call: CallOptions,
): Promise<readonly Resource[]> {
  const at = readPosition({ size: 100, fresh: true, levels: 0 });
  const key = idInPath(connection.path, 'connection') ?? '';
  const listing = readListing(await operations.tasks(key, windowOf(at), filter, call), 'tasks');
  const rows = taskItems(tasksGroup(connection), listing.values, at)
    .map(({ resource }) => resource)
    .filter(({ kind }) => kind === 'task');
  const byId = new Map(rows.map((row) => [row.id, row]));
  const placed = (row: Resource, below: readonly string[]): Resource => {
    const trail = [...below, row.id];
    const parent = trail.includes(parentIdOf(row)) ? undefined : byId.get(parentIdOf(row));
    return parent ? { ...row, path: childPath(placed(parent, trail).path, 'task', row.id) } : row;
  };
  return rows.map((row) => placed(row, []));
}

/** What lies below a task: the tasks that name it as their parent (GET …/tasks with `filter[parentId]`), and its runs. */
export async function runsPage(
  operations: Operations,
  task: Resource,
  { runStatus }: ImmutaSettings,
  request: PageRequest,
  call: CallOptions,
): Promise<Page> {
  const at = readPosition(request);
  const parts = await Promise.all([
    at.list === 'runs' ? [] : subtasks(operations, task, at, call),
    at.list === 'tasks' ? [] : runs(operations, task, runStatus, at, call),
  ]);
  const given = parts.flat();
  return {
    items: given.flatMap(({ items }) => items),
    next: given.flatMap(({ next }) => next),
    order: 'service',
    follow: false,
  };
}

async function subtasks(
  operations: Operations,
  task: Resource,
  at: Position,
  call: CallOptions,
): Promise<readonly Part[]> {
  const key = idInPath(task.path, 'connection') ?? '';
  const filter = { parentId: task.id };
  const listing = readListing(await operations.tasks(key, windowOf(at), filter, call), 'tasks');
  const ancestors = new Set(pathSegments(task.path).map(({ id }) => id));
  // A service may not know the filter, and a task must not lie below itself.
  const items = taskItems(task, listing.values, at).filter(
    ({ resource }) => parentIdOf(resource) === task.id && !ancestors.has(resource.id),
  );
  return [{ items, next: nextCursors(listing, { ...at, list: 'tasks' }) }];
}

async function runs(
  operations: Operations,
  task: Resource,
  status: string | undefined,
  at: Position,
  call: CallOptions,
): Promise<readonly Part[]> {
  const key = idInPath(task.path, 'connection') ?? '';
  const listing = readListing(await operations.runs(key, task.id, windowOf(at), status, call), 'runs');
  const items = decodeItems(listing.values, task, at.page, runSchema, (run, json) => ({
    resource: runResource(task, run, json),
  }));
  return [{ items, next: nextCursors(listing, { ...at, list: 'runs' }) }];
}

function taskItems(parent: Resource, values: readonly unknown[], { page }: Position): readonly Item[] {
  return decodeItems(values, parent, `tasks.${page}`, taskSchema, (task: Task, json) => ({
    resource: taskResource(parent, task, json),
  }));
}

function parentIdOf({ json }: Resource): string {
  const id = json?.parentId;
  return typeof id === 'string' ? id : '';
}
