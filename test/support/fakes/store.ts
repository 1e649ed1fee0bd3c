import { Emitter } from '../../../src/core/base/emitter';
import { accountPath, childPath, type ResourcePath } from '../../../src/core/services/contract/path';
import type { Session } from '../../../src/core/services/contract/service';
import type { Account } from '../../../src/core/services/contract/signIn';
import type { Page, PageItem, PageRequest } from '../../../src/core/services/contract/page';
import type { Problem, Resource } from '../../../src/core/services/contract/resource';
import type { ResourceKind } from '../../../src/shared/kinds';
import type { CallOptions } from '../../../src/core/http/types';
import type { AccountSource, Store } from '../../../src/core/store/store';

/** Answers one call of `children`. */
export type Answer = (parent: Resource, request: PageRequest, call: CallOptions) => Page | Promise<Page>;

/** A call that a fake session received. */
export interface SeenCall {
  readonly path: ResourcePath;
  readonly request: PageRequest;
  readonly call: CallOptions;
}

/** Accounts whose sessions are answered by a function of the test. */
export class FakeAccounts implements AccountSource {
  readonly calls: SeenCall[] = [];
  readonly changes = new Emitter<readonly string[]>();
  readonly onDidChange = this.changes.event;
  accounts: readonly Account[];
  answer: Answer;

  constructor(answer: Answer, ids: readonly string[] = ['a']) {
    this.answer = answer;
    this.accounts = ids.map(createAccount);
  }

  list(): readonly Account[] {
    return this.accounts;
  }

  session(): Promise<Session> {
    return Promise.resolve({
      verify: () => Promise.resolve({ name: 'Ann' }),
      children: async (parent, request, call) => {
        this.calls.push({ path: parent.path, request, call });
        return this.answer(parent, request, call);
      },
      read: () => Promise.resolve('{}'),
      hasBackfills: true,
      properties: () => [],
      webLink: () => undefined,
      requestTemplate: () => undefined,
      dispose: () => undefined,
    });
  }
}

export function createAccount(id: string): Account {
  return { id, service: 'cja', name: `Account ${id}`, production: false, sample: false, settings: {} };
}

export const account = accountPath('a');

export function resource(parent: ResourcePath, kind: ResourceKind, id: string, label = id): Resource {
  const hasChildren = kind === 'connection' || kind === 'dataset';
  return { path: childPath(parent, kind, id), kind, id, label, hasChildren, json: { id } };
}

export function page(items: readonly (Resource | PageItem)[], rest: Partial<Page> = {}): Page {
  return {
    items: items.map((item) => ('resource' in item ? item : { resource: item })),
    nextCursors: [],
    loading: 'eager',
    ...rest,
  };
}

/** A promise that the test resolves or rejects. */
export function deferred<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: Error) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((ok, fail) => {
    resolve = ok;
    reject = fail;
  });
  return { promise, resolve, reject };
}

/** Lets all pending callbacks run. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Lets callbacks run until a condition is met. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await settle();
}

/**
 * Refreshes the status of a resource, or of all accounts, in all lists that contain it.
 * @returns why lists could not be read.
 */
export async function refreshStatus(store: Store, path?: ResourcePath): Promise<readonly Problem[]> {
  const sources = path ? store.statusSources([path]) : store.accounts().map((row) => row.path);
  const problems = await Promise.all(sources.map((source) => store.refreshStatus(source)));
  return problems.filter((problem) => problem !== undefined);
}
