import { element } from './element';

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
  readonly #entries: readonly TabEntry<Id>[];
  readonly #buttons = new Map<Id, HTMLButtonElement>();
  readonly #opened: (id: Id) => void;

  /** @param opened is called when the user opens a tab, and by `open`. */
  constructor(label: string, entries: readonly TabEntry<Id>[], opened: (id: Id) => void) {
    this.#entries = entries;
    this.#opened = opened;
    this.element.ariaLabel = label;
    for (const entry of entries) this.#add(entry);
    this.element.addEventListener('keydown', (event) => {
      this.#move(event);
    });
  }

  open(id: Id): void {
    for (const { id: each, panel } of this.#entries) {
      const button = this.#buttons.get(each);
      if (!button) continue;
      button.ariaSelected = String(each === id);
      button.tabIndex = each === id ? 0 : -1;
      panel.hidden = each !== id;
    }
    this.#opened(id);
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
    const ids = this.#entries.map(({ id }) => id);
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
