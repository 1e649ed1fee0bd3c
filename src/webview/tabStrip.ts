import { element } from './components/elements';

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
