import { isAbort } from '../../core/base/abort';
import { systemClock, type Clock } from '../../core/base/clock';
import { HttpError } from '../../core/http/errors';
import type { Wait } from '../../core/http/types';
import { toProblem } from '../../core/services/common/problem';
import type { Problem, Resource } from '../../core/services/contract/resource';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';

/** Milliseconds without another letter after which services are asked. */
export const TYPING_PAUSE_MS = 300;

/** A failure of an account to search or to list. */
export interface SearchProblem {
  readonly account: ResourcePath;
  readonly problem: Problem;
}

/** What is known so far. */
export interface SearchResult {
  /** What services found that is not loaded, in the order of the accounts. */
  readonly found: readonly Resource[];
  readonly problems: readonly SearchProblem[];
  /** True while a request of the search is pending, or a list is being loaded. */
  readonly busy: boolean;
  /** Why the search has to wait, if it has, and for which account. */
  readonly pause?: { readonly account: ResourcePath; readonly wait: Wait } | undefined;
}

/** The part of the store that is used. */
export type SearchedStore = Pick<
  Store,
  'accounts' | 'getFailure' | 'get' | 'load' | 'locate' | 'page' | 'rows' | 'searchConnections' | 'session'
>;

/**
 * Finds connections of all accounts while the user types. Accounts whose service can search are asked once for each
 * pause in typing, the lists of the others are loaded once. Only the answers to the latest text count.
 */
export class ConnectionSearch {
  readonly #lists = new AbortController();
  readonly #problems = new Map<ResourcePath, Problem>();
  #search = new AbortController();
  #found: ReadonlyMap<ResourcePath, readonly Resource[]> = new Map();
  #byId: readonly Resource[] = [];
  #pending = 0;
  /** Why requests of the current search have to wait, by account. */
  readonly #waits = new Map<ResourcePath, Wait>();
  #text = '';
  #cancelPause: () => void = () => undefined;

  /** @param changed is called when there is something new, `loaded` if it is in the store. */
  constructor(
    private readonly store: SearchedStore,
    private readonly changed: (loaded: boolean) => void,
    private readonly clock: Pick<Clock, 'after'> = systemClock,
  ) {}

  get result(): SearchResult {
    const all = [...[...this.#found.values()].flat(), ...this.#byId];
    const missing = new Map(all.filter(({ path }) => !this.store.get(path)).map((row) => [row.path, row]));
    const problems = [...this.#problems].map(([account, problem]) => ({ account, problem }));
    return {
      found: [...missing.values()],
      problems,
      busy: this.#pending > 0,
      pause: [...this.#waits].map(([account, wait]) => ({ account, wait }))[0],
    };
  }

  /** Loads what cannot be searched, and the first page of the lists of which nothing is loaded yet. */
  start(): void {
    for (const account of this.store.accounts()) {
      void this.#work(account.path, this.#lists.signal, async (signal) => {
        const canSearch = (await this.store.session(account.path)).searchConnections !== undefined;
        if (!canSearch) return this.#loadLists(account.path, signal);
        return this.store.rows(account.path) ? undefined : this.#readFirstPage(account, signal);
      });
    }
  }

  /** Loads the datasets of every connection, with one request a page. */
  loadDatasets(): void {
    for (const { path } of this.store.accounts()) {
      void this.#work(path, this.#lists.signal, (signal) => this.#loadLists(path, signal));
    }
  }

  /** Asks for another text, after a pause. The request for the one before is canceled. */
  type(text: string): void {
    this.#cancelPause();
    this.#stop();
    this.#text = text.trim();
    if (this.#text === '') return;
    this.#cancelPause = this.clock.after(TYPING_PAUSE_MS, () => {
      this.#ask();
    });
  }

  /** Does again what failed. */
  retry(): void {
    this.#problems.clear();
    this.start();
    if (this.#text !== '') this.#ask();
  }

  dispose(): void {
    this.#cancelPause();
    this.#search.abort();
    this.#lists.abort();
  }

  #stop(): void {
    this.#search.abort();
    this.#waits.clear();
  }

  #ask(): void {
    this.#stop();
    this.#search = new AbortController();
    const { signal } = this.#search;
    const text = this.#text;
    for (const { path } of this.store.accounts())
      void this.#work(path, signal, () => this.#find(path, text, signal));
    void this.#work(undefined, signal, async () => {
      const found = await this.store.locate(text, signal);
      if (!signal.aborted) this.#byId = found;
      return undefined;
    });
  }

  async #find(path: ResourcePath, text: string, signal: AbortSignal): Promise<Problem | undefined> {
    const onWait = (wait: Wait): void => {
      if (signal.aborted) return;
      this.#waits.set(path, wait);
      this.changed(false);
    };
    try {
      const found = await this.store.searchConnections(path, text, { signal, onWait });
      if (!signal.aborted) this.#found = new Map([...this.#found, [path, found ?? []]]);
      return undefined;
    } catch (error) {
      // Adobe's guide does not have the search, so an installation may lack it.
      const isMissing = error instanceof HttpError && error.kind === 'notFound';
      if (!isMissing || signal.aborted) throw error;
      return this.#loadLists(path, this.#lists.signal);
    }
  }

  /**
   * @param account is the one that a failure belongs to.
   * @param work returns a failure that it does not throw.
   */
  async #work(
    account: ResourcePath | undefined,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Problem | undefined>,
  ): Promise<void> {
    this.#pending += 1;
    this.changed(false);
    const problem = await work(signal).catch((error: unknown) =>
      isAbort(error) ? undefined : toProblem(error),
    );
    this.#pending -= 1;
    if (account && !signal.aborted) this.#note(account, problem);
    if (!this.#lists.signal.aborted) this.changed(signal === this.#lists.signal);
  }

  #note(account: ResourcePath, problem: Problem | undefined): void {
    this.#waits.delete(account);
    if (problem) this.#problems.set(account, problem);
    else this.#problems.delete(account);
  }

  async #loadLists(path: ResourcePath, signal: AbortSignal): Promise<Problem | undefined> {
    await this.store.load(path, { all: true, asked: true, signal });
    this.changed(true);
    const deeper = { depth: 1, scope: 'all' } as const;
    const how = { refresh: true, all: true, asked: true, priority: 'background' } as const;
    await this.store.load(path, { ...how, prefetch: deeper, signal });
    return this.store.getFailure(path);
  }

  /** Without adding it to the store, which would load all further pages. */
  async #readFirstPage(account: Resource, signal: AbortSignal): Promise<Problem | undefined> {
    const { items } = await this.store.page(account, { depth: 0 }, signal);
    const rows = items.map(({ resource }) => resource);
    const connections = rows.filter(({ kind }) => kind === 'connection');
    if (!this.#found.has(account.path)) this.#found = new Map([...this.#found, [account.path, connections]]);
    return connections.length > 0 ? undefined : rows.find(({ kind }) => kind === 'problem')?.problem;
  }
}
