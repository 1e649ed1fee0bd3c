import type { DrawnBar } from './lane';
import type { BarModel } from '../../../shared/models';
import { element, ellipsis } from '../../components/elements';
import { Formats } from '../../components/formats';
import { statusMark } from '../../components/controls';
import { barFacts } from './runTexts';

type Lanes = readonly (readonly DrawnBar[])[];

/** Keyboard navigation between bars: one is a tab stop, arrow keys move. Shows the tooltip of the current bar. */
export class BarFocus {
  #current: HTMLElement | undefined;

  /** @param lanes the drawn bars of each lane that has any, from left to right. */
  constructor(
    chart: HTMLElement,
    private readonly tip: Tip,
    private readonly lanes: () => Lanes,
  ) {
    chart.addEventListener('focusin', ({ target }) => {
      this.#setFocus(target, true);
    });
    chart.addEventListener('pointerover', ({ target }) => {
      this.#setFocus(target, false);
    });
    for (const gone of ['focusout', 'pointerleave']) {
      chart.addEventListener(gone, () => {
        tip.hide();
      });
    }
    chart.addEventListener('keydown', (event) => {
      this.#press(event);
    });
  }

  /** Restores the tab stop after bars were drawn. */
  keep(): void {
    const all = this.lanes().flat();
    const known = all.find(({ element }) => element === this.#current) ?? all[0];
    this.#reach(known?.element);
    this.tip.update(all);
  }

  #reach(element: HTMLElement | undefined): void {
    if (this.#current) this.#current.tabIndex = -1;
    this.#current = element;
    if (element) element.tabIndex = 0;
  }

  #setFocus(target: EventTarget | null, focused: boolean): void {
    const found = this.lanes()
      .flat()
      .find(({ element }) => target instanceof Node && element.contains(target));
    if (!found) {
      this.tip.hide();
      return;
    }
    if (focused) this.#reach(found.element);
    this.tip.show(found.placed.bar, found.element);
  }

  #press(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.tip.hide();
    const next = this.#next(event.key);
    if (!next) return;
    event.preventDefault();
    next.element.focus({ preventScroll: true });
    next.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.tip.show(next.placed.bar, next.element);
  }

  #next(key: string): DrawnBar | undefined {
    const lanes = this.lanes();
    const row = lanes.findIndex((bars) => bars.some(({ element }) => element === document.activeElement));
    const lane = lanes[row];
    if (!lane) return undefined;
    const at = lane.findIndex(({ element }) => element === document.activeElement);
    switch (key) {
      case 'ArrowRight':
        return lane[at + 1];
      case 'ArrowLeft':
        return lane[at - 1];
      case 'Home':
        return lane[0];
      case 'End':
        return lane.at(-1);
      case 'ArrowDown':
        return nearest(lanes[row + 1], lane[at]);
      case 'ArrowUp':
        return nearest(lanes[row - 1], lane[at]);
      default:
        return undefined;
    }
  }
}

/** The bar of another lane with the nearest start. */
function nearest(bars: readonly DrawnBar[] = [], to: DrawnBar | undefined): DrawnBar | undefined {
  const distance = ({ placed }: DrawnBar): number => Math.abs(placed.from - (to?.placed.from ?? 0));
  return bars.reduce<DrawnBar | undefined>(
    (best, bar) => (best && distance(best) <= distance(bar) ? best : bar),
    undefined,
  );
}

/** Rest (ms) on a bar before its service is asked why the run failed: the pointer crosses others on its way. */
const EXPLAIN_DELAY_MS = 300;

/** Tooltip of the hovered or focused bar. Escape hides it. */
export class Tip {
  readonly element = element('div', { className: 'tip-box', role: 'tooltip', hidden: true });
  #shown: string | undefined;
  #timer: number | undefined;
  readonly #asked = new Set<string>();

  /** @param explain asks why a run failed. */
  constructor(private readonly explain: (path: string) => void) {}

  /** @param target the bar as it is drawn. */
  show(bar: BarModel, target: HTMLElement): void {
    this.#shown = bar.path;
    this.#askLater(bar);
    this.#draw(bar, target);
  }

  /** Follows what is now known of the bar. */
  update(bars: readonly DrawnBar[]): void {
    const found = bars.find(({ placed }) => placed.bar.path === this.#shown);
    if (found && !this.element.hidden) this.#draw(found.placed.bar, found.element);
  }

  /** Once for each bar. */
  #askLater({ path, reasons }: BarModel): void {
    window.clearTimeout(this.#timer);
    if (reasons?.length !== 0 || this.#asked.has(path)) return;
    this.#timer = window.setTimeout(() => {
      this.#asked.add(path);
      this.explain(path);
    }, EXPLAIN_DELAY_MS);
  }

  #draw(bar: BarModel, target: HTMLElement): void {
    const facts = barFacts(bar, Date.now(), new Formats()).flatMap(([label, value]) => [
      element('dt', {}, label),
      element('dd', { dir: 'auto' }, value),
    ]);
    const name = element('strong', {}, ellipsis(bar.label));
    this.element.replaceChildren(name, statusMark(bar.status), element('dl', {}, ...facts));
    this.element.hidden = false;
    this.#place(target.getBoundingClientRect());
  }

  hide(): void {
    window.clearTimeout(this.#timer);
    this.element.hidden = true;
  }

  /** Below the bar, or above it if there is no room; always within the window. */
  #place({ left, right, top, bottom }: DOMRect): void {
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const { clientWidth, clientHeight } = document.documentElement;
    const middle = (Math.max(left, 0) + Math.min(right, clientWidth)) / 2;
    const x = Math.max(8, Math.min(middle - width / 2, clientWidth - width - 8));
    const y = bottom + height + 12 > clientHeight ? Math.max(8, top - height - 6) : bottom + 6;
    this.element.style.left = `${x}px`;
    this.element.style.top = `${y}px`;
  }
}
