import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../core/base/clock';
import { DisposableStore } from '../../core/base/disposableStore';
import type { Disposable } from '../../core/base/emitter';
import type { HttpErrorKind } from '../../core/http/errors';
import type { Problem } from '../../core/services/contract/resource';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';
import type { VisibleScope } from './activeRuns';

export interface AutoRefreshContext {
  readonly store: Pick<Store, 'accounts' | 'rows' | 'state' | 'getFailure' | 'load' | 'onDidChange'>;
  readonly scope: Pick<VisibleScope, 'focused' | 'treeVisible' | 'onDidChange'>;
  readonly clock: Clock;
  /** Milliseconds between two requests for the same account; 0: off. */
  readonly interval: () => number;
  /** When the runs of an account were polled last, if they are polled now, in milliseconds since 1970. */
  readonly polledAt: (account: ResourcePath) => number | undefined;
}

/** While nothing changes, the wait doubles this many times: up to eight intervals. */
const MAX_DOUBLINGS = 3;

/** A list that is due while the runs of its account are polled waits for this many intervals, and takes one of the polls. */
const POLLED_FACTOR = 5;

/** What is known of an account. */
interface Pace {
  /** The time of the last request of this class, in milliseconds since 1970. */
  readonly askedAt: number;
  /** When the list was read that it brought. Any other time: somebody has refreshed the list since. */
  readonly readAt: number | undefined;
  /** How many answers in a row brought nothing new. */
  readonly quiet: number;
}

const UNASKED: Pace = { askedAt: 0, readAt: undefined, quiet: 0 };

/**
 * Reads the lists of connections again, as long as they are on screen in the window that has the focus: one list an
 * interval and account, which is one request for each page. The wait doubles while nothing changes. A list that a person
 * has to repair is left alone until it was read again, and one whose runs are polled waits longer. If nothing is due,
 * no timer runs.
 */
export class AutoRefresh implements Disposable {
  readonly #paces = new Map<ResourcePath, Pace>();
  readonly #controller = new AbortController();
  readonly #registrations = new DisposableStore();
  #cancel: (() => void) | undefined;
  #isAsking = false;
  #wasOnScreen = false;

  constructor(private readonly context: AutoRefreshContext) {
    const schedule = (): void => {
      this.#schedule();
    };
    this.#registrations.add(context.store.onDidChange(schedule), context.scope.onDidChange(schedule));
    schedule();
  }

  dispose(): void {
    this.#controller.abort();
    this.#cancel?.();
    this.#registrations.dispose();
  }

  #schedule(): void {
    const { clock, scope, interval } = this.context;
    this.#cancel?.();
    this.#cancel = undefined;
    const isOnScreen = scope.focused && scope.treeVisible;
    // Who comes back wants to see what is new.
    if (isOnScreen && !this.#wasOnScreen) this.#forgetQuiet();
    this.#wasOnScreen = isOnScreen;
    if (!isOnScreen || interval() === 0 || this.#isAsking || this.#controller.signal.aborted) return;
    const [next] = this.#candidates().toSorted((a, b) => this.#dueAt(a) - this.#dueAt(b));
    if (next === undefined) return;
    this.#cancel = clock.after(Math.max(0, this.#dueAt(next) - clock.now()), () => {
      this.#cancel = undefined;
      // Its runs may have been polled, or somebody may have refreshed it.
      if (this.#dueAt(next) > clock.now()) this.#schedule();
      else void this.#ask(next);
    });
  }

  #forgetQuiet(): void {
    for (const [path, pace] of this.#paces) this.#paces.set(path, { ...pace, quiet: 0 });
  }

  /** The accounts whose lists are loaded, and whose failures, if any, may pass by themselves. */
  #candidates(): readonly ResourcePath[] {
    const { store } = this.context;
    return store
      .accounts()
      .map(({ path }) => path)
      .filter((path) => {
        const failure = store.getFailure(path);
        return store.rows(path) !== undefined && (!failure || mayPass(failure));
      });
  }

  /** In milliseconds since 1970. */
  #dueAt(path: ResourcePath): number {
    const { store, clock, interval, polledAt } = this.context;
    const { askedAt, readAt: broughtAt, quiet } = this.#paces.get(path) ?? UNASKED;
    const { readAt = 0 } = store.state(path);
    const doublings = broughtAt === readAt || store.getFailure(path) ? Math.min(quiet, MAX_DOUBLINGS) : 0;
    const last = Math.max(askedAt, readAt);
    const due = last + interval() * 2 ** doublings;
    const polled = polledAt(path);
    if (polled === undefined) return due;
    // Shortly before the next poll, which then waits for an interval from the list: both are one request an interval.
    const turn = Math.max(polled, clock.now() - interval()) + 0.9 * interval();
    return Math.max(due, last + POLLED_FACTOR * interval(), turn);
  }

  async #ask(path: ResourcePath): Promise<void> {
    const { store, clock } = this.context;
    const { quiet } = this.#paces.get(path) ?? UNASKED;
    const before = this.#shown(path);
    this.#isAsking = true;
    const askedAt = clock.now();
    try {
      const { signal } = this.#controller;
      await store.load(path, { refresh: true, priority: 'background', signal });
    } catch {
      // The signal was aborted. Failures are rows.
    }
    const isNew = !isDeepStrictEqual(before, this.#shown(path));
    const { readAt } = store.state(path);
    this.#paces.set(path, { askedAt, readAt, quiet: isNew ? 0 : quiet + 1 });
    this.#isAsking = false;
    this.#schedule();
  }

  /** What people see of a list. */
  #shown(path: ResourcePath): readonly unknown[] {
    const rows = (this.context.store.rows(path) ?? []).filter(({ kind }) => kind !== 'problem');
    return rows.map(({ path: row, label, description, status }) => [row, label, description, status]);
  }
}

/** The kinds of failures that pass without anybody doing something. */
const PASSING_KINDS: readonly string[] = [
  'rateLimit',
  'timeout',
  'network',
  'server',
] satisfies readonly HttpErrorKind[];

/** The cause of a problem begins with the kind of its failure. */
function mayPass({ cause = '' }: Problem): boolean {
  return PASSING_KINDS.includes(cause.split(' ')[0] ?? '');
}
