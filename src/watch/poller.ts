import type { Disposable } from '../services/emitter';
import { isWithin, type ResourcePath } from '../services/path';
import type { Runs } from '../services/runs';
import type { Resource } from '../services/service';
import type { Store } from '../store/store';
import type { Clock } from './clock';
import { bringUpToDate } from './bringUpToDate';
import { liveWork, type Surroundings } from './liveWork';
import type { RunBook, Told } from './runBook';
import type { Watches } from './watches';

/** What the poller works with. */
export interface PollerContext extends Surroundings {
  readonly store: Pick<
    Store,
    'accounts' | 'get' | 'rows' | 'rootPath' | 'state' | 'session' | 'put' | 'add' | 'note' | 'onDidChange'
  >;
  readonly book: Pick<RunBook, 'live' | 'take' | 'observe' | 'onDidChange'>;
  readonly watches: Pick<Watches, 'list' | 'onDidChange'>;
  readonly clock: Clock;
  /** Milliseconds between two questions to one account. */
  readonly interval: () => number;
  /** Called with every answer after the book took it in. */
  readonly onDidAnswer?: (told: Told, askedAt: number) => void;
}

/** In a window in the background, everything is asked this many times less often. */
const unfocused = 5;
/** No wait becomes longer than an hour, in milliseconds, however often an account fails. */
const longest = 3_600_000;
/** Changes are gathered for so many milliseconds before they are looked at. */
const gathering = 200;

/** The polling of one account. */
interface Loop {
  readonly account: Resource;
  readonly runs: Runs;
  /** When it was last asked, in milliseconds since 1970. */
  askedAt: number;
  failures: number;
  /** Which part of the work comes next, where one request does not tell of all. */
  turn: number;
  readonly looked: Set<ResourcePath>;
  asking: boolean;
  cancel: (() => void) | undefined;
}

/**
 * Asks how live work stands that somebody looks at, one request an interval and account, and brings the store up to date.
 * It waits longer in a window in the background and after failures, and not at all where nothing runs or nobody looks:
 * then no timer runs either.
 */
export class Poller implements Disposable {
  readonly #context: PollerContext;
  readonly #loops = new Map<ResourcePath, Loop>();
  readonly #controller = new AbortController();
  readonly #registrations: readonly Disposable[];
  #gathering: (() => void) | undefined;
  #focused: boolean;

  constructor(context: PollerContext) {
    const { store, scope, watches, book } = context;
    this.#context = context;
    this.#focused = scope.focused;
    const look = (): void => {
      this.#lookSoon();
    };
    this.#registrations = [
      store.onDidChange(() => {
        book.observe((path) => store.get(path));
        look();
      }),
      book.onDidChange(look),
      scope.onDidChange(look),
      watches.onDidChange(look),
    ];
    look();
  }

  dispose(): void {
    this.#controller.abort();
    this.#gathering?.();
    for (const loop of this.#loops.values()) loop.cancel?.();
    for (const registration of this.#registrations) registration.dispose();
  }

  #lookSoon(): void {
    this.#gathering ??= this.#context.clock.after(gathering, () => {
      this.#gathering = undefined;
      void this.#look();
    });
  }

  /** Sets the timers of all accounts anew. */
  async #look(): Promise<void> {
    const { store, scope } = this.#context;
    if (scope.focused && !this.#focused) this.#lookAgain();
    this.#focused = scope.focused;
    const accounts = store.accounts();
    const paths = new Set(accounts.map(({ path }) => path));
    for (const path of this.#loops.keys()) if (!paths.has(path)) this.#drop(path);
    await Promise.all(accounts.map((account) => this.#open(account)));
    for (const loop of this.#loops.values()) this.#plan(loop);
  }

  /** Opens a session only where the user has looked into the account, sees work of it or watches something of it. */
  async #open(account: Resource): Promise<void> {
    const { store, book, watches, scope } = this.#context;
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
      looked: new Set(),
      asking: false,
      cancel: undefined,
    });
  }

  #drop(path: ResourcePath): void {
    this.#loops.get(path)?.cancel?.();
    this.#loops.delete(path);
  }

  /** Somebody is back after long: what is watched may have begun to work meanwhile. */
  #lookAgain(): void {
    const { clock, interval } = this.#context;
    for (const loop of this.#loops.values()) {
      if (clock.now() - loop.askedAt >= interval() * unfocused) loop.looked.clear();
    }
  }

  /** A list that was read is as good as an answer, so the wait counts from it too; but what is newly watched is asked for. */
  #plan(loop: Loop): void {
    const { clock, store, watches } = this.#context;
    const current = this.#loops.get(loop.account.path) === loop;
    if (loop.asking || !current || this.#controller.signal.aborted) return;
    loop.cancel?.();
    loop.cancel = undefined;
    if (this.#work(loop).length === 0) return;
    const { path } = loop.account;
    const news = watches.list().some((watched) => isWithin(watched, path) && !loop.looked.has(watched));
    const told = Math.max(loop.askedAt, news ? 0 : (store.state(path).readAt ?? 0));
    loop.cancel = clock.after(Math.max(0, told + this.#wait(loop) - clock.now()), () => {
      loop.cancel = undefined;
      void this.#ask(loop);
    });
  }

  #wait({ failures }: Loop): number {
    const { interval, scope } = this.#context;
    return Math.min(longest, interval() * (scope.focused ? 1 : unfocused) * 2 ** failures);
  }

  #work({ account, runs, looked }: Loop): readonly ResourcePath[] {
    return liveWork(account.path, runs, this.#context, looked);
  }

  async #ask(loop: Loop): Promise<void> {
    const { clock, store, book, onDidAnswer } = this.#context;
    const { account, runs } = loop;
    const parts = runs.parts(this.#work(loop));
    const within = parts[loop.turn % Math.max(1, parts.length)];
    if (!within) return;
    const askedAt = clock.now();
    Object.assign(loop, { asking: true, askedAt, turn: loop.turn + 1 });
    try {
      const call = { priority: 'background', signal: this.#controller.signal } as const;
      const report = await runs.current(account, within, call);
      loop.failures = 0;
      for (const path of within) loop.looked.add(path);
      const told = { account: account.path, within, runs, report };
      book.take(told);
      onDidAnswer?.(told, askedAt);
      bringUpToDate(store, told, askedAt);
    } catch (error) {
      loop.failures += 1;
      store.note(account.path, error);
    } finally {
      loop.asking = false;
      this.#plan(loop);
    }
  }
}
