import assert from 'node:assert/strict';
import { createHttpClient } from '../../../src/core/http/client';
import type { HttpClientDependencies } from '../../../src/core/http/dependencies';
import { HttpError } from '../../../src/core/http/errors';
import { connect, type CjaSession } from '../../../src/core/services/cja/session';
import { accountPath } from '../../../src/core/services/contract/path';
import type { Session } from '../../../src/core/services/contract/service';
import type { RequestTemplate } from '../../../src/core/services/contract/properties';
import type { Account } from '../../../src/core/services/contract/signIn';
import type { Page, PageItem, PageRequest } from '../../../src/core/services/contract/page';
import type { Resource } from '../../../src/core/services/contract/resource';
import type { SampleOptions } from '../../../src/sample/common/options';
import { startSampleService, type SampleService } from '../../../src/sample/server';

export interface Harness extends AsyncDisposable {
  readonly sample: SampleService;
  readonly session: CjaSession;
  readonly log: readonly string[];
  /** The paths asked for since the start or the last `clear`, queries left out. */
  paths(): readonly string[];
}

export const accountRow: Resource = {
  path: accountPath('a1'),
  kind: 'account',
  id: 'a1',
  label: 'Test',
  hasChildren: true,
};

/** An account of the given settings. */
export function account(settings: Readonly<Record<string, string>>): Account {
  return { id: 'a1', service: 'cja', name: 'Test', production: false, sample: false, settings };
}

/** A session of the service at any address. It does not wait, neither before it tries again nor for a rate limit. */
export function connectTo(
  settings: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
  environment: Partial<HttpClientDependencies> = {},
): CjaSession {
  return connect(account(settings), secrets, (options) =>
    createHttpClient(
      { ...options, rateLimit: { requests: 10_000, interval: 1 } },
      { log: () => undefined, sleep: () => Promise.resolve(), ...environment },
    ),
  );
}

/** Starts a sample service, and signs in to it. */
export async function startHarness(
  options: SampleOptions = {},
  settings: Readonly<Record<string, string>> = {},
  secrets?: Readonly<Record<string, string>>,
): Promise<Harness> {
  const sample = await startSampleService({ rate: 0, ...options });
  const log: string[] = [];
  const connect = (): CjaSession =>
    connectTo({ ...sample.credentials.settings, ...settings }, secrets ?? sample.credentials.secrets, {
      log: (entry) => log.push(JSON.stringify(entry)),
    });
  // A service that nobody closes would keep the test run from ending.
  const session = await Promise.resolve()
    .then(connect)
    .catch(async (error: unknown) => {
      await sample.close();
      throw error;
    });
  return {
    sample,
    session,
    log,
    paths: () => sample.requests.map(({ path }) => path),
    [Symbol.asyncDispose]: async () => {
      session.dispose();
      await sample.close();
    },
  };
}

/** What is asked of a first page. */
export function firstPage(request: Partial<PageRequest> = {}): PageRequest {
  return { size: 100, bypassCache: false, depth: 0, ...request };
}

/** All items below `parent`, page by page as the cursors come, one of each path. */
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

/** The rows themselves, of one kind. */
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

/** The HttpError that a promise fails with. */
/** The recipe of a resource, or nothing where an id in it can be part of no address. */
export function recipeOrRefusal(
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

export async function failureOf(promise: Promise<unknown>): Promise<HttpError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof HttpError, `an HttpError, not ${String(error)}`);
  return error;
}
