import * as l10n from '@vscode/l10n';
import type { Header, JsonModel, PageState, TabId, ToPage } from '../panel/protocol';
import { Announcer } from './announcer';
import { element } from './element';
import { HeaderView } from './header';
import type { Host } from './host';
import { jsonTab, type JsonTab } from './json/jsonTab';
import { Slot } from './slot';
import { TabStrip } from './tabStrip';

type Start = Extract<ToPage, { type: 'start' }>;

/** All that the page shows of one resource: header, tabs, and what is told to screen readers. */
export class Shell {
  readonly #host: Host;
  readonly #path: string;
  readonly #announcer = new Announcer();
  readonly #header: HeaderView;
  readonly #json: Slot<JsonModel, JsonTab>;
  readonly #strip: TabStrip<TabId>;
  readonly #nonce: string;
  #state: PageState;
  #told = '';

  /** @param nonce the word that lets styles in. */
  constructor(host: Host, { path, kept }: Start, nonce: string) {
    this.#host = host;
    this.#path = path;
    this.#nonce = nonce;
    const before = host.state();
    this.#state = before?.path === path ? { ...before, kept } : { path, kept };
    this.#header = new HeaderView({
      do: (verb) => {
        host.send({ type: 'do', verb, path });
      },
      act: (action) => {
        host.send({ type: 'act', action, path });
      },
    });
    this.#json = new Slot(
      () => this.#jsonTab(),
      (top) => {
        this.#keep({ scroll: { ...this.#state.scroll, json: top } });
      },
    );
    this.#strip = new TabStrip<TabId>(
      l10n.t('Details'),
      [{ id: 'json', label: l10n.t('JSON'), panel: this.#json.panel }],
      (tab) => {
        this.#keep({ tab });
        host.send({ type: 'tab', tab, path });
      },
    );
  }

  /** Takes the place of what the page showed. */
  show(): void {
    const main = element('main', {}, this.#strip.element, this.#strip.panels);
    document.body.replaceChildren(this.#header.element, main, this.#announcer.element);
    this.#json.restore(this.#state.scroll?.json);
    this.#strip.open(this.#state.tab ?? 'json');
  }

  receive(message: Exclude<ToPage, Start>): void {
    switch (message.type) {
      case 'kept':
        this.#keep({ kept: true });
        return;
      case 'header':
        this.#header.update(message.header);
        this.#tell(message.header);
        return;
      case 'json':
        this.#json.update(message.json);
        return;
      case 'ids':
        this.#json.tab?.identified(message.ids);
    }
  }

  #jsonTab(): JsonTab {
    const path = this.#path;
    return jsonTab(this.#nonce, {
      identify: (ids) => {
        this.#host.send({ type: 'identify', ids: [...ids], path });
      },
      follow: (id) => {
        this.#host.send({ type: 'follow', id, path });
      },
      copy: (text, what) => {
        this.#host.send({ type: 'copy', text, path });
        this.#announcer.say(l10n.t('Done: {0}', what));
      },
      retry: () => {
        this.#host.send({ type: 'do', verb: 'refresh', path });
      },
    });
  }

  /** A change of the status is told; what is shown first is read anyway. */
  #tell({ label, status, state }: Header): void {
    const told = [label, status?.text, status?.word, state.kind === 'gone' ? l10n.t('deleted') : '']
      .filter((part) => part !== undefined && part !== '')
      .join(', ');
    if (this.#told !== '' && this.#told !== told) this.#announcer.say(told);
    this.#told = told;
  }

  #keep(change: Partial<PageState>): void {
    this.#state = { ...this.#state, ...change };
    this.#host.keepState(this.#state);
  }
}
