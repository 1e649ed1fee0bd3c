import type { Clock } from '../../core/base/clock';
import { DisposableStore } from '../../core/base/disposableStore';
import type { Disposable } from '../../core/base/emitter';
import {
  getAccountPath,
  ancestry,
  isWithin,
  type ResourcePath,
  isRunPath,
} from '../../core/services/contract/path';
import type { Runs } from '../../core/services/contract/runs';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { applyToStore } from './applyToStore';
import { findActiveRuns, type ActiveRuns, type ActiveRunContext } from './activeRuns';
import type { RunRegistry, RunUpdate } from './runRegistry';
import type { WatchList } from './watchList';

export interface PollerContext extends ActiveRunContext {
  readonly store: Pick<
    Store,
    | 'accounts'
    | 'get'
    | 'rows'
    | 'rootPath'
    | 'state'
    | 'session'
    | 'put'
    | 'add'
    | 'reportHealth'
    | 'onDidChange'
    | 'onDidAnswer'
  >;
  readonly registry: Pick<
    RunRegistry,
    'activePaths' | 'expect' | 'expectUnnamed' | 'apply' | 'syncWith' | 'onDidChange'
  >;
  readonly watches: Pick<WatchList, 'list' | 'has' | 'covers' | 'rescan' | 'onDidChange'>;
  readonly clock: Clock;
  /** Milliseconds between two requests for the same account. */
  readonly interval: () => number;
  /** Called for every answer, after the registry has applied it. */
  readonly onDidAnswer?: (update: RunUpdate, askedAt: number) => void;
}

/** Windows in the background poll this many times less often. */
const BACKGROUND_FACTOR = 5;

/** The longest wait, regardless of failures. */
const MAX_WAIT_MS = 3_600_000;

const UPDATE_DEBOUNCE_MS = 200;

/** The polling of one account. */
interface Loop {
  readonly account: Resource;
  readonly runs: Runs;
  /** The time of the last request, in milliseconds since 1970. */
  polledAt: number;
  /** Of its polls, since one succeeded. */
  failures: number;
  /** Those among them that followed another answer of the account. */
  refusals: number;
  /** True if the account has answered something else since the last failure: an outage is over. */
  hasAnswered: boolean;
  /** The next batch, if one request does not cover everything. */
  turn: number;
  /** The watched resources when the wait was last computed. Any others are new. */
  watched: ReadonlySet<ResourcePath>;
  /** True if something was newly watched since the last request. */
  isUrgent: boolean;
  /** The watched resources that were polled. */
  polled: ReadonlySet<ResourcePath>;
  isPolling: boolean;
  cancel: (() => void) | undefined;
}

/**
 * Polls the active runs that the user sees or watches, and watched resources where runs may start, with one request per
 * interval and account, and updates the store. Waits longer in background windows and after failures. If nothing is
 * watched and nothing is running or visible, no timer runs.
 */
export class Poller implements Disposable {
  readonly #loops = new Map<ResourcePath, Loop>();
  /** What was known at and below a newly watched path when it was selected. */
  readonly #shown = new Map<ResourcePath, readonly Resource[]>();
  readonly #controller = new AbortController();
  readonly #registrations = new DisposableStore();
  #cancelUpdate: (() => void) | undefined;

  constructor(private readonly context: PollerContext) {
    const { store, scope, watches, registry } = context;
    const updateSoon = (): void => {
      this.#updateSoon();
    };
    this.#registrations.add(
      store.onDidChange(() => {
        registry.syncWith((path) => store.get(path));
        updateSoon();
      }),
      registry.onDidChange(updateSoon),
      scope.onDidChange(updateSoon),
      store.onDidAnswer((account) => {
        this.#endOutage(account);
      }),
      watches.onDidChange((paths) => {
        this.#recordShown(paths);
        updateSoon();
      }),
    );
    this.#recordShown(watches.list());
    updateSoon();
  }

  /** When an account was polled last, in milliseconds since 1970. @returns undefined if nothing of it is polled now. */
  polledAt(account: ResourcePath): number | undefined {
    const loop = this.#loops.get(account);
    return loop && (loop.cancel || loop.isPolling) ? loop.polledAt : undefined;
  }

  dispose(): void {
    this.#controller.abort();
    this.#cancelUpdate?.();
    for (const loop of this.#loops.values()) loop.cancel?.();
    this.#registrations.dispose();
  }

  #updateSoon(): void {
    this.#cancelUpdate ??= this.context.clock.after(UPDATE_DEBOUNCE_MS, () => {
      this.#cancelUpdate = undefined;
      void this.#update();
    });
  }

  /** Reschedules all accounts. */
  async #update(): Promise<void> {
    const accounts = this.context.store.accounts();
    const paths = new Set(accounts.map(({ path }) => path));
    for (const path of this.#loops.keys()) if (!paths.has(path)) this.#drop(path);
    for (const path of this.#shown.keys()) if (!paths.has(getAccountPath(path))) this.#shown.delete(path);
    await Promise.all(accounts.map((account) => this.#open(account)));
    for (const loop of this.#loops.values()) {
      this.#expectShown(loop);
      this.#schedule(loop);
    }
  }

  /** Records what the user saw of newly watched resources: their runs may end before the first request. */
  #recordShown(paths: readonly ResourcePath[]): void {
    const { store, watches } = this.context;
    for (const path of paths) {
      const row = store.get(path);
      if (row && watches.has(path)) this.#shown.set(path, [row, ...rowsBelow(path, store)]);
      else this.#shown.delete(path);
    }
  }

  /** Makes the registry expect the end of all runs that were shown as active when they were selected. */
  #expectShown({ account, runs }: Loop): void {
    const { registry } = this.context;
    for (const [watched, rows] of this.#shown) {
      if (getAccountPath(watched) !== account.path) continue;
      this.#shown.delete(watched);
      const active = rows.filter((row) => runs.isActive(row));
      const named = active.map(({ path }) => path).filter(isRunPath);
      registry.expect(named);
      registry.expectUnnamed(watched, countWork(active, runs) - named.length);
    }
  }

  /** Opens a session only if the user has opened the account, sees its runs or watches something in it. */
  async #open(account: Resource): Promise<void> {
    const { store, registry, watches, scope } = this.context;
    const wanted =
      store.rows(account.path) !== undefined ||
      watches.list().some((path) => isWithin(path, account.path)) ||
      (scope.runsVisible && registry.activePaths(account.path).length > 0);
    if (!wanted) return;
    const session = await store.session(account.path).catch(() => undefined);
    const known = this.#loops.get(account.path);
    if (!session?.runs || known?.runs === session.runs || this.#controller.signal.aborted) return;
    this.#drop(account.path);
    this.#loops.set(account.path, {
      account,
      runs: session.runs,
      polledAt: 0,
      failures: 0,
      refusals: 0,
      hasAnswered: false,
      turn: 0,
      watched: new Set(),
      isUrgent: false,
      polled: new Set(),
      isPolling: false,
      cancel: undefined,
    });
  }

  #drop(path: ResourcePath): void {
    this.#loops.get(path)?.cancel?.();
    this.#loops.delete(path);
  }

  #schedule(loop: Loop): void {
    const { clock, registry, watches } = this.context;
    const current = this.#loops.get(loop.account.path) === loop;
    if (loop.isPolling || !current || this.#controller.signal.aborted) return;
    loop.cancel?.();
    loop.cancel = undefined;
    const { active, idle, watchedRuns } = this.#findRuns(loop);
    registry.expect(watchedRuns);
    if (active.length + idle.length === 0) return;
    loop.cancel = clock.after(Math.max(0, this.#dueAt(loop) - clock.now()), () => {
      loop.cancel = undefined;
      // A list that was read meanwhile is told of only if it has changed.
      if (this.#dueAt(loop) > clock.now()) {
        this.#schedule(loop);
        return;
      }
      // Another window may have stopped watching, and not every system reports that immediately.
      watches.rescan();
      void this.#poll(loop);
    });
  }

  /**
   * When the account is due, in milliseconds since 1970. A loaded list is as good as an answer, so the wait counts from
   * it as well. What is newly watched is due immediately.
   */
  #dueAt(loop: Loop): number {
    const { store, watches, clock } = this.context;
    const { path } = loop.account;
    const watched = new Set(watches.list().filter((each) => isWithin(each, path)));
    loop.isUrgent ||= [...watched].some((each) => !loop.watched.has(each));
    loop.watched = watched;
    loop.polled = new Set([...loop.polled].filter((each) => watched.has(each)));
    if (loop.isUrgent && loop.failures === 0) return 0;
    const isPolled = loop.polled.size === watched.size;
    const { reading, readAt = 0 } = store.state(path);
    // The list that is being read is an answer soon.
    const listedAt = reading ? clock.now() : readAt;
    return Math.max(loop.polledAt, isPolled ? listedAt : 0) + this.#wait(loop);
  }

  #wait({ failures, refusals, hasAnswered }: Loop): number {
    const { interval, scope } = this.context;
    const factor = 2 ** (hasAnswered ? refusals : failures);
    return Math.min(MAX_WAIT_MS, interval() * (scope.focused ? 1 : BACKGROUND_FACTOR) * factor);
  }

  /** What is watched does not wait long because of an outage that is over. */
  #endOutage(account: ResourcePath): void {
    const loop = this.#loops.get(account);
    if (!loop || loop.failures === 0 || loop.hasAnswered || loop.isPolling) return;
    loop.hasAnswered = true;
    this.#schedule(loop);
  }

  #findRuns({ account, runs, polled }: Loop): ActiveRuns {
    return findActiveRuns(account.path, runs, this.context, polled);
  }

  /** The next batch. Active runs do not wait for everything that might start: they get every second turn. */
  #nextBatch(loop: Loop): readonly ResourcePath[] | undefined {
    const { active, idle } = this.#findRuns(loop);
    const { runs, turn } = loop;
    const all = runs.batches([...active, ...idle]);
    if (all.length <= 1 || active.length === 0 || idle.length === 0)
      return all[turn % Math.max(1, all.length)];
    const parts = runs.batches(turn % 2 === 0 ? active : idle);
    return parts[Math.floor(turn / 2) % Math.max(1, parts.length)];
  }

  async #poll(loop: Loop): Promise<void> {
    const { clock, store, registry, onDidAnswer } = this.context;
    const { account, runs } = loop;
    const within = this.#nextBatch(loop);
    if (!within) return;
    const askedAt = clock.now();
    loop.isPolling = true;
    loop.isUrgent = false;
    loop.polledAt = askedAt;
    loop.turn += 1;
    try {
      const call = { priority: 'background', signal: this.#controller.signal } as const;
      const report = await runs.fetchRuns(account, within, call);
      Object.assign(loop, { failures: 0, refusals: 0, hasAnswered: false });
      loop.polled = new Set([...loop.polled, ...within]);
      const update = { account: account.path, within, runs, report };
      registry.apply(update);
      onDidAnswer?.(update, askedAt);
      await applyToStore(store, update, askedAt);
    } catch (error) {
      loop.failures += 1;
      if (loop.hasAnswered) loop.refusals += 1;
      loop.hasAnswered = false;
      store.reportHealth(account.path, error);
    } finally {
      loop.isPolling = false;
      this.#schedule(loop);
    }
  }
}

/** Everything loaded below a path. */
function rowsBelow(path: ResourcePath, store: Pick<Store, 'rows'>): readonly Resource[] {
  return (store.rows(path) ?? []).flatMap((row) => [row, ...rowsBelow(row.path, store)]);
}

/** The number of runs that active resources represent. Those below another active resource are part of it. */
function countWork(active: readonly Resource[], runs: Runs): number {
  const paths = new Set(active.map(({ path }) => path));
  const outermost = active.filter(
    ({ path }) => !ancestry(path).some((above) => above !== path && paths.has(above)),
  );
  return outermost.reduce((sum, row) => sum + (isRunPath(row.path) ? 1 : (runs.countActive?.(row) ?? 1)), 0);
}
