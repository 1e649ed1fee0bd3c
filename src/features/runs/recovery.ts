import { Debouncer } from '../../core/base/debouncer';
import type { Clock } from '../../core/base/clock';
import type { Disposable } from '../../core/base/emitter';
import { getAccountPath, isWithin, type ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import type { RunsLoader } from './runsLoader';
import type { VisibleScope } from './activeRuns';

/** What recovery works with. */
export interface RecoveryContext {
  readonly store: Pick<Store, 'accounts' | 'rows' | 'state' | 'rootPath' | 'retry' | 'onDidAnswer'>;
  readonly loader: Pick<RunsLoader, 'failedAt' | 'retry'>;
  readonly scope: VisibleScope;
  readonly clock: Clock;
  /** Milliseconds between two questions to one account. */
  readonly interval: () => number;
}

/** A list that goes on failing is read again at least as often. */
const MAX_WAIT_MS = 3_600_000;

/** Answers that come together are taken as one. */
const DEBOUNCE_MS = 200;

/** Something on screen that could not be read. */
interface Failure {
  /** The path of a list, or of an account whose runs could not be read. */
  readonly path: ResourcePath;
  readonly kind: 'list' | 'runs';
}

/** How often something was read again in vain. */
interface Tries {
  readonly count: number;
  /** Not before this it is read again, in milliseconds since 1970. */
  readonly due: number;
}

/**
 * Reads again what could not be read and is on screen, as soon as its account has answered anything since: after an
 * outage nothing is shown as out of date that can be known better. One list after the other, in the background; one that
 * goes on failing while its account answers waits longer each time.
 */
export class Recovery implements Disposable {
  readonly #registrations: readonly Disposable[];
  /** When each account answered last, by the clock of the store. */
  readonly #answeredAt = new Map<ResourcePath, number>();
  readonly #tries = new Map<string, Tries>();
  readonly #recovering: Debouncer;
  #running = false;

  constructor(private readonly context: RecoveryContext) {
    const { store, scope, clock } = context;
    this.#recovering = new Debouncer(DEBOUNCE_MS, () => void this.#recover(), clock);
    this.#registrations = [
      store.onDidAnswer((account) => {
        this.#answeredAt.set(account, Date.now());
        this.#recoverSoon();
      }),
      // What failed may come on screen only after its account has answered.
      scope.onDidChange(() => {
        this.#recoverSoon();
      }),
    ];
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
    this.#recovering.dispose();
  }

  #recoverSoon(): void {
    if (!this.#running) this.#recovering.schedule();
  }

  async #recover(): Promise<void> {
    this.#running = true;
    const failures = this.#failures();
    const keys = new Set(failures.map(getKey));
    for (const key of this.#tries.keys()) if (!keys.has(key)) this.#tries.delete(key);
    for (const failure of failures) await this.#retry(failure);
    this.#running = false;
  }

  async #retry(failure: Failure): Promise<void> {
    const { store, loader, clock, interval } = this.context;
    const { path, kind } = failure;
    const { count, due } = this.#tries.get(getKey(failure)) ?? { count: 0, due: 0 };
    if (clock.now() < due || !this.#isBetterKnown(failure)) return;
    const wait = Math.min(MAX_WAIT_MS, interval() * 2 ** count);
    this.#tries.set(getKey(failure), { count: count + 1, due: clock.now() + wait });
    if (kind === 'runs') await loader.retry(path);
    else await store.retry(path, { priority: 'background' }).catch(() => undefined);
  }

  /** True if the account has answered since. */
  #isBetterKnown({ path, kind }: Failure): boolean {
    const { store, loader } = this.context;
    const failedAt = kind === 'runs' ? loader.failedAt(path) : this.#failedAt(path);
    if (failedAt === undefined || (kind === 'list' && store.state(path).reading)) return false;
    return (this.#answeredAt.get(getAccountPath(path)) ?? 0) >= failedAt;
  }

  /** When a list failed that is shown as out of date, or as failed in a way that may pass. */
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

/** The lists of an account whose rows can be seen: in the tree as far as it is open, and in panels. */
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
