import * as l10n from '@vscode/l10n';
import type { LogId } from '../../shared/models';
import { element } from './elements';
import { line } from './notices';

/** Actions that tabs offer. Paths are those of the models. */
export interface TabActions {
  /** Shows the details of another resource. */
  open(path: string): void;
  /** Reveals the resource in the tree. */
  reveal(path: string): void;
  /** Copies an ID or a value as one line. */
  copy(text: string): void;
  /** Loads the children of a resource, or the rest of a list. */
  load(path: string): void;
  /** Asks why a run failed. */
  explain(path: string): void;
  /** Loads the next entries of a log, or what could not be loaded. @param again true: the newest ones again. */
  loadLog(log: LogId, again: boolean): void;
  /** Opens the account form. */
  readonly editAccount: () => void;
  /** Shows the resources of a count of an account, or all. */
  chooseCount(id: string | undefined): void;
  /** Loads the resources of a level of an account. */
  loadLevel(id: string): void;
  /** Marks an account as seen. */
  markAsSeen(): void;
  /** Cancels loading. */
  cancel(): void;
}

/** A tab of the panel. `update` shows another state of the same resource, and keeps scroll, focus, sorting and zoom. */
export interface Tab<Model> {
  readonly element: HTMLElement;
  /** The scrolling element; absent if it is `element` itself. */
  readonly scroller?: HTMLElement;
  update(model: Model): void;
}

/** Frames for which a restored position is held: an editor measures its lines late, which moves the text. */
const SETTLE_FRAMES = 10;

/** Container of a lazily loaded tab, which restores its scroll position. */
export class TabContainer<Model, Made extends Tab<Model> = Tab<Model>> {
  readonly panel = element('section', { className: 'panel' });
  #making: Promise<Made> | undefined;
  #loading = false;
  #tab: Made | undefined;
  #model: Model | undefined;
  #wanted: number | undefined;

  /** @param scrolled is called with the scroll position in pixels. */
  constructor(
    private readonly make: () => Promise<Made>,
    private readonly scrolled: (top: number) => void,
  ) {}

  /** The tab, once loaded. */
  get tab(): Made | undefined {
    return this.#tab;
  }

  /** Sets the position to scroll to as soon as the content is long enough. */
  restore(top: number | undefined): void {
    this.#wanted = top;
  }

  /** Loads the code of the tab, while the extension is asked for its model, which a busy one sends late. */
  prepare(): Promise<Made> {
    this.#making ??= this.make();
    if (!this.#tab && this.panel.childElementCount === 0)
      this.panel.append(line('loading', 'loading', l10n.t('Loading…')));
    return this.#making;
  }

  update(model: Model): void {
    this.#model = model;
    if (this.#tab) this.#draw(this.#tab, model);
    else if (!this.#loading) void this.#load();
  }

  async #load(): Promise<void> {
    this.#loading = true;
    const tab = await this.prepare();
    const scroller = tab.scroller ?? this.panel;
    scroller.addEventListener('scroll', () => {
      if (this.#wanted === undefined) this.scrolled(scroller.scrollTop);
    });
    this.panel.replaceChildren(tab.element);
    this.#tab = tab;
    if (this.#model !== undefined) this.#draw(tab, this.#model);
  }

  #draw(tab: Made, model: Model): void {
    tab.update(model);
    if (this.#wanted === undefined) return;
    requestAnimationFrame(() => {
      this.#scroll(tab.scroller ?? this.panel);
    });
  }

  #scroll(scroller: HTMLElement): void {
    if (this.#wanted === undefined || scroller.scrollHeight - scroller.clientHeight < this.#wanted) return;
    this.#hold(scroller, this.#wanted, SETTLE_FRAMES);
  }

  #hold(scroller: HTMLElement, top: number, frames: number): void {
    scroller.scrollTop = top;
    if (frames === 0) this.#wanted = undefined;
    else
      requestAnimationFrame(() => {
        this.#hold(scroller, top, frames - 1);
      });
  }
}

export interface TabEntry<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** The content, visible while the tab is selected. */
  readonly panel: HTMLElement;
}

/** A tablist after the ARIA pattern: one tab stop; arrow keys, Home and End move within. */
export class TabStrip<Id extends string> {
  readonly element = element('div', { className: 'tab-strip', role: 'tablist' });
  readonly panels = element('div', { className: 'tab-panels' });
  readonly #buttons = new Map<Id, HTMLButtonElement>();
  #shown: readonly Id[] = [];
  #current: Id | undefined;

  /** @param opened is called when the user opens a tab, and by `open`. */
  constructor(
    label: string,
    private readonly entries: readonly TabEntry<Id>[],
    private readonly opened: (id: Id) => void,
  ) {
    this.element.ariaLabel = label;
    for (const entry of entries) this.#add(entry);
    this.element.addEventListener('keydown', (event) => {
      this.#move(event);
    });
  }

  /** Sets the visible tabs. The open one stays open if it is among them; else `wanted` is opened, or the first. */
  show(ids: readonly Id[], wanted?: Id): void {
    this.#shown = ids.filter((id) => this.#buttons.has(id));
    this.element.hidden = this.#shown.length === 0;
    for (const [id, button] of this.#buttons) button.hidden = !ids.includes(id);
    if (this.#current !== undefined && this.#shown.includes(this.#current)) return;
    const opened = this.#shown.find((id) => id === wanted) ?? this.#shown[0];
    if (opened !== undefined) this.open(opened);
  }

  open(id: Id): void {
    this.#current = id;
    for (const { id: each, panel } of this.entries) {
      const button = this.#buttons.get(each);
      if (!button) continue;
      button.ariaSelected = String(each === id);
      button.tabIndex = each === id ? 0 : -1;
      panel.hidden = each !== id;
    }
    this.opened(id);
  }

  #add({ id, label, panel }: TabEntry<Id>): void {
    const button = element(
      'button',
      { id: `tab-${id}`, type: 'button', className: 'tab', role: 'tab' },
      label,
    );
    button.setAttribute('aria-controls', `panel-${id}`);
    button.addEventListener('click', () => {
      this.open(id);
    });
    Object.assign(panel, { id: `panel-${id}`, role: 'tabpanel', hidden: true });
    panel.setAttribute('aria-labelledby', button.id);
    this.#buttons.set(id, button);
    this.element.append(button);
    this.panels.append(panel);
  }

  #move(event: KeyboardEvent): void {
    const ids = this.#shown;
    const at = ids.findIndex((id) => this.#buttons.get(id) === document.activeElement);
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: (at + 1) % ids.length,
      ArrowLeft: (at - 1 + ids.length) % ids.length,
      Home: 0,
      End: ids.length - 1,
    };
    const id = ids[targets[event.key] ?? -1];
    if (at < 0 || id === undefined) return;
    event.preventDefault();
    this.open(id);
    this.#buttons.get(id)?.focus();
  }
}
