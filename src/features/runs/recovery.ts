import { Debouncer, type Clock } from '../../core/base/clock';
import { DisposableStore } from '../../core/base/disposableStore';
import type { Disposable } from '../../core/base/emitter';
import { getAccountPath, isWithin, type ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import type { RunsLoader } from './runsLoader';
import type { VisibleScope } from './activeRuns';

export interface RecoveryContext {
  readonly store: Pick<Store, 'accounts' | 'rows' | 'state' | 'rootPath' | 'retry' | 'onDidAnswer'>;
  readonly loader: Pick<RunsLoader, 'failedAt' | 'retry'>;
  readonly scope: VisibleScope;
  readonly clock: Clock;
  /** Milliseconds between two requests for the same account. */
  readonly interval: () => number;
}

/** The longest wait (ms) before a list that keeps failing is retried. */
const MAX_WAIT_MS = 3_600_000;

/** Answers that arrive together count as one. */
const DEBOUNCE_MS = 200;

/** Something visible that could not be loaded. */
interface Failure {
  /** The path of a list, or of an account whose runs could not be loaded. */
  readonly path: ResourcePath;
  readonly kind: 'list' | 'runs';
}

/** Retries so far. */
interface RetryState {
  readonly count: number;
  /** Not retried before this time, in milliseconds since 1970. */
  readonly due: number;
}

/**
 * Retries visible lists and runs that could not be loaded, as soon as their account has answered any request since:
 * after an outage nothing stays outdated that can be loaded. Retries one list after the other in the background. A list
 * that keeps failing although its account answers waits longer each time.
 */
export class Recovery implements Disposable {
  readonly #registrations = new DisposableStore();
  /** The time of each account's last answer, by the clock of the store. */
  readonly #answeredAt = new Map<ResourcePath, number>();
  readonly #retries = new Map<string, RetryState>();
  readonly #recovering: Debouncer;
  #running = false;

  constructor(private readonly context: RecoveryContext) {
    const { store, scope, clock } = context;
    this.#recovering = new Debouncer(DEBOUNCE_MS, () => void this.#recover(), clock);
    this.#registrations.add(
      store.onDidAnswer((account) => {
        this.#answeredAt.set(account, Date.now());
        this.#recoverSoon();
      }),
      // What failed may become visible only after its account has answered.
      scope.onDidChange(() => {
        this.#recoverSoon();
      }),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#recovering.dispose();
  }

  #recoverSoon(): void {
    if (!this.#running) this.#recovering.schedule();
  }

  async #recover(): Promise<void> {
    this.#running = true;
    const failures = this.#failures();
    const keys = new Set(failures.map(getKey));
    for (const key of this.#retries.keys()) if (!keys.has(key)) this.#retries.delete(key);
    for (const failure of failures) await this.#retry(failure);
    this.#running = false;
  }

  async #retry(failure: Failure): Promise<void> {
    const { store, loader, clock, interval } = this.context;
    const { path, kind } = failure;
    const { count, due } = this.#retries.get(getKey(failure)) ?? { count: 0, due: 0 };
    if (clock.now() < due || !this.#hasAnsweredSince(failure)) return;
    const wait = Math.min(MAX_WAIT_MS, interval() * 2 ** count);
    this.#retries.set(getKey(failure), { count: count + 1, due: clock.now() + wait });
    if (kind === 'runs') await loader.retry(path);
    else await store.retry(path, { priority: 'background' }).catch(() => undefined);
  }

  #hasAnsweredSince({ path, kind }: Failure): boolean {
    const { store, loader } = this.context;
    const failedAt = kind === 'runs' ? loader.failedAt(path) : this.#failedAt(path);
    if (failedAt === undefined || (kind === 'list' && store.state(path).reading)) return false;
    return (this.#answeredAt.get(getAccountPath(path)) ?? 0) >= failedAt;
  }

  /** When a list failed that is shown as outdated, or with an error that can be retried. */
  #failedAt(path: ResourcePath): number | undefined {
    const { store } = this.context;
    const { stale, failedAt } = store.state(path);
    return stale || (store.rows(path) ?? []).some(isRetryable) ? failedAt : undefined;
  }

  #failures(): readonly Failure[] {
    const { store, scope, loader } = this.context;
    return store.accounts().flatMap(({ path: account }): readonly Failure[] => {
      const lists = [...listsOnScreen(account, store, scope)].filter(
        (path) => this.#failedAt(path) !== undefined,
      );
      const runsFailed = scope.runsVisible && loader.failedAt(account) !== undefined;
      return [
        ...lists.map((path) => ({ path, kind: 'list' }) as const),
        ...(runsFailed ? [{ path: account, kind: 'runs' } as const] : []),
      ];
    });
  }
}

function getKey({ path, kind }: Failure): string {
  return `${kind} ${path}`;
}

function isRetryable({ kind, problem }: Resource): boolean {
  return kind === 'problem' && problem?.retryable === true;
}

/** The visible lists of an account: in the tree as far as it is expanded, and in panels. */
function listsOnScreen(
  account: ResourcePath,
  store: Pick<Store, 'rows' | 'rootPath'>,
  scope: VisibleScope,
): ReadonlySet<ResourcePath> {
  const found = new Set<ResourcePath>();
  const collect = (path: ResourcePath, shows: (path: ResourcePath) => boolean): void => {
    if (!shows(path)) return;
    found.add(path);
    for (const row of store.rows(path) ?? []) collect(row.path, shows);
  };
  if (scope.treeVisible) collect(account, (path) => path === store.rootPath() || scope.isExpanded(path));
  for (const path of scope.panels) {
    if (isWithin(path, account)) collect(path, (each) => store.rows(each) !== undefined);
  }
  return found;
}
