import { Debouncer } from '../../core/base/clock';
import type { Disposable } from '../../core/base/emitter';
import { ancestry, type ResourcePath } from '../../core/services/contract/path';
import type { Session } from '../../core/services/contract/service';
import type { Action } from '../../core/services/contract/action';
import { toProblem } from '../../core/services/common/problem';
import type { Problem, Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { type FreshnessContext, withStaleness } from '../../ui/tree/freshness';
import { kindPresentation } from '../../ui/tree/render';
import { toHeader } from './header';
import { problemModel } from './listModel';
import { identify, JsonTabPresenter } from './jsonTabPresenter';
import { AccountSummary } from './accountSummary';
import type { LookMemory } from './accountLooks';
import { TabModels } from './tabModels';
import type { LogId } from '../../shared/models';
import type { DataState, Header, TabId, ToWebview } from '../../shared/protocol';
import { ResourceObserver } from './resourceObserver';

/** Store changes that arrive together cause one update. */
const REDRAW_DEBOUNCE_MS = 50;

export interface DetailsSubject {
  readonly path: ResourcePath;
  /** False for the preview panel. */
  readonly pinned: boolean;
  /** Name of the resource, and title of the panel, before a reload of the window. */
  readonly lastTitle?: string | undefined;
  readonly lastTabTitle?: string | undefined;
}

export interface DetailsListener {
  /** Posts a message to the webview. Not called while it is hidden. */
  send(message: ToWebview): void;
  headerChanged(header: Header): void;
  /** The account was removed. */
  closed(header: Header): void;
}

/** Sends the view models of one resource to the webview: everything after it has loaded, then only what changed. */
export class DetailsPresenter implements Disposable {
  readonly path: ResourcePath;
  readonly #observer: ResourceObserver;
  readonly #json: JsonTabPresenter;
  readonly #tabModels: TabModels;
  /** Of no use but for an account. */
  readonly #account: AccountSummary;
  /** The last message of each type, to skip unchanged ones. */
  readonly #sent = new Map<ToWebview['type'], string>();
  #session: Session | undefined;
  /** Why there is no session. */
  #problem: Problem | undefined;
  #tab: TabId | undefined;
  #isVisible = false;
  readonly #last: Pick<DetailsSubject, 'lastTitle' | 'lastTabTitle'>;
  #pinned: boolean;
  readonly #redrawing = new Debouncer(REDRAW_DEBOUNCE_MS, () => {
    this.#redraw();
  });

  constructor(
    private readonly store: Store,
    { path, pinned, ...last }: DetailsSubject,
    private readonly listener: DetailsListener,
    memory: LookMemory,
    private readonly freshness: () => FreshnessContext | undefined = () => undefined,
  ) {
    this.path = path;
    this.#last = last;
    this.#pinned = pinned;
    const redraw = (): void => {
      this.#redrawing.schedule();
    };
    this.#observer = new ResourceObserver(store, path, { changed: redraw, accountChanged: redraw });
    this.#json = new JsonTabPresenter({
      read: (...how) => store.read(path, ...how),
      isKnown: (id) => this.find(id) !== undefined,
      changed: () => {
        this.#redraw();
      },
      send: (message) => {
        if (message.type === 'jsonChunk') listener.send(message);
        else this.#send(message);
      },
    });
    this.#account = new AccountSummary({ store, memory, freshness, changed: redraw });
    this.#tabModels = new TabModels(store, redraw, freshness, this.#account);
    this.#observer.check();
    this.#redraw();
  }

  dispose(): void {
    this.#redrawing.dispose();
    this.#observer.dispose();
    this.#json.dispose();
    this.#tabModels.dispose();
  }

  /** The tab that the webview has open, as far as it said so. */
  get tab(): TabId | undefined {
    return this.#tab;
  }

  /**
   * The webview has loaded: sends everything.
   * @param tab the one that it will open, if that is known: its content is read before the webview asks for it.
   */
  start(tab?: TabId): void {
    this.#isVisible = true;
    this.#tab = tab;
    this.#json.hide();
    this.#sent.clear();
    this.#redraw();
  }

  /** The webview is hidden: loads nothing more. */
  stop(): void {
    this.#isVisible = false;
    this.#json.hide();
  }

  /** A setting that the models follow was changed. */
  settingsChanged(): void {
    this.#redraw();
  }

  /** The preview panel was pinned. */
  pin(): void {
    this.#pinned = true;
    this.#redraw();
  }

  /** Loads the content of the selected tab only. */
  selectTab(tab: TabId): void {
    this.#tab = tab;
    this.#redraw();
  }

  /** Reloads what is shown. */
  async refresh(): Promise<void> {
    this.#json.invalidate();
    this.#tabModels.reset();
    this.#tabModels.refreshReport();
    this.#redraw();
    await this.#observer.refresh();
  }

  /** Loads the children of a resource in a tab, or the rest of its list. */
  load(path: ResourcePath): Promise<void> {
    return this.#tabModels.load(path);
  }

  /** Asks why a run failed. */
  async explain(path: ResourcePath): Promise<void> {
    if (this.#session) await this.#tabModels.explain(this.#session, path);
  }

  /** Loads the next entries of a log. @param again true: the newest ones again. */
  loadLog(log: LogId, again: boolean): void {
    this.#tabModels.loadLog(log, again);
  }

  /** Shows the resources of a count of an account. @param count undefined: shows all again. */
  chooseCount(count: string | undefined): void {
    this.#account.choose(count);
  }

  /** Loads the resources of a level of an account. */
  async loadLevel(level: string): Promise<void> {
    const { resource } = this.#observer;
    if (this.#session && resource) await this.#tabModels.loadLevel(this.#session, resource, level);
  }

  markAsSeen(): void {
    this.#account.markAsSeen();
  }

  /** Cancels all loading for the tabs. */
  cancel(): void {
    this.#tabModels.cancel();
  }

  /** The webview has processed a chunk of the JSON. */
  acknowledgeChunk(): void {
    this.#json.acknowledgeChunk();
  }

  /** Tracks texts that may be IDs of loaded resources. */
  identify(ids: readonly string[]): void {
    this.#json.identify(ids);
    this.#redraw();
  }

  /** The loaded resource with this ID. */
  find(id: string): ResourcePath | undefined {
    return identify(this.store, this.path, id);
  }

  /** The action with this ID that the session offers now. */
  async action(id: string): Promise<Action | undefined> {
    const resource = this.store.get(this.path);
    const session = resource && (await this.store.session(this.path));
    return resource && session?.actions?.(resource).find((action) => action.id === id);
  }

  #redraw(): void {
    this.#redrawing.cancel();
    const account = this.store.account(this.path);
    const { resource: known, busy } = this.#observer;
    const state = this.#state();
    const freshness = this.freshness();
    const resource = known && freshness ? withStaleness(freshness, known) : known;
    const session = this.#session;
    const tabs: readonly TabId[] = resource && session ? this.#findTabs(session, resource) : [];
    const ancestors = ancestry(this.path)
      .slice(1)
      .toReversed()
      .map((path) => ({ path, resource: this.store.get(path) }));
    const isOnlyAccount = this.store.rootPath() === this.path;
    const source = {
      path: this.path,
      resource,
      ancestors,
      account,
      isOnlyAccount,
      session,
      state,
      busy,
      tabs,
    };
    const header = toHeader({ ...source, ...this.#last, pinned: this.#pinned });
    this.listener.headerChanged(header);
    if (!account) {
      this.listener.closed(header);
      return;
    }
    if (!this.#isVisible) return;
    this.#send({ type: 'header', header });
    // The resource may lack the tab that the one before it had open.
    if (known && session && this.#tab && tabs.includes(this.#tab)) this.#sendTab(this.#tab, session, known);
    void this.#openSession();
  }

  /** Without a session there are no tabs, even if the row is fresh: the header says why. */
  #state(): DataState {
    const { state } = this.#observer;
    if (state.kind !== 'fresh' || !this.#problem) return state;
    return { kind: 'failed', problem: problemModel(this.#problem) };
  }

  #findTabs(session: Session, resource: Resource): readonly TabId[] {
    const json = kindPresentation(resource).capabilities.includes('json');
    return [...this.#tabModels.tabs(session, resource), ...(json ? (['json'] as const) : [])];
  }

  /** Sends the model of the selected tab. A deleted resource keeps its last known state. */
  #sendTab(tab: TabId, session: Session, resource: Resource): void {
    switch (tab) {
      case 'overview':
        this.#send({ type: 'overview', model: this.#tabModels.overview(session, resource) });
        return;
      case 'timeline': {
        const model = this.#tabModels.timeline(session, resource);
        if (model) this.#send({ type: 'timeline', model });
        return;
      }
      case 'structure': {
        const model = this.#tabModels.structure(session, resource);
        if (model) this.#send({ type: 'structure', model });
        return;
      }
      case 'history':
      case 'batches': {
        const model = this.#tabModels.log(tab, session, resource);
        if (model) this.#send({ type: tab, model });
        return;
      }
      case 'json':
        this.#json.show(resource, { gone: this.#observer.state.kind === 'gone' });
    }
  }

  /** Asks for the session each time, because an edited account has a new one. */
  async #openSession(): Promise<void> {
    let [session, problem]: [Session?, Problem?] = [];
    try {
      session = await this.store.session(this.path);
    } catch (error) {
      problem = toProblem(error);
    }
    // The problem of each attempt is another object, and a redraw attempts it again.
    if (session === this.#session && problem?.title === this.#problem?.title) return;
    this.#session = session;
    this.#problem = problem;
    if (this.#isVisible) this.#redraw();
  }

  /** Skips a message that equals the last one of its type. */
  #send(message: ToWebview): void {
    const content = JSON.stringify(message);
    if (this.#sent.get(message.type) === content) return;
    this.#sent.set(message.type, content);
    this.listener.send(message);
  }
}
