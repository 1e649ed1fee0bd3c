import type { CallOptions } from '../../http/client';
import { decodeItems } from '../items';
import { idInPath, pathSegments } from '../path';
import type { Cursor, Item, Page, PageRequest, Resource } from '../service';
import type { Operations } from './operations';
import { nextCursors, type Position, readListing, readPosition, windowOf } from './paging';
import { runResource, taskResource } from './resources';
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
