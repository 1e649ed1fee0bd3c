import { element } from './elements';
import { icon } from './controls';

/** How far a press scrolls, as a part of the size: something that was seen stays in sight. */
const SCROLLED_PART = 0.8;

/** Positions have fractions of pixels, sizes have none. */
const ROUNDING_PX = 1;

/** What a scroller contains, and how the parts of it that are out of sight are called. */
interface Content {
  /** Where the parts are in the window. */
  readonly parts: () => readonly DOMRect[];
  /** What is covered at the start of the line, in pixels. */
  readonly covered?: () => number;
  /** A localized number of parts, such as `2 more columns`. */
  readonly text: (count: number) => string;
}

/** With their icons, in the order in which they are named: a graph and a table begin at the top left. */
const ICONS = { right: 'arrow-right', down: 'arrow-down', left: 'arrow-left', up: 'arrow-up' } as const;

type Side = keyof typeof ICONS;

// Object.keys forgets the keys.
const SIDES = Object.keys(ICONS) as readonly Side[];

/**
 * Tells how many parts of what scrolls are out of sight, or cut off, at one of its sides. Pressing it brings them into
 * sight.
 */
export class HiddenParts {
  readonly element = element('button', { type: 'button', className: 'hidden-parts', hidden: true });
  #side: Side = 'right';
  #shown = '';

  /** @param scroller is observed. */
  constructor(
    private readonly scroller: HTMLElement,
    private readonly content: Content,
  ) {
    scroller.addEventListener('scroll', () => {
      this.update();
    });
    new ResizeObserver(() => {
      this.update();
    }).observe(scroller);
    this.element.addEventListener('click', () => {
      this.#scroll();
    });
  }

  /** After the parts have changed. */
  update(): void {
    const hidden = this.#hidden();
    const side = SIDES.find((each) => hidden[each] > 0) ?? 'right';
    const count = hidden[side];
    this.#side = side;
    const shown = `${side} ${count}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.element.hidden = count === 0;
    this.element.replaceChildren(icon(ICONS[side]), this.content.text(count));
  }

  #hidden(): Readonly<Record<Side, number>> {
    const { left, top } = this.scroller.getBoundingClientRect();
    const { clientLeft, clientTop, clientWidth, clientHeight } = this.scroller;
    const [startX, startY] = [left + clientLeft, top + clientTop];
    const [endX, endY] = [startX + clientWidth + ROUNDING_PX, startY + clientHeight + ROUNDING_PX];
    const freeX = startX + Math.max(0, this.content.covered?.() ?? 0);
    const parts = this.content.parts();
    return {
      right: parts.filter((part) => part.right > endX).length,
      down: parts.filter((part) => part.bottom > endY).length,
      left: parts.filter((part) => part.left < freeX - ROUNDING_PX).length,
      up: parts.filter((part) => part.top < startY - ROUNDING_PX).length,
    };
  }

  #scroll(): void {
    const { clientWidth, clientHeight } = this.scroller;
    switch (this.#side) {
      case 'right':
        this.scroller.scrollLeft += clientWidth * SCROLLED_PART;
        return;
      case 'down':
        this.scroller.scrollTop += clientHeight * SCROLLED_PART;
        return;
      case 'left':
        this.scroller.scrollLeft = 0;
        return;
      case 'up':
        this.scroller.scrollTop = 0;
    }
  }
}
