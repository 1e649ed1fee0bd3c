import { whenAborted } from '../../src/core/base/abort';
import { Emitter } from '../../src/core/base/emitter';
import type { Session } from '../../src/core/services/contract/service';
import type { Account } from '../../src/core/services/contract/signIn';
import type { Page } from '../../src/core/services/contract/page';
import type { Resource } from '../../src/core/services/contract/resource';
import type { ResourcePath } from '../../src/core/services/contract/path';
import { type AccountSource, Store } from '../../src/core/store/store';
import { createAccount, page, type SeenCall } from './fakes/store';

/** An account's responses: rows by the path of their list, or the error of the request. */
export type Lists = Map<ResourcePath, readonly Resource[] | Page | Error | Promise<Page>>;

/** Accounts that share one session, whose members a test can replace. Lists that are not named are empty. */
export class Served implements AccountSource {
  readonly lists: Lists = new Map();
  readonly calls: SeenCall[] = [];
  readonly changes = new Emitter<readonly string[]>();
  readonly onDidChange = this.changes.event;
  readonly store: Store;
  accounts: readonly Account[];
  session: () => Promise<Session>;

  constructor(parts: Partial<Session> = {}, ids: readonly string[] = ['a']) {
    this.accounts = ids.map(createAccount);
    const session = this.sessionWith(parts);
    this.session = () => Promise.resolve(session);
    this.store = new Store(this, () => 10);
  }

  list(): readonly Account[] {
    return this.accounts;
  }

  /** Replaces the accounts and fires the change event. */
  replaceAccounts(...accounts: readonly Account[]): void {
    const ids = [...this.accounts, ...accounts].map(({ id }) => id);
    this.accounts = accounts;
    this.changes.fire([...new Set(ids)]);
  }

  /** How often the list below a path was requested. */
  asked(path: ResourcePath): number {
    return this.calls.filter((call) => call.path === path).length;
  }

  sessionWith(parts: Partial<Session>): Session {
    return {
      verify: () => Promise.resolve({ name: 'Ann' }),
      children: async (parent, request, call) => {
        this.calls.push({ path: parent.path, request, call });
        const answer = (await unlessAborted(this.lists.get(parent.path), call.signal)) ?? [];
        if (answer instanceof Error) throw answer;
        return 'items' in answer ? answer : page(answer, { loading: 'onDemand' });
      },
      read: () => Promise.resolve('{}'),
      properties: () => [],
      webLink: () => undefined,
      requestTemplate: () => undefined,
      dispose: () => undefined,
      ...parts,
    };
  }
}

/** Like a request, rejects when its signal is aborted. */
async function unlessAborted<T>(answer: T | Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return await answer;
  return await new Promise<T>((resolve, reject) => {
    whenAborted(signal, () => {
      reject(signal.reason as Error);
    });
    Promise.resolve(answer).then(resolve, reject);
  });
}
