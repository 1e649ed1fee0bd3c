import * as l10n from '@vscode/l10n';
import type { LogModel, OverviewModel, StructureModel, TimelineModel } from '../shared/models';
import type { Header, JsonChunk, PageState, TabId, ToWebview } from '../shared/protocol';
import { Announcer } from './components/notices';
import { element } from './components/elements';
import { HeaderView } from './header';
import { type Host, createHeaderActions, createJsonActions, createTabActions } from './host';
import type { JsonTab } from './tabs/json/jsonTab';
import { JsonReceiver, type ReceivedJson } from './tabs/json/receivedJson';
import { TabContainer, type Tab, TabStrip } from './components/tabs';

type Init = Extract<ToWebview, { type: 'init' }>;

/** The root component for one resource: header, tabs and announcements for screen readers. */
export class App {
  readonly #path: string;
  readonly #announcer = new Announcer();
  readonly #header: HeaderView;
  readonly #overview: TabContainer<OverviewModel>;
  readonly #timeline: TabContainer<TimelineModel>;
  readonly #structure: TabContainer<StructureModel>;
  readonly #history: TabContainer<LogModel>;
  readonly #batches: TabContainer<LogModel>;
  readonly #json: TabContainer<ReceivedJson, JsonTab>;
  readonly #received = new JsonReceiver();
  readonly #strip: TabStrip<TabId>;
  #state: PageState;
  #announced = '';
  #readAt: number | undefined;
  /** When the data was read that the user wants to have read again; `none` if it was not read yet. */
  #refreshedFrom: number | 'none' | undefined;

  /** @param nonce CSP nonce for styles. */
  constructor(
    private readonly host: Host,
    { path, pinned }: Init,
    nonce: string,
  ) {
    this.#path = path;
    const before = host.state();
    // Keeps the selected tab when the preview goes from row to row.
    const { tab } = before ?? {};
    this.#state =
      before?.path === path ? { ...before, kept: pinned } : { path, kept: pinned, ...(tab && { tab }) };
    const headerActions = createHeaderActions(host, path);
    this.#header = new HeaderView({
      ...headerActions,
      runCommand: (command) => {
        if (command === 'refresh') this.#refreshedFrom = this.#readAt ?? 'none';
        headerActions.runCommand(command);
      },
    });
    const actions = createTabActions(host, path);
    // The code of a tab is loaded when it is first opened.
    this.#overview = this.#createContainer('overview', async () =>
      (await import('./tabs/overview/overviewTab')).overviewTab(actions),
    );
    this.#timeline = this.#createContainer('timeline', async () =>
      (await import('./tabs/timeline/timelineTab')).timelineTab(actions),
    );
    this.#structure = this.#createContainer('structure', async () =>
      (await import('./tabs/structure/structureTab')).structureTab(actions),
    );
    this.#history = this.#createContainer('history', async () => {
      const texts = { title: l10n.t('History'), refreshTitle: l10n.t('Refresh History') };
      return (await import('./tabs/log/logTab')).logTab('history', texts, actions);
    });
    this.#batches = this.#createContainer('batches', async () => {
      const texts = { title: l10n.t('Batches'), refreshTitle: l10n.t('Refresh Batches') };
      return (await import('./tabs/log/logTab')).logTab('batches', texts, actions);
    });
    this.#json = this.#createContainer('json', async () =>
      (await import('./tabs/json/jsonTab')).jsonTab(nonce, createJsonActions(host, path, this.#announcer)),
    );
    const entries = [
      { id: 'overview', label: l10n.t('Overview'), panel: this.#overview.panel },
      { id: 'timeline', label: l10n.t('Timeline'), panel: this.#timeline.panel },
      { id: 'structure', label: l10n.t('Structure'), panel: this.#structure.panel },
      { id: 'history', label: l10n.t('History'), panel: this.#history.panel },
      { id: 'batches', label: l10n.t('Batches'), panel: this.#batches.panel },
      { id: 'json', label: l10n.t('JSON'), panel: this.#json.panel },
    ] as const;
    const containers = {
      ...{ overview: this.#overview, timeline: this.#timeline, structure: this.#structure },
      ...{ history: this.#history, batches: this.#batches, json: this.#json },
    };
    this.#strip = new TabStrip<TabId>(l10n.t('Details'), entries, (tab) => {
      this.#saveState({ tab });
      void containers[tab].prepare();
      host.send({ type: 'selectTab', tab, path });
    });
  }

  /** Replaces what the document showed. */
  show(): void {
    const main = element('main', {}, this.#strip.element, this.#strip.panels);
    document.body.replaceChildren(this.#header.element, main, this.#announcer.element);
    this.#strip.show([]);
    this.#saveState({});
    main.addEventListener('keydown', (event) => {
      this.#find(event);
      // VS Code would take it too, to close its find widget, and move the focus away from the text.
      if (event.key === 'Escape' && event.defaultPrevented) event.stopPropagation();
    });
  }

  /** VS Code's own find widget searches the other tabs, and gets what is not stopped here. */
  #find(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (key.toLowerCase() !== 'f' || !(ctrlKey || metaKey) || shiftKey || altKey) return;
    if (this.#json.panel.hidden || !this.#json.tab) return;
    event.preventDefault();
    event.stopPropagation();
    this.#json.tab.find();
  }

  receive(message: Exclude<ToWebview, Init>): void {
    switch (message.type) {
      case 'pinned':
        this.#saveState({ kept: true });
        return;
      case 'header':
        this.#header.update(message.header);
        this.#saveTitles(message.header);
        this.#strip.show(message.header.tabs, this.#state.tab);
        this.#announce(message.header);
        return;
      case 'overview':
        this.#overview.update(message.model);
        return;
      case 'timeline':
        this.#timeline.update(message.model);
        return;
      case 'structure':
        this.#structure.update(message.model);
        return;
      case 'history':
        this.#history.update(message.model);
        return;
      case 'batches':
        this.#batches.update(message.model);
        return;
      case 'json':
        this.#json.update(this.#received.setModel(message.json));
        return;
      case 'jsonChunk':
        void this.#addChunk(message);
        return;
      case 'ids':
        this.#json.tab?.identified(message.ids);
    }
  }

  async #addChunk(chunk: JsonChunk): Promise<void> {
    const received = await this.#received.addChunk(chunk);
    if (!received) return;
    this.#json.update(received);
    this.host.send({ type: 'jsonChunkAck', path: this.#path });
  }

  #createContainer<Model, Made extends Tab<Model>>(
    id: TabId,
    make: () => Promise<Made>,
  ): TabContainer<Model, Made> {
    const container = new TabContainer<Model, Made>(make, (top) => {
      this.#saveState({ scroll: { ...this.#state.scroll, [id]: top } });
    });
    container.restore(this.#state.scroll?.[id]);
    return container;
  }

  /** Announces changes of the status, because the first one is read anyway, and the end of what the user requested. */
  #announce({ label, status, state }: Header): void {
    this.#readAt = 'readAt' in state ? state.readAt : undefined;
    const trouble = 'problem' in state ? state.problem.what : undefined;
    const text = [label, status?.text, state.kind === 'gone' ? l10n.t('deleted') : trouble]
      .filter((part) => part !== undefined && part !== '')
      .join(', ');
    const isChanged = this.#announced !== '' && this.#announced !== text;
    const isAsked = this.#refreshedFrom !== undefined && this.#refreshedFrom !== (this.#readAt ?? 'none');
    const isRefreshed = isAsked && state.kind === 'fresh';
    if (isRefreshed) this.#refreshedFrom = undefined;
    if (isChanged || isRefreshed)
      this.#announcer.say(isRefreshed ? `${l10n.t('Updated just now')}: ${text}` : text);
    this.#announced = text;
  }

  #saveTitles({ label: title, tabTitle }: Header): void {
    if (title !== this.#state.title || tabTitle !== this.#state.tabTitle)
      this.#saveState({ title, tabTitle });
  }

  #saveState(change: Partial<PageState>): void {
    this.#state = { ...this.#state, ...change };
    this.host.keepState(this.#state);
  }
}
