import * as v from 'valibot';
import type { CallOptions } from '../../../http/types';
import { text } from '../../common/decode';
import { everyPage } from '../../common/everyPage';
import { topmost } from '../../common/structures';
import { decodeItems } from '../../common/items';
import { childPath, idInPath, pathSegments } from '../../contract/path';
import type { Page, PageItem, PageRequest, Cursor } from '../../contract/page';
import { type Resource, getJson } from '../../contract/resource';
import type { Operations } from '../client/operations';
import { toEnd, nextCursors, type Position, readListing, readPosition, toWindow } from '../client/paging';
import { runResource, taskResource, tasksGroup } from './resources';
import { runSchema, type Task, taskSchema } from '../client/schemas';
import type { ImmutaSettings } from '../signIn/settings';

/** A part of a page that consists of two lists. */
interface Part {
  readonly items: readonly PageItem[];
  readonly next: readonly Cursor[];
}

/**
 * The tasks of a connection (GET …/tasks), filtered by the settings of the account. A task whose parent is on the same
 * page is shown below that, unless they form a cycle.
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
  const listing = readListing(await operations.tasks(key, toWindow(at), filter, call), 'tasks');
  const rows = taskItems(group, listing.values, at);
  const top = topmost(parentsIn(rows.map(({ resource }) => resource)));
  const items = rows.filter(({ resource: { kind, id } }) => kind !== 'task' || top.has(id));
  const end = toEnd(group, 'tasks', listing, at);
  return {
    items: [...items, ...end],
    nextCursors: nextCursors(listing, at),
    loading: 'onDemand',
  };
}

/**
 * All tasks of a connection with their paths in the tree, 100 per request, filtered as in `tasksPage`.
 * @throws as `everyPage` does.
 */
export async function allTasks(
  operations: Operations,
  connection: Pick<Resource, 'path'>,
  { tasks: filter }: ImmutaSettings,
  call: CallOptions,
): Promise<readonly Resource[]> {
  const key = idInPath(connection.path, 'connection') ?? '';
  const group = tasksGroup(connection);
  const found: Resource[] = [];
  const pages = everyPage(call, async (cursor, question) => {
    const at = readPosition({ size: 100, cursor });
    const listing = readListing(await operations.tasks(key, toWindow(at), filter, question), 'tasks');
    return { value: taskItems(group, listing.values, at), next: nextCursors(listing, at)[0] };
  });
  for await (const items of pages) found.push(...items.map(({ resource }) => resource));
  const rows = found.filter(({ kind }) => kind === 'task');
  const top = topmost(parentsIn(rows));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const placed = (row: Resource): Resource => {
    const parent = top.has(row.id) ? undefined : byId.get(getParentId(row) ?? '');
    return parent ? { ...row, path: childPath(placed(parent).path, 'task', row.id) } : row;
  };
  return rows.map(placed);
}

/** The children of a task: its subtasks (GET …/tasks with `filter[parentId]`), and its runs. */
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
    nextCursors: given.flatMap(({ next }) => next),
    loading: 'onDemand',
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
  const listing = readListing(await operations.tasks(key, toWindow(at), filter, call), 'tasks');
  const steps = pathSegments(task.path).filter(({ kind }) => kind === 'task');
  const ancestors = new Set(steps.map(({ id }) => id));
  // A service may ignore the filter, and a task must not be below itself: then it is shown further up.
  const items = taskItems(task, listing.values, at).filter(
    ({ resource }) =>
      resource.kind !== 'task' || (getParentId(resource) === task.id && !ancestors.has(resource.id)),
  );
  const end = toEnd(task, 'tasks', listing, at);
  return [{ items: [...items, ...end], next: nextCursors(listing, { ...at, list: 'tasks' }) }];
}

async function runs(
  operations: Operations,
  task: Resource,
  status: string | undefined,
  at: Position,
  call: CallOptions,
): Promise<readonly Part[]> {
  const key = idInPath(task.path, 'connection') ?? '';
  const listing = readListing(await operations.runs(key, task.id, toWindow(at), status, call), 'runs');
  const items = decodeItems(listing.values, task, at.page, runSchema, (run, json) => ({
    resource: runResource(task, run, json),
  }));
  const end = toEnd(task, 'runs', listing, at);
  return [{ items: [...items, ...end], next: nextCursors(listing, { ...at, list: 'runs' }) }];
}

function taskItems(parent: Resource, values: readonly unknown[], { page }: Position): readonly PageItem[] {
  return decodeItems(values, parent, `tasks.${page}`, taskSchema, (task: Task, json) => ({
    resource: taskResource(parent, task, json),
  }));
}

/** Maps the IDs of tasks to those of their parents. */
function parentsIn(rows: readonly Resource[]): ReadonlyMap<string, string | undefined> {
  return new Map(rows.filter(({ kind }) => kind === 'task').map((row) => [row.id, getParentId(row)]));
}

function getParentId(task: Resource): string | undefined {
  return v.parse(text, getJson(task)?.parentId);
}
