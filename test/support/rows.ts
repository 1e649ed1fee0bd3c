/** Helpers that read the pages of a session and find rows in them. */
import assert from 'node:assert/strict';
import { HttpError } from '../../src/core/http/errors';
import type { Session } from '../../src/core/services/contract/service';
import type { RequestTemplate } from '../../src/core/services/contract/properties';
import type { Page, PageItem, PageRequest } from '../../src/core/services/contract/page';
import type { Resource } from '../../src/core/services/contract/resource';
import { accountRow } from './service';

/** A request for a first page. */
export function firstPage(request: Partial<PageRequest> = {}): PageRequest {
  return { size: 100, bypassCache: false, depth: 0, ...request };
}

/** All items below `parent`, following the cursors; one item per path. */
export async function readAll(
  session: Session,
  parent: Resource,
  request: Partial<PageRequest> = {},
): Promise<readonly PageItem[]> {
  const items = new Map<string, PageItem>();
  const waiting: PageRequest[] = [firstPage(request)];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const asked = next;
    const page: Page = await session.children(parent, asked, {});
    for (const item of page.items) if (!items.has(item.resource.path)) items.set(item.resource.path, item);
    waiting.push(...page.nextCursors.map((cursor) => ({ ...asked, cursor })));
  }
  return [...items.values()];
}

/** The rows of one kind. */
export function rows(items: readonly PageItem[], kind: Resource['kind']): readonly Resource[] {
  return items.map(({ resource }) => resource).filter((resource) => resource.kind === kind);
}

/** The first row of a kind below `parent`. */
export async function firstRow(
  session: Session,
  parent: Resource,
  kind: Resource['kind'],
): Promise<Resource> {
  const [row] = rows((await session.children(parent, firstPage(), {})).items, kind);
  assert.ok(row, `a ${kind} below ${parent.label}`);
  return row;
}

/** The request template of a resource, or undefined if one of its IDs cannot be part of a URL. */
export function requestTemplateOrRefusal(
  session: Pick<Session, 'requestTemplate'>,
  resource: Resource,
): RequestTemplate | undefined {
  try {
    return session.requestTemplate(resource);
  } catch (error) {
    assert.ok(error instanceof HttpError && error.kind === 'rejected', String(error));
    return undefined;
  }
}

/** The HttpError with which a promise is rejected. */
export async function getFailure(promise: Promise<unknown>): Promise<HttpError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof HttpError, `an HttpError, not ${String(error)}`);
  return error;
}

/** The row of a Datadog entity. */
export async function entityRow(session: Session, id: string): Promise<Resource> {
  const { items } = await session.children(accountRow, firstPage(), {});
  return rows(items, 'entity').find((row) => row.id === id) ?? assert.fail(id);
}

/** The row of a Datadog connection; without an ID, of the documented example. */
export async function connectionRow(session: Session, id = 'user-profiles-connection'): Promise<Resource> {
  const { items } = await session.children(await entityRow(session, 'users'), firstPage(), {});
  return rows(items, 'connection').find((row) => row.id === id) ?? assert.fail(id);
}

/** The first Immuta connection in a state. */
export async function connectionIn(session: Session, state: string): Promise<Resource> {
  const found = rows(await readAll(session, accountRow), 'connection').find(
    ({ status }) => status?.label === state,
  );
  if (!found) throw new Error(`No connection is ${state}`);
  return found;
}

/** The first task of an Immuta connection; by default of the first one. */
export async function firstTask(session: Session, connection?: Resource): Promise<Resource> {
  const parent = connection ?? (await firstRow(session, accountRow, 'connection'));
  return firstRow(session, await firstRow(session, parent, 'group'), 'task');
}

/** The labels of rows. */
export function labels(items: readonly PageItem[]): readonly string[] {
  return items.map(({ resource }) => resource.label);
}

/** The Krenalis connection with that name and role, as in the list. */
export async function connectionNamed(session: Session, name: string, role = ''): Promise<Resource> {
  const { items } = await session.children(accountRow, firstPage(), {});
  const found = rows(items, 'connection').find(
    ({ label, searchAttributes }) => label === name && (role === '' || searchAttributes?.role === role),
  );
  if (!found) throw new Error(`No connection ${name}`);
  return found;
}

/** The row below `parent` with that label. */
export async function childNamed(session: Session, parent: Resource, name: string): Promise<Resource> {
  const { items } = await session.children(parent, firstPage(), {});
  const found = items.find(({ resource }) => resource.label === name);
  if (!found) throw new Error(`No ${name} below ${parent.label}`);
  return found.resource;
}
