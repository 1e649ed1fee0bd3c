import { systemClock, type Clock } from '../../core/base/clock';
import { DisposableStore } from '../../core/base/disposableStore';
import { Emitter, type Disposable, type Event } from '../../core/base/emitter';
import { accountPath, parentPath, type ResourcePath } from '../../core/services/contract/path';
import type { WindowStorage } from '../../ui/storage/windowStorage';
import type { Store } from '../../core/store/store';
import { CrossWindowLock, LOCK_LIFETIME_MS, RunningRuns } from './crossWindow';
import type { NotificationSuppressor } from './notificationSuppressor';
import { type NotificationChoice, RunNotifier, type RunNotification } from './runNotifier';
import { AutoRefresh } from './autoRefresh';
import { Poller } from './poller';
import { Recovery } from './recovery';
import { RunRegistry } from './runRegistry';
import { RunsLoader } from './runsLoader';
import type { VisibleScope } from './activeRuns';
import type { WatchList } from './watchList';

export interface RunMonitorContext {
  readonly store: Store;
  readonly accounts: { readonly onDidChange: Event<readonly string[]> };
  readonly watches: WatchList;
  readonly suppressor: NotificationSuppressor;
  readonly storage: Pick<WindowStorage, 'files' | 'takeOld'>;
  readonly settings: () => {
    readonly pollInterval: number;
    /** 0: never. */
    readonly autoRefreshInterval: number;
    readonly notifications: NotificationChoice;
  };
  readonly scope: VisibleScope;
  readonly show: (notification: RunNotification) => void;
  /** Told the rows of the tree below which watched runs ended. */
  readonly markChanged?: (paths: readonly ResourcePath[]) => void;
  readonly clock?: Clock;
  /** When the window was opened, in milliseconds since 1970. Earlier ends are not reported. Default: now. */
  readonly openedAt?: number;
}

/** Polls, lists and counts runs, and reports their ends. Needs no editor. */
export class RunMonitor implements Disposable {
  readonly registry: RunRegistry;
  readonly loader: RunsLoader;
  readonly #clock: Clock;
  readonly #changes = new Emitter<undefined>();
  readonly #disposables = new DisposableStore();

  /** Fires when the known runs or the watched resources changed. */
  readonly onDidChange = this.#changes.event;

  /** Starts monitoring, including runs that were active when the last window closed. */
  static async start(context: RunMonitorContext): Promise<RunMonitor> {
    const running = new RunningRuns(context.storage);
    const remembered = await running.load((path) => context.watches.covers(path));
    return new RunMonitor(context, running, remembered);
  }

  private constructor(
    private readonly context: RunMonitorContext,
    private readonly running: RunningRuns,
    remembered: readonly ResourcePath[],
  ) {
    const { store, watches, suppressor, scope, settings, clock = systemClock } = context;
    this.#clock = clock;
    const { openedAt = clock.now() } = context;
    const noticedSince = (path: ResourcePath): number | undefined => {
      const since = watches.since(path);
      return since === undefined ? undefined : Math.max(since, openedAt);
    };
    this.registry = new RunRegistry({ notifySince: noticedSince, remembered });
    this.loader = new RunsLoader({ store, registry: this.registry, now: () => clock.now() });
    const pace = { clock, interval: () => settings().pollInterval };
    const notifier = this.#createNotifier();
    const update = (): void => {
      this.#update();
    };
    const poller = new Poller({
      ...{ store, watches, scope, registry: this.registry, ...pace },
      onDidAnswer: ({ account }, askedAt) => {
        suppressor.prune(account, askedAt);
      },
    });
    this.#disposables.add(
      poller,
      new AutoRefresh({
        ...{ store, scope, clock, interval: () => settings().autoRefreshInterval },
        polledAt: (account) => poller.polledAt(account),
      }),
      new Recovery({ store, scope, loader: this.loader, ...pace }),
      notifier,
      this.loader,
      this.registry.onDidEnd((ended) => {
        notifier.add(ended);
        const watched = ended.map(({ run }) => run.path).filter((path) => watches.covers(path));
        context.markChanged?.(watched.flatMap((path) => parentPath(path) ?? []));
        // A run that has ended stays ended.
        watches.set(
          ended.map(({ run }) => run.path).filter((path) => watches.has(path)),
          false,
        );
      }),
      this.registry.onDidChange(update),
      watches.onDidChange(update),
      context.accounts.onDidChange((ids) => {
        for (const id of ids) this.loader.forget(accountPath(id));
      }),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#changes.dispose();
  }

  #createNotifier(): RunNotifier {
    const { watches, suppressor, storage, settings, show } = this.context;
    const lock = new CrossWindowLock(storage.files('told', LOCK_LIFETIME_MS));
    return new RunNotifier({
      isWatched: (path) => watches.covers(path),
      isSuppressed: (path) => suppressor.isSuppressed(path),
      suppressedElsewhere: (paths) => suppressor.suppressedElsewhere(paths),
      acquire: ({ run, rules }) => lock.tryAcquire(run, rules.times(run)),
      choice: () => settings().notifications,
      show,
      clock: this.#clock,
    });
  }

  #update(): void {
    const { store, watches } = this.context;
    const active = store.accounts().flatMap(({ path }) => this.registry.activePaths(path));
    this.running.update(active.filter((path) => watches.covers(path)));
    this.#changes.fire(undefined);
  }
}
