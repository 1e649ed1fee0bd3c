import type { BarModel, LaneModel } from '../../../shared/models';
import { plainText } from '../../../shared/plainText';
import { element, reconcileChildren, ellipsis } from '../../components/elements';
import type { Formats } from '../../components/formats';
import { ListNotice } from '../../components/notices';
import { statusIcon } from '../../components/controls';
import type { TabActions } from '../../components/tabs';
import type { PlacedBar, Span } from './bars';
import { barName } from './runTexts';

export interface DrawnBar {
  readonly element: HTMLButtonElement;
  readonly placed: PlacedBar;
}

/** Parameters shared by all lanes. */
export interface Moment {
  readonly span: Span;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Minimum length of a bar in milliseconds. */
  readonly least: number;
  readonly formats: Formats;
}

/** A lane of the chart: its name, its bars, and the state of its list. */
export class Lane {
  readonly element: HTMLElement;
  readonly #name: HTMLButtonElement;
  readonly #track = element('div', { className: 'track' });
  readonly #notice: ListNotice;
  readonly #open: (path: string) => void;
  #drawn = new Map<string, DrawnBar>();
  #path: string;

  constructor(
    { path }: LaneModel,
    { open, load, editAccount }: Pick<TabActions, 'open' | 'load' | 'editAccount'>,
  ) {
    this.#path = path;
    this.#open = open;
    this.#name = element('button', { type: 'button', className: 'lane-name' });
    this.#name.addEventListener('click', () => {
      open(this.#path);
    });
    this.#notice = new ListNotice(() => {
      load(this.#path);
    }, editAccount);
    const label = element('div', { className: 'lane-label' }, this.#name);
    this.element = element(
      'div',
      { className: 'lane', role: 'group' },
      label,
      this.#track,
      this.#notice.element,
    );
  }

  /** The bars from left to right. */
  get bars(): readonly DrawnBar[] {
    return [...this.#drawn.values()];
  }

  update(model: LaneModel, placed: readonly PlacedBar[], { span, now, formats }: Moment): void {
    this.#path = model.path;
    this.#entitle(plainText(model.label));
    // A button above the chart loads all missing runs.
    this.#notice.update({ ...model, more: model.more && model.bars.length > 0 });
    const before = this.#drawn;
    this.#drawn = new Map();
    for (const each of placed) {
      const key = this.#drawn.has(each.bar.path) ? `${each.bar.path}\n${this.#drawn.size}` : each.bar.path;
      const known = before.get(key);
      const made = known?.element ?? this.#make(each.bar.path);
      put(made, each, span);
      if (!known || mayDiffer(known.placed.bar, each.bar))
        describe(made, each.bar, barName(each.bar, now, formats));
      this.#drawn.set(key, { element: made, placed: each });
    }
    reconcileChildren(
      this.#track,
      this.bars.map((bar) => bar.element),
    );
    const lines = placed.reduce((most, { line }) => Math.max(most, line + 1), 1);
    this.element.style.setProperty('--lines', String(lines));
  }

  #entitle(label: string): void {
    if (this.element.ariaLabel === label) return;
    this.element.ariaLabel = label;
    this.#name.replaceChildren(ellipsis(label));
  }

  #make(path: string): HTMLButtonElement {
    const made = element('button', { type: 'button', tabIndex: -1 });
    made.addEventListener('click', () => {
      this.#open(path);
    });
    return made;
  }
}

/** Positions are percentages, so that zooming only changes the width of the track. */
function put(button: HTMLButtonElement, { bar, from, to, open, line }: PlacedBar, span: Span): void {
  const whole = span.to - span.from;
  button.style.left = `${((from - span.from) / whole) * 100}%`;
  button.style.width = `${((to - from) / whole) * 100}%`;
  button.style.setProperty('--line', String(line));
  button.className = `bar state-${bar.status.state}${open ? ' open' : ''}`;
}

function describe(button: HTMLButtonElement, bar: BarModel, name: string): void {
  if (button.ariaLabel === name) return;
  button.ariaLabel = name;
  button.replaceChildren(statusIcon(bar.status.state), ellipsis(words(bar)));
}

/** True if the text may have changed: that of an active run changes over time. */
function mayDiffer(before: BarModel, now: BarModel): boolean {
  return now.status.state === 'running' || JSON.stringify(before) !== JSON.stringify(now);
}

function words({ label, status }: BarModel): string {
  return `${label.slice(0, 200)} · ${status.text.slice(0, 100)}`;
}
