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
import { RemoteIdLookup, type LookUpReason } from './remoteIdLookup';
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
import { mergeRefreshes, type StatusRefresh } from './statusRefresh';

/** Where the store finds the accounts and their sessions. */
export interface AccountSource {
  list(): readonly Account[];
  /** @throws HttpError where the account's secrets or settings are unusable. */
  session(accountId: string): Promise<Session>;
  /** What an id of a service looks like, see `Service.idForm`. Absent: no account is asked for ids. */
  idPattern?(service: string): RegExp | undefined;
  /** The ids of the accounts that came, went or changed. */
  readonly onDidChange: Event<readonly string[]>;
}

/** What is known of a list as a whole. */
export interface ListState {
  /** Resources loaded, rows in between not counted. */
  readonly loaded: number;
  /** Resources in the whole list, where the service told. */
  readonly total: number | undefined;
  readonly reading: boolean;
  readonly stale: boolean;
  /** True where it is read again when somebody next looks at it. */
  readonly dirty: boolean;
  /** When it was read, in milliseconds since 1970. */
  readonly readAt: number | undefined;
  /** When the last reading failed, in milliseconds since 1970; undefined if it did not. */
  readonly failedAt: number | undefined;
}

/** How to wait for what leads to a path. */
export type ResolveOptions = Pick<LoadOptions, 'signal' | 'asked'>;

/** How a text is to be read. */
export type ReadOptions = Pick<LoadOptions, 'asked' | 'notBefore'> &
  Pick<CallOptions, 'priority' | 'onFirstChunk'>;

/** Failures that are the account's own, or its service's. */
const ACCOUNT_ERROR_KINDS: readonly HttpErrorKind[] = ['authentication', 'network', 'timeout', 'server'];

/**
 * The graph of all resources that were read, for all accounts. Views render it and call it; it decides what is asked
 * of the services. Equal readings are joined, late answers dropped, and what was loaded stays when a refresh fails.
 */
export class Store implements Disposable {
  readonly #accounts: AccountSource;
  /** The sessions that lists were read by, by account. */
  readonly #readers = new Map<ResourcePath, Session>();
  readonly #graph: Graph;
  readonly #reader: ListLoader;
  readonly #locator: RemoteIdLookup;
  readonly #changes = new Emitter<readonly ResourcePath[]>();
  readonly #pauses = new Emitter<ThrottleEvent>();
  readonly #answers = new Emitter<ResourcePath>();
  readonly #registration: Disposable;
  #disposed = false;

  /** The paths whose own row or rows below changed. Empty: the accounts themselves did. */
  readonly onDidChange = this.#changes.event;
  readonly onDidPause = this.#pauses.event;
  /** Fires with an account that answered a request about its lists or its work. */
  readonly onDidAnswer = this.#answers.event;

  /** @param pageSize how many items to ask for at a time; asked before each reading. */
  constructor(
    accounts: AccountSource,
    private readonly pageSize: () => number,
    limits = defaultMemoryLimits(),
    bounds = DEFAULT_LIST_BOUNDS,
  ) {
    this.#accounts = accounts;
    const memory = new ListMemory(limits);
    this.#locator = new RemoteIdLookup(({ path }) => this.session(path), limits);
    this.#graph = new Graph(
      (resource) => this.#readers.get(getAccountPath(resource.path))?.shortId?.(resource),
      memory,
    );
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

  /** The account that a path lies in. */
  account(path: ResourcePath): Account | undefined {
    const id = getAccountId(path);
    return this.#accounts.list().find((account) => account.id === id);
  }

  /** The path whose rows stand at the root of the tree: the only account; undefined where accounts themselves do. */
  rootPath(): ResourcePath | undefined {
    const [first, ...others] = this.accounts();
    return others.length === 0 ? first?.path : undefined;
  }

  /** What is known of a resource; undefined where it was not loaded. */
  get(path: ResourcePath): Resource | undefined {
    return this.#node(path)?.resource;
  }

  /** The loaded rows below a path: problems, resources, and a row for more. Undefined where nothing was read. */
  rows(path: ResourcePath): readonly Resource[] | undefined {
    const node = this.#graph.get(path);
    return node && this.#graph.rows(node);
  }

  /** What is known of the list below a path. */
  state(path: ResourcePath): ListState {
    const node = this.#graph.get(path);
    const branch = node?.children ?? EMPTY_LIST;
    return {
      loaded: this.#graph.itemsOf(branch).filter(({ resource }) => resource.kind !== 'problem').length,
      total: totalItems(branch),
      reading: node?.reading !== undefined,
      stale: branch.stale,
      dirty: branch.dirty,
      readAt: branch.readAt,
      failedAt: branch.failedAt,
    };
  }

  /** Why the list below a path could not be read; undefined if it could, or was not read. */
  failureOf(path: ResourcePath): Problem | undefined {
    return this.#graph.get(path)?.children?.problem;
  }

  /** Every loaded resource, parents before their children. */
  *loaded(): Iterable<Resource> {
    for (const { path } of this.accounts()) {
      for (const { resource } of this.#graph.below(path)) yield resource;
    }
  }

  /**
   * Reads the list below a path, as far as it is not known.
   * @returns the rows as soon as the first page is there, or with `refresh` or `all` when the reading is complete.
   * A failure is a row among them.
   * @throws HttpError `notFound` where the path leads nowhere; the signal's reason when the caller cancels.
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
   * Reads the next page of a list where paging is left to the user, or with `all` every page. Where the list is being
   * read again, it does so afterwards; it does nothing where that failed.
   */
  async loadMore(path: ResourcePath, options: LoadOptions = {}): Promise<void> {
    const node = this.#graph.get(path);
    if (node) await this.#goOn(node, { ...options, more: true });
  }

  async #goOn(node: Node, options: LoadOptions & Pick<LoadRequest, 'more'>): Promise<void> {
    const whole = { ...options, all: true };
    // Another page of the same list is as good as the one that is wanted; all others are not.
    const { more = false, all = false } = node.reading?.plan ?? {};
    const isOnItsWay = more && (all || options.all !== true);
    if (node.reading) await waitUntilSettled(node, whole);
    if (isOnItsWay || !node.children || node.children.stale) return;
    if (pendingCursors(node.children).length === 0 && !isUnread(node.children)) return;
    const from = withoutProblem(node.children);
    this.#reader.begin(node, { ...options, from, wanted: countItems(from) + 1 });
    await waitUntilSettled(node, whole);
  }

  /** Tries again what failed below a path: the pages that are missing, or everything where the first one is. */
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
   * Reads a list again. Lists below it that were loaded are read again when somebody next looks at them.
   * What is being read there is begun anew: it may tell how things stood before.
   * @param path absent: the lists of all accounts.
   * @param notBefore as of `LoadOptions`: the same for all that one wish is about. Default: now.
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
   * Reads the status of backfills again with the fewest requests and bytes: for an account one listing call per page, for a
   * connection one call, for a dataset its own list and its connection. Lists of services without backfills are
   * refreshed as by `refresh`.
   * @param path absent: all accounts.
   */
  async refreshStatus(path?: ResourcePath, signal?: AbortSignal): Promise<StatusRefresh> {
    const sources = path ? this.statusSources([path]) : this.accounts().map((account) => account.path);
    const notBefore = performance.now();
    const work = sources.map((source) => this.refreshStatusAt(source, signal, notBefore));
    return mergeRefreshes(await Promise.all(work));
  }

  /**
   * The lists that tell the status of resources, each once: for a dataset or a backfill the list of backfills, and its
   * connection.
   */
  statusSources(paths: readonly ResourcePath[]): readonly ResourcePath[] {
    return [...new Set(paths.flatMap((path) => this.#statusSources(path)))];
  }

  /** As `refreshStatus`, of one of `statusSources`. @param notBefore as for `refresh`. */
  async refreshStatusAt(
    source: ResourcePath,
    signal?: AbortSignal,
    notBefore = performance.now(),
  ): Promise<StatusRefresh> {
    const has = await this.#hasBackfills(source);
    await (has ? this.#readStatus(source, signal, notBefore) : this.refresh(source, signal, notBefore));
    const problem = this.failureOf(source);
    return {
      failures: problem ? [{ path: source, problem }] : [],
      ...(has ? { asked: [source], without: [] } : { asked: [], without: [source] }),
    };
  }

  async #readStatus(start: ResourcePath, signal: AbortSignal | undefined, notBefore: number): Promise<void> {
    this.#reader.renewBelow(start, notBefore);
    const levels = await inTurns(this.#graph.levelsBelow(start), this.#reader.turns, signal);
    const deeper: Prefetch = { depth: levels, scope: 'known' };
    await this.load(start, { refresh: true, asked: true, prefetch: deeper, signal, notBefore });
  }

  /** Of an account that cannot be opened, nobody knows: reading its list tells why. */
  async #hasBackfills(path: ResourcePath): Promise<boolean> {
    const session = await this.session(path).catch(() => undefined);
    return session?.hasBackfills ?? session === undefined;
  }

  /** The connections of an account that use a dataset; empty where the service cannot tell. */
  async findByDataset(
    account: ResourcePath,
    datasetId: string,
    signal?: AbortSignal,
  ): Promise<readonly Resource[]> {
    const { resource } = await this.#resolve(account, { signal });
    const session = await this.session(account);
    return (await session.findConnectionsByDataset?.(resource, datasetId, this.#interactive(signal))) ?? [];
  }

  /** The loaded resources with that id, as the service writes it or in its shorter form. One id may be in several places. */
  find(id: string): readonly Resource[] {
    return this.#graph.find(id);
  }

  /** One loaded resource of each id that `find` knows. */
  identified(): Iterable<Identified> {
    return this.#graph.allWithId();
  }

  /**
   * The resources with that id, asked of the accounts whose service has ids of that form; empty where none has it, or
   * where it cannot be asked. What is found is not loaded. Answers count for minutes. Where accounts change meanwhile,
   * those that there are then are asked. Of ids that somebody only comes across, so many are asked for in a minute.
   * @throws the signal's reason; an `AbortError` once the store is disposed.
   */
  async locate(
    id: string,
    signal?: AbortSignal,
    reason: LookUpReason = 'asked',
  ): Promise<readonly Resource[]> {
    try {
      return await this.#locate(id, signal, reason);
    } catch (error) {
      signal?.throwIfAborted();
      if (this.#disposed || !isAbort(error)) throw error;
      return this.locate(id, signal, reason);
    }
  }

  async #locate(
    id: string,
    signal: AbortSignal | undefined,
    reason: LookUpReason,
  ): Promise<readonly Resource[]> {
    const accounts = this.#accounts.list().filter(({ service }) => {
      return this.#accounts.idPattern?.(service)?.test(id);
    });
    const work = accounts.map((account) =>
      this.#locator.locate(accountResource(account), id, signal, reason),
    );
    return (await Promise.all(work)).flat();
  }

  /**
   * One page of the list below a resource, straight from the service. Nothing of it is kept: for work that goes through
   * more than the graph should hold.
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
   * The resource's JSON, exactly as the service sent it.
   * @param how `background` where nobody waits for it, `asked` as for `load`, and who wants to see how a long text begins.
   * @throws as `Session.read` and `load` do.
   */
  async read(
    path: ResourcePath,
    signal?: AbortSignal,
    { priority = 'interactive', asked, notBefore, onFirstChunk }: ReadOptions = {},
  ): Promise<string> {
    const { resource } = await this.#resolve(path, { signal, ...(asked && { asked }) });
    const session = await this.session(path);
    return session.read(resource, { ...this.#interactive(signal), priority, notBefore }, onFirstChunk);
  }

  /**
   * Brings resources up to date that are known, where the answer to another question told of them. Later readings know
   * better: what was read since stays as it is. Fires for those alone that are not as they were.
   * @param askedAt when the question was asked, in milliseconds since 1970.
   */
  async put(resources: readonly Resource[], askedAt: number): Promise<void> {
    const changed = await inTurns(this.#graph.replace(resources, askedAt), this.#reader.turns);
    if (changed.length > 0) this.#changes.fire(changed.map(({ path }) => path));
  }

  /**
   * Puts resources that came since into the lists that they belong to, where these are loaded and were not read since:
   * before the first of their kind, for lists of work show the newest first.
   * @param found by the path of the list, in their order. @param askedAt as for `put`.
   */
  add(found: ReadonlyMap<ResourcePath, readonly Resource[]>, askedAt: number): void {
    const grown = [...found].filter(([path, resources]) => this.#graph.insert(path, resources, askedAt));
    if (grown.length > 0) this.#changes.fire(grown.map(([path]) => path));
  }

  /**
   * Notes how an account does, for its row to show: that it cannot sign in, that its service cannot be reached or is
   * out of order, or that it answers again.
   * @param error what a request about the account as a whole failed with; undefined where it was answered.
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

  /** The session of the account that a path lies in. */
  session(path: ResourcePath): Promise<Session> {
    return this.#accounts.session(getAccountId(path));
  }

  /** Loads what leads to a path, so that it can be shown. @throws HttpError `notFound` where it leads nowhere. */
  async resolve(path: ResourcePath, options?: ResolveOptions): Promise<Resource> {
    return (await this.#resolve(path, options)).resource;
  }

  /** @param wanted what is looked for: the path itself, or one below it. */
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

  /** How to ask for what somebody waits for. */
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
