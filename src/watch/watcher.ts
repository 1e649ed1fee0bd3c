import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts';
import { Emitter } from '../services/emitter';
import { accountPath, type ResourcePath } from '../services/path';
import type { Store } from '../store/store';
import type { WindowStorage } from '../storage/windowStorage';
import { Claims, CLAIM_LIFETIME_MS } from './claims';
import { systemClock } from '../services/clock';
import type { Mutes } from './mutes';
import { Poller } from './poller';
import { showNotice } from './notice';
import type { NotificationChoice } from './notificationChoice';
import { Recovery } from './recovery';
import { RunBook } from './runBook';
import { RunningRuns } from './runningRuns';
import { RunsLoader } from './runsLoader';
import type { Scope } from './scope';
import { countsInWords, RunsStatusBar } from './statusBar';
import { Teller } from './teller';
import type { Watches } from './watches';

/** What the watch works with. */
export interface WatchContext {
  readonly store: Store;
  readonly accounts: Pick<Accounts, 'onDidChange'>;
  readonly watches: Watches;
  readonly mutes: Mutes;
  /** What the tree of connections and the panels have on screen. */
  readonly screen: Pick<Scope, 'treeVisible' | 'panels' | 'isExpanded' | 'onDidChange'>;
  readonly storage: Pick<WindowStorage, 'files' | 'takeOld'>;
  readonly settings: () => { readonly pollInterval: number; readonly notifications: NotificationChoice };
}

/** Puts the watch together: what is polled, listed, counted and told. Loaded when there is something to watch. */
export class Watcher implements vscode.Disposable {
  readonly book: RunBook;
  readonly loader: RunsLoader;
  readonly #context: WatchContext;
  readonly #view: vscode.TreeView<ResourcePath>;
  readonly #running: RunningRuns;
  readonly #statusBar = new RunsStatusBar();
  readonly #disposables: readonly { dispose(): void }[];

  /** Begins to watch what ran when the last window closed, and all that comes. */
  static async start(context: WatchContext, view: vscode.TreeView<ResourcePath>): Promise<Watcher> {
    const running = new RunningRuns(context.storage);
    const remembered = await running.load((path) => context.watches.covers(path));
    return new Watcher(context, view, running, remembered);
  }

  private constructor(
    context: WatchContext,
    view: vscode.TreeView<ResourcePath>,
    running: RunningRuns,
    remembered: readonly ResourcePath[],
  ) {
    const { store, watches, mutes, settings: read } = context;
    this.#context = context;
    this.#view = view;
    this.#running = running;
    const startedAt = systemClock.now();
    const noticedSince = (path: ResourcePath): number | undefined => {
      const since = watches.since(path);
      return since === undefined ? undefined : Math.max(since, startedAt);
    };
    this.book = new RunBook({ noticedSince, remembered });
    this.loader = new RunsLoader({ store, book: this.book, now: () => systemClock.now() });
    const scope = windowScope(context.screen, view);
    const pace = { clock: systemClock, interval: () => read().pollInterval };
    const teller = this.#teller();
    this.#disposables = [
      new Poller({
        ...{ store, watches, scope, book: this.book, ...pace },
        onDidAnswer: ({ account }, askedAt) => {
          mutes.settle(account, askedAt);
        },
      }),
      new Recovery({ store, scope, loader: this.loader, ...pace }),
      teller,
      scope,
      this.loader,
      this.#statusBar,
      this.book.onDidEnd((ended) => {
        teller.add(ended);
        // A run is over once and for all.
        watches.set(
          ended.map(({ run }) => run.path).filter((path) => watches.has(path)),
          false,
        );
      }),
      this.book.onDidChange(() => {
        this.#update();
      }),
      watches.onDidChange(() => {
        this.#update();
      }),
      context.accounts.onDidChange((ids) => {
        for (const id of ids) this.loader.forget(accountPath(id));
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #teller(): Teller {
    const { watches, mutes, storage, settings: read } = this.#context;
    const claims = new Claims(storage.files('told', CLAIM_LIFETIME_MS));
    return new Teller({
      isWatched: (path) => watches.covers(path),
      isMuted: (path) => mutes.covers(path),
      mutedElsewhere: (paths) => mutes.coveredElsewhere(paths),
      claim: ({ run, judge }) => claims.claim(run, judge.times(run)),
      choice: () => read().notifications,
      show: (notice) => void showNotice(notice, () => read().notifications),
      clock: systemClock,
    });
  }

  #update(): void {
    const { store, watches } = this.#context;
    const counts = this.book.counts();
    this.#statusBar.show(counts);
    const { running } = counts;
    this.#view.badge = running > 0 ? { value: running, tooltip: countsInWords(counts) } : undefined;
    const live = store.accounts().flatMap(({ path }) => this.book.live(path));
    this.#running.update(live.filter((path) => watches.covers(path)));
  }
}

/** What is on screen in this window. */
function windowScope(
  screen: WatchContext['screen'],
  runs: vscode.TreeView<ResourcePath>,
): Scope & { dispose(): void } {
  const changes = new Emitter<undefined>();
  const tell = (): void => {
    changes.fire(undefined);
  };
  const registrations = [
    screen.onDidChange(tell),
    runs.onDidChangeVisibility(tell),
    vscode.window.onDidChangeWindowState(tell),
  ];
  return {
    get focused() {
      return vscode.window.state.focused;
    },
    get treeVisible() {
      return screen.treeVisible;
    },
    get panels() {
      return screen.panels;
    },
    get runsVisible() {
      return runs.visible;
    },
    isExpanded: (path) => screen.isExpanded(path),
    onDidChange: changes.event,
    dispose: () => {
      for (const registration of registrations) registration.dispose();
      changes.dispose();
    },
  };
}
