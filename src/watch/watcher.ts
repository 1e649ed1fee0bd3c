import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts';
import { commands, settings, settingsSection } from '../manifest';
import { Emitter } from '../services/emitter';
import { accountPath, parsePath, type ResourcePath } from '../services/path';
import { texts } from '../services/decode';
import type { Store } from '../store/store';
import { Claims } from './claims';
import { systemClock } from './clock';
import type { Mutes } from './mutes';
import { Poller } from './poller';
import { RunBook } from './runBook';
import { RunsLoader } from './runsLoader';
import type { Scope } from './scope';
import { countsInWords, RunsStatusBar } from './statusBar';
import { Teller, type Notice, type NotificationChoice } from './teller';
import type { Watches } from './watches';
import { showInformation, showWarning } from '../ui/messages';

/** What the watch works with. */
export interface WatchContext {
  readonly store: Store;
  readonly accounts: Pick<Accounts, 'onDidChange'>;
  readonly watches: Watches;
  readonly mutes: Mutes;
  /** What the tree of connections and the panels have on screen. */
  readonly screen: Pick<Scope, 'treeVisible' | 'panels' | 'isExpanded' | 'onDidChange'>;
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  /** A folder of the extension, which all windows share. */
  readonly storage: vscode.Uri;
  readonly settings: () => { readonly pollInterval: number; readonly notifications: NotificationChoice };
}

const memoryKey = 'watched.running';

/** Puts the watch together: what is polled, listed, counted and told. Loaded when there is something to watch. */
export class Watcher implements vscode.Disposable {
  readonly book: RunBook;
  readonly loader: RunsLoader;
  readonly #context: WatchContext;
  readonly #view: vscode.TreeView<ResourcePath>;
  readonly #statusBar = new RunsStatusBar();
  readonly #disposables: readonly { dispose(): void }[];
  #remembered = '';

  constructor(context: WatchContext, view: vscode.TreeView<ResourcePath>) {
    const { store, watches, mutes, memory, storage, settings: read } = context;
    this.#context = context;
    this.#view = view;
    this.book = new RunBook(texts(memory.get(memoryKey)).flatMap((text) => parsePath(text) ?? []));
    this.loader = new RunsLoader({ store, book: this.book, now: () => systemClock.now() });
    const claims = new Claims(join(storage.fsPath, 'told'));
    const teller = new Teller({
      isWatched: (path) => watches.covers(path),
      isMuted: (path) => mutes.covers(path),
      claim: (path) => claims.claim(path),
      choice: () => read().notifications,
      show: (notice) => void showNotice(notice),
      clock: systemClock,
    });
    const scope = windowScope(context.screen, view);
    const poller = new Poller({
      ...{ store, watches, scope, book: this.book, clock: systemClock },
      interval: () => read().pollInterval,
      onDidAnswer: ({ account }, askedAt) => {
        mutes.settle(account, askedAt);
      },
    });
    this.#disposables = [
      poller,
      teller,
      scope,
      this.loader,
      this.#statusBar,
      this.book.onDidEnd((ended) => {
        teller.add(ended);
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

  #update(): void {
    const counts = this.book.counts();
    this.#statusBar.show(counts);
    const { running } = counts;
    this.#view.badge = running > 0 ? { value: running, tooltip: countsInWords(counts) } : undefined;
    this.#remember();
  }

  /** Keeps which watched runs are alive, to notice after a restart that they ended. */
  #remember(): void {
    const { memory, watches } = this.#context;
    const live = watches.list().flatMap((path) => this.book.live(path));
    const text = live.join(' ');
    if (text === this.#remembered) return;
    this.#remembered = text;
    void memory.update(memoryKey, live.length > 0 ? [...new Set(live)] : undefined);
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

async function showNotice({ text, failed, path }: Notice): Promise<void> {
  const show = path ? vscode.l10n.t('Show Details') : vscode.l10n.t('Show Runs');
  const never = vscode.l10n.t("Don't Show Again");
  const tell = failed ? showWarning : showInformation;
  const choice = await tell(text, show, never);
  if (choice === never) {
    await vscode.workspace
      .getConfiguration(settingsSection)
      .update(settings.notifications, 'none', vscode.ConfigurationTarget.Global);
  } else if (choice === show) {
    await vscode.commands.executeCommand(path ? commands.showDetails : commands.showRuns, path);
  }
}
