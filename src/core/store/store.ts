import { isAbort } from '../base/abort';
import type { CallOptions } from '../http/types';
import { HttpError, type HttpErrorKind } from '../http/errors';
import { Emitter, type Disposable, type Event } from '../base/emitter';
import {
  getAccountId,
  accountPath,
  getAccountPath,
  parentPath,
  pathSegments,
  type ResourcePath,
} from '../services/contract/path';
import { toProblem } from '../services/common/problem';
import type { Session } from '../services/contract/service';
import type { Account } from '../services/contract/signIn';
import type { Page, Cursor } from '../services/contract/page';
import type { Resource, Problem } from '../services/contract/resource';
import { Graph, type Node } from './graph';
import type { Prefetch, LoadRequest, LoadOptions } from './loadOptions';
import type { Identified } from './idIndex';
import { defaultMemoryLimits, ListMemory } from './listMemory';
import { inTurns } from '../base/turns';
import { RemoteIdLookup, type LookUp, type LookUpReason } from './remoteIdLookup';
import { notFoundError, accountRemovedError } from './notFoundError';
import {
  countItems,
  loadsAllPages,
  isUnread,
  pendingCursors,
  totalItems,
  EMPTY_LIST,
  withoutProblem,
} from './childList';
import { DEFAULT_LIST_BOUNDS, type ThrottleEvent } from './listReading';
import { ListLoader, waitUntilSettled } from './listLoader';

/** Provides the accounts and their sessions. */
export interface AccountSource {
  list(): readonly Account[];
  /** @throws HttpError if secrets or settings of the account are unusable. */
  session(accountId: string): Promise<Session>;
  /** The pattern of a service's IDs, see `Service.idPattern`. Absent: no account is asked for IDs. */
  idPattern?(service: string): RegExp | undefined;
  /** Fires with the IDs of the accounts that were added, removed or changed. */
  readonly onDidChange: Event<readonly string[]>;
}

/** The state of a list as a whole. */
export interface ListState {
  /** Number of loaded resources, without problem rows. */
  readonly loaded: number;
  /** Total number of resources, if the service reported it. */
  readonly total: number | undefined;
  readonly reading: boolean;
  readonly stale: boolean;
  /** True if it will be reloaded the next time it is shown. */
  readonly dirty: boolean;
  /** When it was loaded, in milliseconds since 1970. */
  readonly readAt: number | undefined;
  /** When the last load failed, in milliseconds since 1970; undefined if it did not. */
  readonly failedAt: number | undefined;
}

export type ResolveOptions = Pick<LoadOptions, 'signal' | 'asked'>;

export type ReadOptions = Pick<LoadOptions, 'asked' | 'notBefore'> & Pick<CallOptions, 'priority' | 'onPart'>;

/** Error kinds that affect the whole account rather than one resource. */
const ACCOUNT_ERROR_KINDS: readonly HttpErrorKind[] = ['authentication', 'network', 'timeout', 'server'];

/**
 * The graph of all loaded resources of all accounts, and the only way to load more. Identical loads are joined, late
 * responses dropped, and loaded data stays if a refresh fails.
 */
export class Store implements Disposable {
  readonly #accounts: AccountSource;
  /** The sessions that loaded the lists, by account. */
  readonly #readers = new Map<ResourcePath, Session>();
  readonly #graph: Graph;
  readonly #reader: ListLoader;
  readonly #locator: RemoteIdLookup;
  readonly #changes = new Emitter<readonly ResourcePath[]>();
  readonly #pauses = new Emitter<ThrottleEvent>();
  readonly #answers = new Emitter<ResourcePath>();
  readonly #registration: Disposable;
  #disposed = false;

  /** Fires with the paths whose own row or child rows changed. Empty: the list of accounts changed. */
  readonly onDidChange = this.#changes.event;
  readonly onDidPause = this.#pauses.event;
  /** Fires with an account that answered a request about its lists or runs. */
  readonly onDidAnswer = this.#answers.event;

  /** @param pageSize number of items per request; read before each load. */
  constructor(
    accounts: AccountSource,
    private readonly pageSize: () => number,
    limits = defaultMemoryLimits(),
    bounds = DEFAULT_LIST_BOUNDS,
  ) {
    this.#accounts = accounts;
    const memory = new ListMemory(limits);
    this.#locator = new RemoteIdLookup(({ path }) => this.session(path), limits);
    this.#graph = new Graph((resource) => this.shortId(resource), memory);
    this.#reader = new ListLoader({
      graph: this.#graph,
      memory,
      pageSize,
      bounds,
      session: async (path) => {
        const session = await this.session(path);
        this.#readers.set(getAccountPath(path), session);
        return session;
      },
      changed: (path) => {
        this.#changes.fire([path]);
      },
      paused: (pause) => {
        this.#pauses.fire(pause);
      },
      note: (account, error) => {
        this.reportHealth(account, error);
      },
    });
    this.#registration = accounts.onDidChange((ids) => {
      for (const id of ids) this.#forget(id);
      this.#locator.clear();
      this.#changes.fire([]);
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#registration.dispose();
    for (const { id } of this.accounts()) this.#forget(id);
    this.#locator.clear();
    this.#changes.dispose();
    this.#pauses.dispose();
    this.#answers.dispose();
  }

  /** The accounts as resources, in the order of `AccountSource.list`. */
  accounts(): readonly Resource[] {
    return this.#accounts.list().map((account) => this.#graph.getOrCreate(accountResource(account)).resource);
  }

  /** The account that a path belongs to. */
  account(path: ResourcePath): Account | undefined {
    const id = getAccountId(path);
    return this.#accounts.list().find((account) => account.id === id);
  }

  /**
   * The path whose children are the roots of the tree: that of the only account; undefined if the accounts are the
   * roots.
   */
  rootPath(): ResourcePath | undefined {
    const [first, ...others] = this.accounts();
    return others.length === 0 ? first?.path : undefined;
  }

  /** A loaded resource; undefined if it is not loaded. */
  get(path: ResourcePath): Resource | undefined {
    return this.#node(path)?.resource;
  }

  /** The loaded rows below a path: problems, resources, and "Load More". Undefined if nothing was loaded. */
  rows(path: ResourcePath): readonly Resource[] | undefined {
    const node = this.#graph.get(path);
    return node && this.#graph.rows(node);
  }

  state(path: ResourcePath): ListState {
    const node = this.#graph.get(path);
    const branch = node?.children ?? EMPTY_LIST;
    return {
      loaded: this.#graph.getItems(branch).filter(({ resource }) => resource.kind !== 'problem').length,
      total: totalItems(branch),
      reading: node?.reading !== undefined,
      stale: branch.stale,
      dirty: branch.dirty,
      readAt: branch.readAt,
      failedAt: branch.failedAt,
    };
  }

  /** When the list below a path was loaded, in milliseconds since 1970; undefined if it was not. */
  readAt(path: ResourcePath): number | undefined {
    return this.#graph.get(path)?.children?.readAt;
  }

  /** Why the list below a path could not be loaded; undefined if it could, or was not tried. */
  getFailure(path: ResourcePath): Problem | undefined {
    return this.#graph.get(path)?.children?.problem;
  }

  /** All loaded resources, parents before their children. */
  *loaded(): Iterable<Resource> {
    for (const { path } of this.accounts()) {
      for (const { resource } of this.#graph.below(path)) yield resource;
    }
  }

  /**
   * Loads the list below a path, as far as needed.
   * @returns the rows as soon as the first page is available, or, with `refresh` or `all`, when the load is complete. A
   * failure is a row among them.
   * @throws HttpError `notFound` if the path does not exist; the signal's reason when the caller cancels.
   */
  async load(path: ResourcePath, options: LoadOptions = {}): Promise<readonly Resource[]> {
    const { signal, asked = false, refresh = false } = options;
    const node = await this.#resolve(path, { signal, asked });
    if (!node.resource.hasChildren) return [];
    const isDoubted = asked && node.reading !== undefined;
    if (refresh || !node.children || isDoubted) this.#reader.join(node, options);
    else if (node.children.dirty) this.#reader.join(node, { refresh: true, priority: 'background' });
    await waitUntilSettled(node, options);
    const isStopped = node.children?.paused !== undefined && node.children.isPassable !== true;
    const unfinished = node.children && !isStopped && pendingCursors(node.children).length > 0;
    if (options.all && unfinished) await this.#goOn(node, { ...options, more: false });
    return this.#graph.rows(node) ?? [];
  }

  /**
   * Loads the next page of an on-demand list, or with `all` every page. If the list is being reloaded, it waits for
   * that, and does nothing if that failed.
   */
  async loadMore(path: ResourcePath, options: LoadOptions = {}): Promise<void> {
    const node = this.#graph.get(path);
    if (node) await this.#goOn(node, { ...options, more: true });
  }

  async #goOn(node: Node, options: LoadOptions & Pick<LoadRequest, 'more'>): Promise<void> {
    const whole = { ...options, all: true };
    // Any other page of the same list satisfies a request for one more page, but nothing else does.
    const { more = false, all = false } = node.reading?.plan ?? {};
    const isOnItsWay = more && (all || options.all !== true);
    if (node.reading) await waitUntilSettled(node, whole);
    if (isOnItsWay || !node.children || node.children.stale) return;
    if (pendingCursors(node.children).length === 0 && !isUnread(node.children)) return;
    const from = withoutProblem(node.children);
    this.#reader.begin(node, { ...options, from, wanted: countItems(from) + 1 });
    await waitUntilSettled(node, whole);
  }

  /** Retries what failed below a path: the missing pages, or everything if the first page is missing. */
  async retry(
    path: ResourcePath,
    { priority = 'interactive', signal }: Pick<LoadOptions, 'priority' | 'signal'> = {},
  ): Promise<void> {
    const branch = this.#graph.get(path)?.children;
    const partial = branch && !branch.stale && countItems(branch) > 0 && pendingCursors(branch).length > 0;
    if (partial) await this.loadMore(path, { all: loadsAllPages(branch), priority, signal });
    else {
      const asked = priority === 'interactive';
      const notBefore = asked ? performance.now() : undefined;
      await this.load(path, { refresh: true, asked, priority, signal, notBefore });
    }
  }

  /**
   * Reloads a list. Loaded lists below it are reloaded the next time they are shown. Loads that are running there are
   * restarted, because their responses may be outdated.
   * @param path absent: the lists of all accounts.
   * @param notBefore as in `LoadOptions`: the same for everything that belongs to one user request. Default: now.
   */
  async refresh(path?: ResourcePath, signal?: AbortSignal, notBefore = performance.now()): Promise<void> {
    const paths = path ? [path] : this.accounts().map((account) => account.path);
    const work = paths.map(async (start) => {
      this.#reader.renewBelow(start, notBefore);
      await inTurns(this.#graph.markDirty(start), this.#reader.turns, signal);
      await this.load(start, { refresh: true, asked: true, signal, notBefore });
    });
    await Promise.all(work);
  }

  /**
   * The lists that contain the status of resources, without duplicates: for a dataset or a backfill the list of
   * backfills, and its connection.
   */
  statusSources(paths: readonly ResourcePath[]): readonly ResourcePath[] {
    return [...new Set(paths.flatMap((path) => this.#statusSources(path)))];
  }

  /**
   * Refreshes the status of backfills with as few requests and bytes as possible: for an account one listing request
   * per page, for a connection one request, for a dataset the list below it. The lists of a service without backfills
   * are refreshed as by `refresh`.
   * @param source one of `statusSources`. @param notBefore as for `refresh`.
   * @returns why it could not be read.
   */
  async refreshStatus(
    source: ResourcePath,
    signal?: AbortSignal,
    notBefore = performance.now(),
  ): Promise<Problem | undefined> {
    const has = await this.#hasBackfills(source);
    await (has ? this.#readStatus(source, signal, notBefore) : this.refresh(source, signal, notBefore));
    return this.getFailure(source);
  }

  async #readStatus(start: ResourcePath, signal: AbortSignal | undefined, notBefore: number): Promise<void> {
    this.#reader.renewBelow(start, notBefore);
    const levels = await inTurns(this.#graph.levelsBelow(start), this.#reader.turns, signal);
    const deeper: Prefetch = { depth: levels, scope: 'known' };
    await this.load(start, { refresh: true, asked: true, prefetch: deeper, signal, notBefore });
  }

  /** If the account cannot be opened, this is unknown: loading its list reports why. */
  async #hasBackfills(path: ResourcePath): Promise<boolean> {
    const session = await this.session(path).catch(() => undefined);
    return session?.hasBackfills ?? session === undefined;
  }

  /** The connections of an account that use a dataset; empty if the service does not support this search. */
  async findByDataset(
    account: ResourcePath,
    datasetId: string,
    signal?: AbortSignal,
  ): Promise<readonly Resource[]> {
    const { resource } = await this.#resolve(account, { signal });
    const session = await this.session(account);
    return (await session.findConnectionsByDataset?.(resource, datasetId, this.#interactive(signal))) ?? [];
  }

  /**
   * The connections that the service finds by name or ID, which may not be loaded. They are not added to the store.
   * @returns undefined if the service has no such search.
   * @throws as `Session.searchConnections` does.
   */
  async searchConnections(
    account: ResourcePath,
    text: string,
    { signal, onWait }: Pick<CallOptions, 'signal' | 'onWait'> = {},
  ): Promise<readonly Resource[] | undefined> {
    const { resource } = await this.#resolve(account, { signal });
    const session = await this.session(account);
    const call = { ...this.#interactive(signal), ...(onWait && { onWait }) };
    return session.searchConnections?.(resource, text, call);
  }

  /** The loaded resources with that ID, in full or short form. One ID may occur in several places. */
  find(id: string): readonly Resource[] {
    return this.#graph.find(id);
  }

  /** The shorter form of a loaded resource's ID, if it has one. */
  shortId(resource: Resource): string | undefined {
    // Not asked for each row: looking into a path makes V8 copy it into one piece.
    if (resource.kind !== 'connection') return undefined;
    return this.#readers.get(getAccountPath(resource.path))?.shortId?.(resource);
  }

  /** One loaded resource for each ID that `find` knows. */
  identified(): Iterable<Identified> {
    return this.#graph.allWithId();
  }

  /** As `lookUp`, without what failed. @returns empty if no account has it, or could be asked. */
  async locate(id: string, signal?: AbortSignal, reason?: LookUpReason): Promise<readonly Resource[]> {
    return (await this.lookUp(id, signal, reason)).found;
  }

  /**
   * Looks up an ID at the accounts whose service has IDs of that form. Results are not added to the store, and are
   * cached for minutes. If accounts change meanwhile, the lookup is repeated with the current ones. Lookups with the
   * reason `passing` are limited per minute.
   * @throws the signal's reason; an `AbortError` once the store is disposed.
   */
  async lookUp(id: string, signal?: AbortSignal, reason: LookUpReason = 'asked'): Promise<LookUp> {
    try {
      return await this.#lookUp(id, signal, reason);
    } catch (error) {
      signal?.throwIfAborted();
      if (this.#disposed || !isAbort(error)) throw error;
      return this.lookUp(id, signal, reason);
    }
  }

  async #lookUp(id: string, signal: AbortSignal | undefined, reason: LookUpReason): Promise<LookUp> {
    const accounts = this.#accounts.list().filter(({ service }) => {
      return this.#accounts.idPattern?.(service)?.test(id);
    });
    const answers = await Promise.all(
      accounts.map((account) => this.#locator.locate(accountResource(account), id, signal, reason)),
    );
    return {
      found: answers.flatMap(({ found }) => found),
      failures: answers.flatMap((answer) => ('failure' in answer ? [answer.failure] : [])),
    };
  }

  /**
   * Fetches one page of the list below a resource without storing it, for work on more data than the graph should hold.
   * @throws as `Session.children` does.
   */
  async page(
    parent: Resource,
    wanted: { readonly cursor?: Cursor; readonly depth: number },
    signal?: AbortSignal,
  ): Promise<Page> {
    const session = await this.session(parent.path);
    return session.children(
      parent,
      { ...wanted, size: this.pageSize(), bypassCache: false },
      this.#interactive(signal),
    );
  }

  /**
   * The JSON of a resource, exactly as the service sent it.
   * @param options priority `background` if no user waits for it, and `onPart` to preview long text.
   * @throws as `Session.read` and `load` do.
   */
  async read(
    path: ResourcePath,
    signal?: AbortSignal,
    { priority = 'interactive', asked, notBefore, onPart }: ReadOptions = {},
  ): Promise<string> {
    const { resource } = await this.#resolve(path, { signal, ...(asked && { asked }) });
    const session = await this.session(path);
    return session.read(resource, { ...this.#interactive(signal), priority, notBefore }, onPart);
  }

  /**
   * Updates known resources from the response to another request, except those that have been loaded since. Fires only
   * for those that changed.
   * @param askedAt when the request was sent, in milliseconds since 1970.
   */
  async put(resources: readonly Resource[], askedAt: number): Promise<void> {
    const changed = await inTurns(this.#graph.replace(resources, askedAt), this.#reader.turns);
    if (changed.length > 0) this.#changes.fire(changed.map(({ path }) => path));
  }

  /**
   * Inserts new resources into the loaded lists that they belong to, unless these were reloaded since: before the first
   * of their kind, because lists of runs are sorted newest first.
   * @param found resources in order, by the path of their list. @param askedAt as for `put`.
   */
  add(found: ReadonlyMap<ResourcePath, readonly Resource[]>, askedAt: number): void {
    const grown = [...found].filter(([path, resources]) => this.#graph.insert(path, resources, askedAt));
    if (grown.length > 0) this.#changes.fire(grown.map(([path]) => path));
  }

  /**
   * Updates the account's health, shown in its tree row: sign-in failed, the service is unreachable or broken, or works
   * again.
   * @param error why a request about the whole account failed; undefined if it succeeded.
   */
  reportHealth(account: ResourcePath, error: unknown): void {
    if (error === undefined) this.#answers.fire(account);
    const node = this.#node(account);
    const saved = this.account(account);
    const ailing = error instanceof HttpError && ACCOUNT_ERROR_KINDS.includes(error.kind);
    if (!node || !saved || (error !== undefined && !ailing)) return;
    const word = ailing ? toProblem(error).title : undefined;
    if (node.resource.status?.label === word) return;
    const well = accountResource(saved);
    node.resource = word === undefined ? well : { ...well, status: { state: 'failed', label: word } };
    this.#changes.fire([account]);
  }

  /** The session of the account that a path belongs to. */
  session(path: ResourcePath): Promise<Session> {
    return this.#accounts.session(getAccountId(path));
  }

  /** Loads the ancestors of a path, so that it can be shown. @throws HttpError `notFound` if it does not exist. */
  async resolve(path: ResourcePath, options?: ResolveOptions): Promise<Resource> {
    return (await this.#resolve(path, options)).resource;
  }

  /** @param wanted the path that the caller asked for: `path` itself, or one below it. */
  async #resolve(path: ResourcePath, options: ResolveOptions = {}, wanted = path): Promise<Node> {
    const known = this.#node(path);
    if (known) return known;
    const parent = parentPath(path);
    if (!parent) throw accountRemovedError();
    const { resource } = await this.#resolve(parent, options, wanted);
    await this.load(parent, options);
    if (!this.#graph.get(path)) await this.load(parent, { ...options, all: true });
    const found = this.#graph.get(path);
    if (found) return found;
    throw notFoundError(resource, path, wanted, this.#graph.get(parent)?.children?.problem);
  }

  #forget(accountId: string): void {
    const path = accountPath(accountId);
    this.#graph.forget(path);
    this.#readers.delete(path);
  }

  /** Call options for a request that a user waits for. */
  #interactive(signal: AbortSignal | undefined): CallOptions {
    return { priority: 'interactive', turns: this.#reader.turns, ...(signal && { signal }) };
  }

  /** A known node. Accounts are always known. */
  #node(path: ResourcePath): Node | undefined {
    const known = this.#graph.get(path);
    if (known || parentPath(path)) return known;
    const account = this.account(path);
    return account && this.#graph.getOrCreate(accountResource(account));
  }

  #statusSources(path: ResourcePath): readonly ResourcePath[] {
    const kind = pathSegments(path).at(-1)?.kind;
    const parent = parentPath(path);
    if (parent && kind === 'dataset') return [parent, path];
    return parent && kind === 'backfill' ? this.#statusSources(parent) : [path];
  }
}

function accountResource(account: Account): Resource {
  return {
    path: accountPath(account.id),
    kind: 'account',
    id: account.id,
    label: account.name,
    hasChildren: true,
    searchAttributes: { service: account.service, ...(account.production && { production: 'true' }) },
  };
}
