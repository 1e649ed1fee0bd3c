import * as l10n from '@vscode/l10n';
import { element } from '../../components/elements';
import { icon } from '../../components/controls';

/** How far a press scrolls, as a part of the width: a column stays in sight. */
const SCROLLED_PART = 0.8;

/** Positions have fractions of pixels, widths have none. */
const ROUNDING_PX = 1;

/** Tells how many columns of a table are out of sight to one of its sides. Pressing it brings them into sight. */
export class HiddenColumns {
  readonly element = element('button', { type: 'button', className: 'hidden-columns', hidden: true });
  #shown = '';

  /** @param scroller the table's, which it observes. */
  constructor(private readonly scroller: HTMLElement) {
    scroller.addEventListener('scroll', () => {
      this.update();
    });
    new ResizeObserver(() => {
      this.update();
    }).observe(scroller);
    this.element.addEventListener('click', () => {
      const { clientWidth } = scroller;
      if (this.#after() === 0) scroller.scrollLeft = 0;
      else scroller.scrollLeft += clientWidth * SCROLLED_PART;
    });
  }

  /** After the columns have changed. */
  update(): void {
    const after = this.#after();
    const before = after > 0 ? 0 : this.#before();
    const shown = `${after} ${before}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.element.hidden = after + before === 0;
    const sign = icon(after > 0 ? 'arrow-right' : 'arrow-left');
    this.element.replaceChildren(sign, columnsText(after + before));
  }

  /** Columns that are cut off at the end, or beyond it. */
  #after(): number {
    const end = this.#start + this.scroller.clientWidth;
    return this.#columns.filter(({ right }) => right > end + ROUNDING_PX).length;
  }

  /** Columns that are cut off at the start: by the table's edge, or by the names if these are sticky. */
  #before(): number {
    const names = this.scroller.querySelector('thead th')?.getBoundingClientRect().right ?? 0;
    const start = Math.max(this.#start, names);
    return this.#columns.filter(({ left }) => left < start - ROUNDING_PX).length;
  }

  get #start(): number {
    return this.scroller.getBoundingClientRect().left + this.scroller.clientLeft;
  }

  /** Where the columns are in the window. That of the names does not count. */
  get #columns(): readonly DOMRect[] {
    const heads = [...this.scroller.querySelectorAll('thead th')].slice(1);
    return heads.map((head) => head.getBoundingClientRect());
  }
}

function columnsText(count: number): string {
  return count === 1 ? l10n.t('1 more column') : l10n.t('{0} more columns', count);
}
