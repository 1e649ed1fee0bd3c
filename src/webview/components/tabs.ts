import { element } from './elements';

/** What the user may ask for in a tab. Paths are those of the models. */
export interface TabActions {
  /** Show the details of another resource. */
  open(path: string): void;
  /** Show the resource in the tree. */
  reveal(path: string): void;
  /** Put an id or a value on the clipboard, as one line. */
  copy(text: string): void;
  /** Load what lies below a resource, or the rest of a list. */
  load(path: string): void;
  /** Open the form of the account. */
  readonly editAccount: () => void;
  /** Stop what is being loaded. */
  cancel(): void;
}

/** A tab of the panel. `update` shows another state of the same resource, and keeps scroll, focus, sorting and zoom. */
export interface Tab<Model> {
  readonly element: HTMLElement;
  /** What scrolls; absent where that is the element itself. */
  readonly scroller?: HTMLElement;
  update(model: Model): void;
}

/** For so many frames a position is held that was given back: an editor measures its lines late, which moves the text. */
const SETTLE_MS = 10;

/** Where a tab of the panel stands: it is loaded when there is something to show, and given its scroll position back. */
export class TabContainer<Model, Made extends Tab<Model> = Tab<Model>> {
  readonly panel = element('section', { className: 'panel' });
  #loading = false;
  #tab: Made | undefined;
  #model: Model | undefined;
  #wanted: number | undefined;

  /** @param scrolled is told how far the tab is scrolled, in pixels. */
  constructor(
    private readonly make: () => Promise<Made>,
    private readonly scrolled: (top: number) => void,
  ) {}

  /** The tab, where there was something to show. */
  get tab(): Made | undefined {
    return this.#tab;
  }

  /** Where the tab is to be scrolled to as soon as it is that long. */
  restore(top: number | undefined): void {
    this.#wanted = top;
  }

  update(model: Model): void {
    this.#model = model;
    if (this.#tab) this.#draw(this.#tab, model);
    else if (!this.#loading) void this.#load();
  }

  async #load(): Promise<void> {
    this.#loading = true;
    const tab = await this.make();
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
    this.#hold(scroller, this.#wanted, SETTLE_MS);
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

/** A tab of the strip. */
export interface TabEntry<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** What shows below the strip while the tab is open. */
  readonly panel: HTMLElement;
}

/** A strip of tabs as ARIA wants it: one stop of the Tab key, arrow keys, Home and End within. */
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

  /** The tabs that there are. The open one stays, where it is among them; else `wanted` is opened, or the first. */
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
