import { isAbort } from '../http/abort';
import type { CallOptions, Priority, Wait } from '../http/client';
import { HttpError, type HttpErrorKind } from '../http/errors';
import { Emitter, type Disposable, type Event } from '../services/emitter';
import { accountIdOf, accountPath, accountPathOf, parentPath, type ResourcePath } from '../services/path';
import { problemOf } from '../services/problem';
import type { Account, Cursor, Page, Resource, Session } from '../services/service';
import { Graph, type Deeper, type Node, type Reading } from './graph';
import type { Identified } from './ids';
import { Locator } from './locator';
import { notListed, withoutAccount } from './notListed';
import {
  countOf,
  fill,
  follows,
  itemsOf,
  pagesOf,
  pendingOf,
  totalOf,
  unread,
  withoutProblem,
  type Branch,
} from './pages';

/** Where the store finds the accounts and their sessions. */
export interface AccountSource {
  list(): readonly Account[];
  /** @throws HttpError where the account's secrets or settings are unusable. */
  session(accountId: string): Promise<Session>;
  /** What an id of a service looks like, see `Service.idForm`. Absent: no account is asked for ids. */
  idForm?(service: string): RegExp | undefined;
  /** The ids of the accounts that came, went or changed. */
  readonly onDidChange: Event<readonly string[]>;
}

/** How a list is to be read. */
export interface LoadOptions {
  /** Ends the caller's waiting, and the reading too where nobody else waits for it. */
  readonly signal?: AbortSignal | undefined;
  /** True: read again what is known, passing by caches. What is shown stays until the answer is complete. */
  readonly refresh?: boolean;
  /** True: every page, not the first alone. */
  readonly all?: boolean;
  /** Levels to ask for in the same answers. */
  readonly deeper?: Deeper;
  /** Default: `interactive`. */
  readonly priority?: Priority;
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
}

/** A pause that the reading of a list makes, for the user to see. Without `wait`: it is over. */
export interface Pause {
  readonly path: ResourcePath;
  readonly wait?: Wait;
}

/** A reading to make: from which branch it goes on, and how many items it wants at least. */
interface Plan extends LoadOptions {
  readonly from: Branch;
  readonly wanted: number;
}

/** Lists that follow by themselves stop here, for a service might never end. The user may ask for more. */
const followLimit = 10_000;

/** Failures that are the account's own, whatever was asked for. */
const ailments: readonly HttpErrorKind[] = ['authentication', 'network', 'timeout'];

/** Even a user who asks for all gets no more than this at a time. */
const allLimit = 100_000;

/**
 * The graph of all resources that were read, for all accounts. Views render it and call it; it decides what is asked
 * of the services. Equal readings are joined, late answers dropped, and what was loaded stays when a refresh fails.
 */
export class Store implements Disposable {
  readonly #accounts: AccountSource;
  readonly #pageSize: () => number;
  /** The sessions that lists were read by, by account. */
  readonly #readers = new Map<ResourcePath, Session>();
  readonly #graph = new Graph((resource) =>
    this.#readers.get(accountPathOf(resource.path))?.shortId(resource),
  );
  readonly #locator = new Locator(({ path }) => this.session(path));
  readonly #changes = new Emitter<readonly ResourcePath[]>();
  readonly #pauses = new Emitter<Pause>();
  readonly #registration: Disposable;
  #disposed = false;

  /** The paths whose own row or rows below changed. Empty: the accounts themselves did. */
  readonly onDidChange = this.#changes.event;
  readonly onDidPause = this.#pauses.event;

  /** @param pageSize how many items to ask for at a time; asked before each reading. */
  constructor(accounts: AccountSource, pageSize: () => number) {
    this.#accounts = accounts;
    this.#pageSize = pageSize;
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
  }

  /** The accounts as resources, in the order of `AccountSource.list`. */
  accounts(): readonly Resource[] {
    return this.#accounts.list().map((account) => this.#graph.put(accountResource(account)).resource);
  }

  /** The account that a path lies in. */
  account(path: ResourcePath): Account | undefined {
    const id = accountIdOf(path);
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
    const branch = node?.branch ?? unread;
    return {
      loaded: itemsOf(branch).filter(({ resource }) => resource.kind !== 'problem').length,
      total: totalOf(branch),
      reading: node?.reading !== undefined,
      stale: branch.stale,
      dirty: branch.dirty,
      readAt: branch.readAt,
    };
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
    const node = await this.#resolve(path, options.signal);
    if (!node.resource.hasChildren) return [];
    if (options.refresh || !node.branch) this.#join(node, options);
    else if (node.branch.dirty) this.#join(node, { refresh: true, priority: 'background' });
    await settled(node, options);
    if (options.all && node.branch && pendingOf(node.branch).length > 0) await this.loadMore(path, options);
    return this.#graph.rows(node) ?? [];
  }

  /** Reads the next page of a list where paging is left to the user, or with `all` every page. */
  async loadMore(path: ResourcePath, options: LoadOptions = {}): Promise<void> {
    const node = this.#graph.get(path);
    if (!node?.branch || node.reading) return;
    const from = withoutProblem(node.branch);
    this.#begin(node, { ...options, from, wanted: countOf(from) + 1 });
    await settled(node, { ...options, all: true });
  }

  /** Tries again what failed below a path: the pages that are missing, or everything where the first one is. */
  async retry(path: ResourcePath): Promise<void> {
    const branch = this.#graph.get(path)?.branch;
    const partial = branch && !branch.stale && countOf(branch) > 0 && pendingOf(branch).length > 0;
    if (partial) await this.loadMore(path, { all: follows(branch) });
    else await this.load(path, { refresh: true });
  }

  /**
   * Reads a list again. Lists below it that were loaded are read again when somebody next looks at them.
   * @param path absent: the lists of all accounts.
   */
  async refresh(path?: ResourcePath, signal?: AbortSignal): Promise<void> {
    const paths = path ? [path] : this.accounts().map((account) => account.path);
    for (const start of paths) this.#graph.markDirty(start);
    await Promise.all(paths.map((start) => this.load(start, { refresh: true, signal })));
  }

  /**
   * Reads the status of backfills again with the fewest requests and bytes: for an account one listing call per page, for a
   * connection one call, for a dataset its own list and its connection.
   * @param path absent: all accounts.
   */
  async refreshStatus(path?: ResourcePath, signal?: AbortSignal): Promise<void> {
    const paths = path ? this.#statusSources(path) : this.accounts().map((account) => account.path);
    const work = paths.map((start) => {
      const deeper: Deeper = { levels: this.#graph.levelsBelow(start), keep: 'known' };
      return this.load(start, { refresh: true, deeper, signal });
    });
    await Promise.all(work);
  }

  /** The connections of an account that use a dataset; empty where the service cannot tell. */
  async findByDataset(
    account: ResourcePath,
    datasetId: string,
    signal?: AbortSignal,
  ): Promise<readonly Resource[]> {
    const { resource } = await this.#resolve(account, signal);
    const session = await this.session(account);
    return (await session.findByDataset?.(resource, datasetId, interactive(signal))) ?? [];
  }

  /** The loaded resources with that id, as the service writes it or in its shorter form. One id may be in several places. */
  find(id: string): readonly Resource[] {
    return this.#graph.find(id);
  }

  /** One loaded resource of each id that `find` knows. */
  identified(): Iterable<Identified> {
    return this.#graph.identified();
  }

  /**
   * The resources with that id, asked of the accounts whose service has ids of that form; empty where none has it, or
   * where it cannot be asked. What is found is not loaded. Answers count for minutes. Where accounts change meanwhile,
   * those that there are then are asked.
   * @throws the signal's reason; an `AbortError` once the store is disposed.
   */
  async locate(id: string, signal?: AbortSignal): Promise<readonly Resource[]> {
    try {
      return await this.#locate(id, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (this.#disposed || !isAbort(error)) throw error;
      return this.locate(id, signal);
    }
  }

  async #locate(id: string, signal: AbortSignal | undefined): Promise<readonly Resource[]> {
    const accounts = this.#accounts.list().filter(({ service }) => {
      return this.#accounts.idForm?.(service)?.test(id);
    });
    const work = accounts.map((account) => this.#locator.locate(accountResource(account), id, signal));
    return (await Promise.all(work)).flat();
  }

  /**
   * One page of the list below a resource, straight from the service. Nothing of it is kept: for work that goes through
   * more than the graph should hold.
   * @throws as `Session.children` does.
   */
  async page(
    parent: Resource,
    wanted: { readonly cursor?: Cursor; readonly levels: number },
    signal?: AbortSignal,
  ): Promise<Page> {
    const session = await this.session(parent.path);
    return session.children(parent, { ...wanted, size: this.#pageSize(), fresh: false }, interactive(signal));
  }

  /**
   * The resource's JSON, exactly as the service sent it.
   * @param how `background` where nobody waits for it, and who wants to see how a long text begins.
   * @throws as `Session.read` and `load` do.
   */
  async read(
    path: ResourcePath,
    signal?: AbortSignal,
    { priority = 'interactive', onBeginning }: Pick<CallOptions, 'priority' | 'onBeginning'> = {},
  ): Promise<string> {
    const { resource } = await this.#resolve(path, signal);
    const session = await this.session(path);
    return session.read(resource, { ...interactive(signal), priority }, onBeginning);
  }

  /**
   * Brings resources up to date that are known, where the answer to another question told of them. Later readings know
   * better: what was read since stays as it is. Fires for those alone that are not as they were.
   * @param askedAt when the question was asked, in milliseconds since 1970.
   */
  put(resources: readonly Resource[], askedAt: number): void {
    const changed = resources.filter((resource) => this.#graph.replace(resource, askedAt));
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
   * Notes how an account does, for its row to show: that it cannot sign in or be reached, or that it answers again.
   * @param error what a request failed with; undefined where it was answered.
   */
  note(account: ResourcePath, error: unknown): void {
    const node = this.#node(account);
    const saved = this.account(account);
    const ailing = error instanceof HttpError && ailments.includes(error.kind);
    if (!node || !saved || (error !== undefined && !ailing)) return;
    const word = ailing ? problemOf(error).what : undefined;
    if (node.resource.status?.word === word) return;
    const well = accountResource(saved);
    node.resource = word === undefined ? well : { ...well, status: { state: 'failed', word } };
    this.#changes.fire([account]);
  }

  /** The session of the account that a path lies in. */
  session(path: ResourcePath): Promise<Session> {
    return this.#accounts.session(accountIdOf(path));
  }

  /** Loads what leads to a path, so that it can be shown. @throws HttpError `notFound` where it leads nowhere. */
  async resolve(path: ResourcePath, signal?: AbortSignal): Promise<Resource> {
    return (await this.#resolve(path, signal)).resource;
  }

  /** @param wanted what is looked for: the path itself, or one below it. */
  async #resolve(path: ResourcePath, signal: AbortSignal | undefined, wanted = path): Promise<Node> {
    const known = this.#node(path);
    if (known) return known;
    const parent = parentPath(path);
    if (!parent) throw withoutAccount();
    const { resource } = await this.#resolve(parent, signal, wanted);
    await this.load(parent, { signal });
    if (!this.#graph.get(path)) await this.load(parent, { all: true, signal });
    const found = this.#graph.get(path);
    if (found) return found;
    throw notListed(resource, path, wanted, this.#graph.get(parent)?.branch?.problem);
  }

  #forget(accountId: string): void {
    const path = accountPath(accountId);
    this.#graph.forget([path]);
    this.#readers.delete(path);
  }

  /** A known node. Accounts are always known. */
  #node(path: ResourcePath): Node | undefined {
    const known = this.#graph.get(path);
    if (known || parentPath(path)) return known;
    const account = this.account(path);
    return account && this.#graph.put(accountResource(account));
  }

  /** Where the status of a resource is told: its connection, and for a dataset or a backfill the list of backfills. */
  #statusSources(path: ResourcePath): readonly ResourcePath[] {
    const kind = this.get(path)?.kind;
    const parent = parentPath(path);
    if (kind === 'account' || kind === 'connection' || !parent) return [path];
    return kind === 'dataset' ? [parent, path] : this.#statusSources(parent);
  }

  /** Begins a reading, or joins the one under way where that one is as good. */
  #join(node: Node, options: LoadOptions): void {
    const { reading } = node;
    const alive = reading && !reading.controller.signal.aborted ? reading : undefined;
    const covered =
      alive && (alive.fresh || !options.refresh) && alive.levels >= (options.deeper?.levels ?? 0);
    if (covered) return;
    this.#begin(node, { ...options, from: unread, wanted: countOf(node.branch ?? unread) });
  }

  #begin(node: Node, plan: Plan): void {
    node.reading?.controller.abort();
    const controller = new AbortController();
    let showFirst = (): void => undefined;
    const first = new Promise<void>((resolve) => (showFirst = resolve));
    const reading: Reading = {
      controller,
      first,
      done: this.#readPages(node, plan, controller.signal, showFirst)
        .catch((error: unknown) => {
          if (controller.signal.aborted) return;
          node.branch = failed(node.branch ?? unread, plan, error);
          this.note(accountPath(accountIdOf(node.resource.path)), error);
        })
        .finally(() => {
          showFirst();
          if (node.reading !== reading) return;
          delete node.reading;
          this.#pauses.fire({ path: node.resource.path });
          this.#changes.fire([node.resource.path]);
        }),
      fresh: plan.refresh ?? false,
      levels: plan.deeper?.levels ?? 0,
      waiters: 0,
    };
    node.reading = reading;
  }

  async #readPages(node: Node, plan: Plan, signal: AbortSignal, showFirst: () => void): Promise<void> {
    // Loaded pages stay on screen until all of them were read again; on a first reading each shows as it comes.
    const swap = plan.from === unread && pagesOf(node.branch ?? unread).length > 0;
    let branch = plan.from;
    const session = await this.session(node.resource.path);
    this.#readers.set(accountPathOf(node.resource.path), session);
    const readPage = async (cursor: Cursor | undefined, priority: Priority): Promise<void> => {
      const page = await session.children(node.resource, this.#request(cursor, plan), {
        signal,
        priority,
        onWait: (wait) => {
          this.#pauses.fire({ path: node.resource.path, wait });
        },
      });
      signal.throwIfAborted();
      this.note(accountPath(accountIdOf(node.resource.path)), undefined);
      branch = fill(branch, cursor, this.#graph.adopt(node, page, plan.deeper), Date.now());
      if (!swap) this.#show(node, branch);
    };
    if (plan.from === unread) await readPage(undefined, plan.priority ?? 'interactive');
    if (!swap) showFirst();
    for (let next = due(branch, plan); next.length > 0; next = due(branch, plan)) {
      await everyOne(next.map((cursor) => readPage(cursor, plan.all ? 'interactive' : 'background')));
    }
    this.#graph.prune(node, branch);
    this.#show(node, branch);
  }

  #request(cursor: Cursor | undefined, plan: Plan): Parameters<Session['children']>[1] {
    return {
      ...(cursor && { cursor }),
      size: this.#pageSize(),
      fresh: plan.refresh ?? false,
      levels: plan.deeper?.levels ?? 0,
    };
  }

  #show(node: Node, branch: Branch): void {
    node.branch = branch;
    this.#changes.fire([node.resource.path]);
  }
}

function accountResource(account: Account): Resource {
  return {
    path: accountPath(account.id),
    kind: 'account',
    id: account.id,
    label: account.name,
    hasChildren: true,
    traits: { service: account.service, ...(account.production && { production: 'true' }) },
  };
}

/** The pages to read next: all of those known, or one at a time where the user decides. */
function due(branch: Branch, plan: Plan): readonly Cursor[] {
  const pending = pendingOf(branch);
  const count = countOf(branch);
  if (plan.all) return count < allLimit ? pending : [];
  if (follows(branch)) return count < Math.max(followLimit, plan.wanted) ? pending : [];
  return count < plan.wanted ? pending.slice(0, 1) : [];
}

/** The branch after a reading that failed: with what was shown, and the reason. */
function failed(shown: Branch, plan: Plan, error: unknown): Branch {
  const stale = plan.from === unread && pagesOf(shown).length > 0 && plan.refresh === true;
  return { ...shown, problem: problemOf(error), stale, dirty: false };
}

/** Waits for all of them, then fails if one did: one lost page does not cost the others. */
async function everyOne(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}

/** Waits for as much of a node's reading as the caller needs, also where another reading takes its place meanwhile. */
async function settled(node: Node, options: LoadOptions): Promise<void> {
  const complete = options.all === true || options.refresh === true;
  while (node.reading && (complete || !node.branch)) await joined(node.reading, complete, options.signal);
}

/** Waits as one of a reading's callers. The last one that gives up cancels it. */
async function joined(reading: Reading, complete: boolean, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  reading.waiters++;
  const promise = complete ? reading.done : reading.first;
  if (!signal) return promise;
  let giveUp = (): void => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    giveUp = () => {
      if (--reading.waiters === 0) reading.controller.abort(signal.reason);
      reject(signal.reason as Error);
    };
  });
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    await Promise.race([promise, cancelled]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function interactive(signal: AbortSignal | undefined): { priority: Priority; signal?: AbortSignal } {
  return { priority: 'interactive', ...(signal && { signal }) };
}
