import type { Clock } from '../../core/base/clock';
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

/** What the poller works with. */
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
  >;
  readonly book: Pick<
    RunRegistry,
    'live' | 'expect' | 'expectUnnamed' | 'apply' | 'syncWith' | 'onDidChange'
  >;
  readonly watches: Pick<WatchList, 'list' | 'has' | 'covers' | 'rescan' | 'onDidChange'>;
  readonly clock: Clock;
  /** Milliseconds between two questions to one account. */
  readonly interval: () => number;
  /** Called with every answer after the book took it in. */
  readonly onDidAnswer?: (told: RunUpdate, askedAt: number) => void;
}

/** In a window in the background, everything is asked this many times less often. */
const BACKGROUND_FACTOR = 5;

/** No wait becomes longer, however often an account fails. */
const MAX_WAIT_MS = 3_600_000;

/** Changes are gathered for so long before they are looked at. */
const LOOK_DEBOUNCE_MS = 200;

/** The polling of one account. */
interface Loop {
  readonly account: Resource;
  readonly runs: Runs;
  /** When it was last asked, in milliseconds since 1970. */
  askedAt: number;
  failures: number;
  /** Which part of the work comes next, where one request does not tell of all. */
  turn: number;
  /** What was watched when the wait was last counted: anything else is news. */
  known: ReadonlySet<ResourcePath>;
  /** True if there were news since it was asked. */
  urgent: boolean;
  /** The watched resources that were asked for. */
  looked: ReadonlySet<ResourcePath>;
  asking: boolean;
  cancel: (() => void) | undefined;
}

/**
 * Asks how live work stands that somebody looks at, and whether work began in what is watched: one request an interval
 * and account. Brings the store up to date. It waits longer in a window in the background and after failures, and not at
 * all if nothing is watched and nothing runs, or nobody looks: then no timer runs either.
 */
export class Poller implements Disposable {
  readonly #loops = new Map<ResourcePath, Loop>();
  /** By newly watched path, what was known at and below it when it was chosen. */
  readonly #shown = new Map<ResourcePath, readonly Resource[]>();
  readonly #controller = new AbortController();
  readonly #registrations: readonly Disposable[];
  #gathering: (() => void) | undefined;

  constructor(private readonly context: PollerContext) {
    const { store, scope, watches, book } = context;
    const look = (): void => {
      this.#lookSoon();
    };
    this.#registrations = [
      store.onDidChange(() => {
        book.syncWith((path) => store.get(path));
        look();
      }),
      book.onDidChange(look),
      scope.onDidChange(look),
      watches.onDidChange((paths) => {
        this.#noteShown(paths);
        look();
      }),
    ];
    this.#noteShown(watches.list());
    look();
  }

  dispose(): void {
    this.#controller.abort();
    this.#gathering?.();
    for (const loop of this.#loops.values()) loop.cancel?.();
    for (const registration of this.#registrations) registration.dispose();
  }

  #lookSoon(): void {
    this.#gathering ??= this.context.clock.after(LOOK_DEBOUNCE_MS, () => {
      this.#gathering = undefined;
      void this.#look();
    });
  }

  /** Sets the timers of all accounts again. */
  async #look(): Promise<void> {
    const accounts = this.context.store.accounts();
    const paths = new Set(accounts.map(({ path }) => path));
    for (const path of this.#loops.keys()) if (!paths.has(path)) this.#drop(path);
    for (const path of this.#shown.keys()) if (!paths.has(getAccountPath(path))) this.#shown.delete(path);
    await Promise.all(accounts.map((account) => this.#open(account)));
    for (const loop of this.#loops.values()) {
      this.#expectShown(loop);
      this.#plan(loop);
    }
  }

  /** Keeps what the user saw of resources when they were chosen: its work may end before it is first asked about. */
  #noteShown(paths: readonly ResourcePath[]): void {
    const { store, watches } = this.context;
    for (const path of paths) {
      const row = store.get(path);
      if (row && watches.has(path)) this.#shown.set(path, [row, ...rowsBelow(path, store)]);
      else this.#shown.delete(path);
    }
  }

  /** Has the book expect the end of all that was shown at work when it was chosen. */
  #expectShown({ account, runs }: Loop): void {
    const { book } = this.context;
    for (const [watched, rows] of this.#shown) {
      if (getAccountPath(watched) !== account.path) continue;
      this.#shown.delete(watched);
      const live = rows.filter((row) => runs.isActive(row));
      const named = live.map(({ path }) => path).filter(isRunPath);
      book.expect(named);
      book.expectUnnamed(watched, countWork(live, runs) - named.length);
    }
  }

  /** Opens a session only where the user has looked into the account, sees work of it or watches something of it. */
  async #open(account: Resource): Promise<void> {
    const { store, book, watches, scope } = this.context;
    const wanted =
      store.rows(account.path) !== undefined ||
      watches.list().some((path) => isWithin(path, account.path)) ||
      (scope.runsVisible && book.live(account.path).length > 0);
    if (!wanted) return;
    const session = await store.session(account.path).catch(() => undefined);
    const known = this.#loops.get(account.path);
    if (!session?.runs || known?.runs === session.runs || this.#controller.signal.aborted) return;
    this.#drop(account.path);
    this.#loops.set(account.path, {
      account,
      runs: session.runs,
      askedAt: 0,
      failures: 0,
      turn: 0,
      known: new Set(),
      urgent: false,
      looked: new Set(),
      asking: false,
      cancel: undefined,
    });
  }

  #drop(path: ResourcePath): void {
    this.#loops.get(path)?.cancel?.();
    this.#loops.delete(path);
  }

  #plan(loop: Loop): void {
    const { clock, book, watches } = this.context;
    const current = this.#loops.get(loop.account.path) === loop;
    if (loop.asking || !current || this.#controller.signal.aborted) return;
    loop.cancel?.();
    loop.cancel = undefined;
    const { live, idle, watchedRuns } = this.#work(loop);
    book.expect(watchedRuns);
    if (live.length + idle.length === 0) return;
    loop.cancel = clock.after(Math.max(0, this.#dueAt(loop) - clock.now()), () => {
      loop.cancel = undefined;
      // Another window may have ended the watch, and not every system tells of it at once.
      watches.rescan();
      void this.#ask(loop);
    });
  }

  /**
   * When the account is to be asked. A list that was read is as good as an answer, so the wait counts from it too; but what
   * is newly watched is asked for at once.
   */
  #dueAt(loop: Loop): number {
    const { store, watches } = this.context;
    const { path } = loop.account;
    const watched = new Set(watches.list().filter((each) => isWithin(each, path)));
    loop.urgent ||= [...watched].some((each) => !loop.known.has(each));
    loop.known = watched;
    loop.looked = new Set([...loop.looked].filter((each) => watched.has(each)));
    if (loop.urgent && loop.failures === 0) return 0;
    const isLooked = loop.looked.size === watched.size;
    return Math.max(loop.askedAt, isLooked ? (store.state(path).readAt ?? 0) : 0) + this.#wait(loop);
  }

  #wait({ failures }: Loop): number {
    const { interval, scope } = this.context;
    return Math.min(MAX_WAIT_MS, interval() * (scope.focused ? 1 : BACKGROUND_FACTOR) * 2 ** failures);
  }

  #work({ account, runs, looked }: Loop): ActiveRuns {
    return findActiveRuns(account.path, runs, this.context, looked);
  }

  /** What to ask for next. Work that runs does not wait for all that might begin: each has every second turn. */
  #nextPart(loop: Loop): readonly ResourcePath[] | undefined {
    const { live, idle } = this.#work(loop);
    const { runs, turn } = loop;
    const all = runs.batches([...live, ...idle]);
    if (all.length <= 1 || live.length === 0 || idle.length === 0) return all[turn % Math.max(1, all.length)];
    const parts = runs.batches(turn % 2 === 0 ? live : idle);
    return parts[Math.floor(turn / 2) % Math.max(1, parts.length)];
  }

  async #ask(loop: Loop): Promise<void> {
    const { clock, store, book, onDidAnswer } = this.context;
    const { account, runs } = loop;
    const within = this.#nextPart(loop);
    if (!within) return;
    const askedAt = clock.now();
    Object.assign(loop, { asking: true, urgent: false, askedAt, turn: loop.turn + 1 });
    try {
      const call = { priority: 'background', signal: this.#controller.signal } as const;
      const report = await runs.fetchRuns(account, within, call);
      loop.failures = 0;
      loop.looked = new Set([...loop.looked, ...within]);
      const told = { account: account.path, within, runs, report };
      book.apply(told);
      onDidAnswer?.(told, askedAt);
      await applyToStore(store, told, askedAt);
    } catch (error) {
      loop.failures += 1;
      store.reportHealth(account.path, error);
    } finally {
      loop.asking = false;
      this.#plan(loop);
    }
  }
}

/** All that is loaded below a path. */
function rowsBelow(path: ResourcePath, store: Pick<Store, 'rows'>): readonly Resource[] {
  return (store.rows(path) ?? []).flatMap((row) => [row, ...rowsBelow(row.path, store)]);
}

/** How much work resources that are live stand for: what lies below another one of them is part of that. */
function countWork(live: readonly Resource[], runs: Runs): number {
  const paths = new Set(live.map(({ path }) => path));
  const outermost = live.filter(
    ({ path }) => !ancestry(path).some((above) => above !== path && paths.has(above)),
  );
  return outermost.reduce((sum, row) => sum + (isRunPath(row.path) ? 1 : (runs.countActive?.(row) ?? 1)), 0);
}
