import type { BarModel, LaneModel } from '../../panel/models';
import { plainText } from '../../tree/plainText';
import { element } from '../element';
import { clipped } from '../parts/clipped';
import { Formats } from '../parts/formats';
import { ListNotice } from '../parts/listNotice';
import { replaceKept } from '../parts/replaceKept';
import { statusIcon } from '../parts/statusMark';
import type { Wishes } from '../tab';
import type { PlacedBar, Span } from './bars';
import { barName } from './words';

/** A bar that is drawn. */
export interface DrawnBar {
  readonly element: HTMLButtonElement;
  readonly placed: PlacedBar;
}

/** A lane of the chart: its name, its bars, and what is to be said of its list. */
export class Lane {
  readonly element: HTMLElement;
  readonly #name: HTMLButtonElement;
  readonly #track = element('div', { className: 'track' });
  readonly #notice: ListNotice;
  readonly #open: (path: string) => void;
  #drawn = new Map<string, DrawnBar>();
  #path: string;

  constructor({ path }: LaneModel, { open, load }: Pick<Wishes, 'open' | 'load'>) {
    this.#path = path;
    this.#open = open;
    this.#name = element('button', { type: 'button', className: 'lane-name' });
    this.#name.addEventListener('click', () => {
      open(this.#path);
    });
    this.#notice = new ListNotice(() => {
      load(this.#path);
    });
    const label = element('div', { className: 'lane-label' }, this.#name, this.#notice.element);
    this.element = element('div', { className: 'lane', role: 'group' }, label, this.#track);
  }

  /** The bars from left to right. */
  get bars(): readonly DrawnBar[] {
    return [...this.#drawn.values()];
  }

  update(model: LaneModel, placed: readonly PlacedBar[], span: Span, now: number): void {
    this.#path = model.path;
    this.element.ariaLabel = plainText(model.label);
    this.#name.replaceChildren(clipped(model.label));
    this.#notice.update(model);
    const before = this.#drawn;
    const formats = new Formats();
    this.#drawn = new Map();
    for (const each of placed) {
      const key = this.#drawn.has(each.bar.path) ? `${each.bar.path}\n${this.#drawn.size}` : each.bar.path;
      const made = before.get(key)?.element ?? this.#make(each.bar.path);
      draw(made, each, span, barName(each.bar, now, formats));
      this.#drawn.set(key, { element: made, placed: each });
    }
    replaceKept(
      this.#track,
      this.bars.map((bar) => bar.element),
    );
    const lines = placed.reduce((most, { line }) => Math.max(most, line + 1), 1);
    this.#track.style.setProperty('--lines', String(lines));
  }

  #make(path: string): HTMLButtonElement {
    const made = element('button', { type: 'button', tabIndex: -1 });
    made.addEventListener('click', () => {
      this.#open(path);
    });
    return made;
  }
}

/** Places are parts of the track, so that zooming changes its width alone. */
function draw(
  button: HTMLButtonElement,
  { bar, from, to, open, line }: PlacedBar,
  span: Span,
  name: string,
): void {
  const whole = span.to - span.from;
  button.style.left = `${((from - span.from) / whole) * 100}%`;
  button.style.width = `${((to - from) / whole) * 100}%`;
  button.style.setProperty('--line', String(line));
  button.className = `bar state-${bar.status.state}${open ? ' open' : ''}`;
  if (button.ariaLabel === name) return;
  button.ariaLabel = name;
  button.replaceChildren(statusIcon(bar.status.state), clipped(words(bar)));
}

function words({ label, status }: BarModel): string {
  return `${label.slice(0, 200)} · ${status.text.slice(0, 100)}`;
}
