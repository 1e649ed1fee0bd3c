import * as l10n from '@vscode/l10n';
import type { LaneModel, TimelineModel } from '../../../shared/models';
import { element, reconcileChildren, textWidth } from '../../components/elements';
import { dragging } from '../../components/controls';
import { Formats } from '../../components/formats';
import type { TabActions } from '../../components/tabs';
import { Axis } from './axis';
import { placed, toSpan, type Scale, type Span } from './bars';
import { BarFocus, Tip } from './barFocus';
import { Lane, type DrawnBar, type Moment } from './lane';

const MAX_ZOOM = 5000;

/** As in timeline.css. */
const MIN_BAR_PX = 6;

/** Widths of the lane names in pixels; `sides` is their padding in timeline.css. */
const names = { least: 120, most: 300, sides: 22 } as const;

/**
 * Runs as bars over time. Zooming makes the content wider than the viewport; panning is native scrolling by wheel, drag,
 * touch, keys and scroll bar, without redrawing.
 */
export class Chart {
  readonly element: HTMLElement;
  readonly #scroller: HTMLElement;
  readonly #lanesBox = element('div', { className: 'lanes' });
  readonly #axis = new Axis();
  readonly #tip: Tip;
  readonly #focus: BarFocus;
  #lanes = new Map<string, Lane>();
  #model: TimelineModel = { title: '', lanes: [] };
  #scale: Scale = 'ran';
  #span: Span = { from: 0, to: 1 };
  #zoom = 1;
  #now = 0;
  /** Visible width in pixels for which overlapping bars were stacked. */
  #drawnFor = 0;

  constructor(private readonly actions: TabActions) {
    const label = l10n.t(
      'Timeline of runs. Use the arrow keys to move between runs, plus and minus to zoom.',
    );
    const whole = element('div', { className: 'whole' }, this.#axis.element, this.#lanesBox);
    this.#scroller = element(
      'div',
      { className: 'chart', role: 'group', ariaLabel: label, tabIndex: 0 },
      whole,
    );
    this.#tip = new Tip((path) => {
      actions.explain(path);
    });
    this.element = element('div', { className: 'chart-box' }, this.#scroller, this.#tip.element);
    this.#focus = new BarFocus(this.#scroller, this.#tip, () => this.#bars());
    dragging(this.#scroller);
    this.#listen();
  }

  set scale(scale: Scale) {
    this.#scale = scale;
    this.zoomTo(1);
    this.update(this.#model);
  }

  update(model: TimelineModel): void {
    this.#model = model;
    this.#now = Date.now();
    this.#span = toSpan(
      model.lanes.flatMap(({ bars }) => bars),
      this.#scale,
      this.#now,
    );
    const before = this.#lanes;
    this.#lanes = new Map();
    this.#fitNames();
    this.#drawnFor = this.#seen();
    const least = ((this.#span.to - this.#span.from) / this.#drawnFor) * MIN_BAR_PX;
    const moment = { span: this.#span, now: this.#now, least, formats: new Formats() };
    for (const lane of model.lanes) this.#updateLane(lane, before.get(lane.path), moment);
    reconcileChildren(
      this.#lanesBox,
      [...this.#lanes.values()].map((lane) => lane.element),
    );
    this.#focus.keep();
    this.#drawAxis();
  }

  /** Zooms around the center, or around a position in pixels from the left. */
  zoomBy(factor: number, at = this.#seen() / 2): void {
    this.zoomTo(this.#zoom * factor, at);
  }

  zoomTo(zoom: number, at = 0): void {
    const before = this.#zoom;
    this.#zoom = Math.max(1, Math.min(zoom, MAX_ZOOM));
    const left = ((this.#scroller.scrollLeft + at) / before) * this.#zoom - at;
    this.#scroller.style.setProperty('--zoom', String(this.#zoom));
    this.#scroller.scrollLeft = left;
    this.#drawAxis();
  }

  /** The column of lane names is as wide as the longest, within bounds. */
  #fitNames(): void {
    const width = textWidth();
    const wanted = this.#model.lanes.map(({ label }) => width(label.slice(0, 100)) + names.sides);
    const most = wanted.reduce((widest, each) => Math.max(widest, each), names.least);
    this.#scroller.style.setProperty('--wanted', `${Math.ceil(Math.min(most, names.most))}px`);
  }

  #updateLane(model: LaneModel, known: Lane | undefined, moment: Moment): void {
    const lane = known ?? new Lane(model, this.actions);
    const { span, now, least } = moment;
    lane.update(model, placed(model.bars, this.#scale, span, now, least), moment);
    this.#lanes.set(model.path, lane);
  }

  #bars(): readonly (readonly DrawnBar[])[] {
    return [...this.#lanes.values()].map(({ bars }) => bars).filter(({ length }) => length > 0);
  }

  /** Width of the visible time span in pixels, without the lane names. */
  #seen(): number {
    return Math.max(1, this.#scroller.clientWidth - this.#axis.element.offsetLeft);
  }

  #drawAxis(): void {
    const seen = this.#seen();
    this.#axis.draw(this.#span, seen * this.#zoom, this.#scroller.scrollLeft, seen, this.#now);
  }

  #listen(): void {
    const scroller = this.#scroller;
    scroller.addEventListener('scroll', () => {
      this.#tip.hide();
      this.#drawAxis();
    });
    new ResizeObserver(() => {
      if (this.#seen() === this.#drawnFor) this.#drawAxis();
      else this.update(this.#model);
    }).observe(scroller);
    scroller.addEventListener(
      'wheel',
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        const left = scroller.getBoundingClientRect().left + this.#axis.element.offsetLeft;
        this.zoomBy(Math.exp(-event.deltaY / 300), Math.max(0, event.clientX - left));
      },
      { passive: false },
    );
    scroller.addEventListener('keydown', ({ key, ctrlKey, metaKey }) => {
      if (ctrlKey || metaKey) return;
      if (key === '+' || key === '=') this.zoomBy(1.5);
      else if (key === '-') this.zoomBy(1 / 1.5);
      else if (key === '0') this.zoomTo(1);
    });
  }
}
