import * as l10n from '@vscode/l10n';
import type { OverviewModel, StructureModel, TimelineModel } from '../shared/models';
import type { Header, PageState, TabId, ToWebview } from '../shared/protocol';
import { Announcer } from './components/announcer';
import { element } from './components/elements';
import { HeaderView } from './header';
import type { Host } from './components/host';
import type { JsonTab } from './tabs/json/jsonTab';
import { JsonReceiver, type ReceivedJson } from './tabs/json/receivedJson';
import { Slot } from './tabContainer';
import type { Tab } from './components/tab';
import { TabStrip } from './tabStrip';
import { headerWishes, jsonWishes, tabWishes } from './wishes';

type Start = Extract<ToWebview, { type: 'start' }>;

/** All that the page shows of one resource: header, tabs, and what is told to screen readers. */
export class Shell {
  readonly #path: string;
  readonly #announcer = new Announcer();
  readonly #header: HeaderView;
  readonly #overview: Slot<OverviewModel>;
  readonly #timeline: Slot<TimelineModel>;
  readonly #structure: Slot<StructureModel>;
  readonly #json: Slot<ReceivedJson, JsonTab>;
  readonly #received = new JsonReceiver();
  readonly #strip: TabStrip<TabId>;
  #state: PageState;
  #told = '';

  /** @param nonce the word that lets styles in. */
  constructor(
    private readonly host: Host,
    { path, kept }: Start,
    nonce: string,
  ) {
    this.#path = path;
    const before = host.state();
    // Who goes from row to row for a look wants to see the same of each.
    const { tab } = before ?? {};
    this.#state = before?.path === path ? { ...before, kept } : { path, kept, ...(tab && { tab }) };
    this.#header = new HeaderView(headerWishes(host, path));
    const wishes = tabWishes(host, path);
    // What a tab alone needs is loaded when it is first opened.
    this.#overview = this.#slot('overview', async () =>
      (await import('./tabs/overview/overviewTab')).overviewTab(wishes),
    );
    this.#timeline = this.#slot('timeline', async () =>
      (await import('./tabs/timeline/timelineTab')).timelineTab(wishes),
    );
    this.#structure = this.#slot('structure', async () =>
      (await import('./tabs/structure/structureTab')).structureTab(wishes),
    );
    this.#json = this.#slot('json', async () =>
      (await import('./tabs/json/jsonTab')).jsonTab(nonce, jsonWishes(host, path, this.#announcer)),
    );
    const entries = [
      { id: 'overview', label: l10n.t('Overview'), panel: this.#overview.panel },
      { id: 'timeline', label: l10n.t('Timeline'), panel: this.#timeline.panel },
      { id: 'structure', label: l10n.t('Structure'), panel: this.#structure.panel },
      { id: 'json', label: l10n.t('JSON'), panel: this.#json.panel },
    ] as const;
    this.#strip = new TabStrip<TabId>(l10n.t('Details'), entries, (tab) => {
      this.#keep({ tab });
      host.send({ type: 'tab', tab, path });
    });
  }

  /** Takes the place of what the page showed. */
  show(): void {
    const main = element('main', {}, this.#strip.element, this.#strip.panels);
    document.body.replaceChildren(this.#header.element, main, this.#announcer.element);
    this.#strip.show([]);
    this.#keep({});
  }

  receive(message: Exclude<ToWebview, Start>): void {
    switch (message.type) {
      case 'kept':
        this.#keep({ kept: true });
        return;
      case 'header':
        this.#header.update(message.header);
        if (message.header.label !== this.#state.title) this.#keep({ title: message.header.label });
        this.#strip.show(message.header.tabs, this.#state.tab);
        this.#tell(message.header);
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
      case 'json':
        this.#json.update(this.#received.tell(message.json));
        return;
      case 'part':
        this.#json.update(this.#received.take(message));
        this.host.send({ type: 'taken', path: this.#path });
        return;
      case 'ids':
        this.#json.tab?.identified(message.ids);
    }
  }

  #slot<Model, Made extends Tab<Model>>(id: TabId, make: () => Promise<Made>): Slot<Model, Made> {
    const slot = new Slot<Model, Made>(make, (top) => {
      this.#keep({ scroll: { ...this.#state.scroll, [id]: top } });
    });
    slot.restore(this.#state.scroll?.[id]);
    return slot;
  }

  /** A change of the status is told; what is shown first is read anyway. */
  #tell({ label, status, state }: Header): void {
    const trouble = 'problem' in state ? state.problem.what : undefined;
    const told = [label, status?.text, state.kind === 'gone' ? l10n.t('deleted') : trouble]
      .filter((part) => part !== undefined && part !== '')
      .join(', ');
    if (this.#told !== '' && this.#told !== told) this.#announcer.say(told);
    this.#told = told;
  }

  #keep(change: Partial<PageState>): void {
    this.#state = { ...this.#state, ...change };
    this.host.keepState(this.#state);
  }
}
