import { element } from './components/elements';
import type { Tab } from './components/tab';

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
