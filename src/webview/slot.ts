import { element } from './element';
import type { Tab } from './tab';

/** Where a tab of the panel stands: it is made when there is something to show, and is given its scroll position back. */
export class Slot<Model, Made extends Tab<Model> = Tab<Model>> {
  readonly panel = element('section', { className: 'panel' });
  readonly #make: () => Made;
  readonly #scrolled: (top: number) => void;
  #tab: Made | undefined;
  #wanted: number | undefined;

  /** @param scrolled is told how far the tab is scrolled, in pixels. */
  constructor(make: () => Made, scrolled: (top: number) => void) {
    this.#make = make;
    this.#scrolled = scrolled;
  }

  /** The tab, where there was something to show. */
  get tab(): Made | undefined {
    return this.#tab;
  }

  /** Where the tab is to be scrolled to as soon as it is that long. */
  restore(top: number | undefined): void {
    this.#wanted = top;
  }

  update(model: Model): void {
    this.#tab ??= this.#begin();
    this.#tab.update(model);
    if (this.#wanted !== undefined)
      requestAnimationFrame(() => {
        this.#scroll();
      });
  }

  #begin(): Made {
    const tab = this.#make();
    const scroller = tab.scroller ?? this.panel;
    scroller.addEventListener('scroll', () => {
      if (this.#wanted === undefined) this.#scrolled(scroller.scrollTop);
    });
    this.panel.replaceChildren(tab.element);
    return tab;
  }

  #scroll(): void {
    const scroller = this.#tab?.scroller ?? this.panel;
    if (this.#wanted === undefined || scroller.scrollHeight - scroller.clientHeight < this.#wanted) return;
    scroller.scrollTop = this.#wanted;
    this.#wanted = undefined;
  }
}
