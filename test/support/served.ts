import { whenAborted } from '../../src/core/base/abort';
import { Emitter } from '../../src/core/base/emitter';
import type { Session } from '../../src/core/services/contract/service';
import type { Account } from '../../src/core/services/contract/signIn';
import type { Page } from '../../src/core/services/contract/page';
import type { Resource } from '../../src/core/services/contract/resource';
import type { ResourcePath } from '../../src/core/services/contract/path';
import { type AccountSource, Store } from '../../src/core/store/store';
import { accountOf, page, type SeenCall } from './fakes/store';

/** What an account answers: rows by the path of their list, or what the request fails with. */
export type Lists = Map<ResourcePath, readonly Resource[] | Page | Error | Promise<Page>>;

/** Accounts with one session for all of them, which a test gives parts of its own. A list that is not named is empty. */
export class Served implements AccountSource {
  readonly lists: Lists = new Map();
  readonly calls: SeenCall[] = [];
  readonly changes = new Emitter<readonly string[]>();
  readonly onDidChange = this.changes.event;
  readonly store: Store;
  accounts: readonly Account[];
  session: () => Promise<Session>;

  constructor(parts: Partial<Session> = {}, ids: readonly string[] = ['a']) {
    this.accounts = ids.map(accountOf);
    const session = this.sessionWith(parts);
    this.session = () => Promise.resolve(session);
    this.store = new Store(this, () => 10);
  }

  list(): readonly Account[] {
    return this.accounts;
  }

  /** The accounts are other ones from here on, and everybody is told. */
  replaceAccounts(...accounts: readonly Account[]): void {
    const ids = [...this.accounts, ...accounts].map(({ id }) => id);
    this.accounts = accounts;
    this.changes.fire([...new Set(ids)]);
  }

  /** How often the list below a path was asked for. */
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

/** As a request, which ends when its signal does. */
async function unlessAborted<T>(answer: T | Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return await answer;
  return await new Promise<T>((resolve, reject) => {
    whenAborted(signal, () => {
      reject(signal.reason as Error);
    });
    Promise.resolve(answer).then(resolve, reject);
  });
}
