import { systemClock, type Clock } from '../../core/base/clock';
import { Emitter, type Disposable, type Event } from '../../core/base/emitter';
import { accountPath, type ResourcePath } from '../../core/services/contract/path';
import type { WindowStorage } from '../../ui/storage/windowStorage';
import type { Store } from '../../core/store/store';
import { CrossWindowLock, LOCK_LIFETIME_MS, RunningRuns } from './crossWindow';
import type { NotificationSuppressor } from './notificationSuppressor';
import { type NotificationChoice, RunNotifier, type RunNotification } from './runNotifier';
import { Poller } from './poller';
import { Recovery } from './recovery';
import { RunRegistry } from './runRegistry';
import { RunsLoader } from './runsLoader';
import type { VisibleScope } from './activeRuns';
import type { WatchList } from './watchList';

/** What a run monitor works with. */
export interface RunMonitorContext {
  readonly store: Store;
  readonly accounts: { readonly onDidChange: Event<readonly string[]> };
  readonly watches: WatchList;
  readonly mutes: NotificationSuppressor;
  readonly storage: Pick<WindowStorage, 'files' | 'takeOld'>;
  readonly settings: () => { readonly pollInterval: number; readonly notifications: NotificationChoice };
  readonly scope: VisibleScope;
  readonly show: (notice: RunNotification) => void;
  readonly clock?: Clock;
  /** When the window was opened, in milliseconds since 1970: ends of before are not told. Now, without it. */
  readonly openedAt?: number;
}

/** Polls, lists and counts runs, and reports their ends; all of the watch that needs no editor. */
export class RunMonitor implements Disposable {
  readonly book: RunRegistry;
  readonly loader: RunsLoader;
  readonly #clock: Clock;
  readonly #changes = new Emitter<undefined>();
  readonly #disposables: readonly Disposable[];

  /** Fires when the known runs or the watches changed. */
  readonly onDidChange = this.#changes.event;

  /** Begins to watch what ran when the last window closed, and all that comes. */
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
    const { store, watches, mutes, scope, settings, clock = systemClock } = context;
    this.#clock = clock;
    const { openedAt = clock.now() } = context;
    const noticedSince = (path: ResourcePath): number | undefined => {
      const since = watches.since(path);
      return since === undefined ? undefined : Math.max(since, openedAt);
    };
    this.book = new RunRegistry({ noticedSince, remembered });
    this.loader = new RunsLoader({ store, book: this.book, now: () => clock.now() });
    const pace = { clock, interval: () => settings().pollInterval };
    const teller = this.#teller();
    const update = (): void => {
      this.#update();
    };
    this.#disposables = [
      new Poller({
        ...{ store, watches, scope, book: this.book, ...pace },
        onDidAnswer: ({ account }, askedAt) => {
          mutes.prune(account, askedAt);
        },
      }),
      new Recovery({ store, scope, loader: this.loader, ...pace }),
      teller,
      this.loader,
      this.book.onDidEnd((ended) => {
        teller.add(ended);
        // A run is over once and for all.
        watches.set(
          ended.map(({ run }) => run.path).filter((path) => watches.has(path)),
          false,
        );
      }),
      this.book.onDidChange(update),
      watches.onDidChange(update),
      context.accounts.onDidChange((ids) => {
        for (const id of ids) this.loader.forget(accountPath(id));
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#changes.dispose();
  }

  #teller(): RunNotifier {
    const { watches, mutes, storage, settings, show } = this.context;
    const claims = new CrossWindowLock(storage.files('told', LOCK_LIFETIME_MS));
    return new RunNotifier({
      isWatched: (path) => watches.covers(path),
      isMuted: (path) => mutes.isSuppressed(path),
      mutedElsewhere: (paths) => mutes.suppressedElsewhere(paths),
      claim: ({ run, judge }) => claims.tryAcquire(run, judge.times(run)),
      choice: () => settings().notifications,
      show,
      clock: this.#clock,
    });
  }

  #update(): void {
    const { store, watches } = this.context;
    const live = store.accounts().flatMap(({ path }) => this.book.live(path));
    this.running.update(live.filter((path) => watches.covers(path)));
    this.#changes.fire(undefined);
  }
}
