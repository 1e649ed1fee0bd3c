import { element } from '../../components/elements';
import type { Span } from './bars';
import { fitting, ticks } from './ticks';

const LABEL_ROOM_PX = 110;

/** The time axis with grid lines, drawn for the visible part only. */
export class Axis {
  readonly element = element('div', { className: 'axis', ariaHidden: 'true' });

  /**
   * @param width of the whole time in pixels
   * @param left pixels of it that are scrolled away
   * @param seen pixels of it that can be seen
   */
  draw(span: Span, width: number, left: number, seen: number, now: number): void {
    const perPixel = (span.to - span.from) / width;
    const from = span.from + left * perPixel;
    const part = { from, to: from + seen * perPixel };
    const count = Math.max(2, Math.floor(seen / LABEL_ROOM_PX));
    const found = ticks(part, count, document.documentElement.lang, now);
    const marks = fitting(found, part, seen).map(({ at, label }) => {
      const mark = element('span', { className: 'tick' }, element('span', {}, label));
      mark.style.left = `${(at - span.from) / perPixel}px`;
      return mark;
    });
    if (now > part.from && now < part.to) {
      const mark = element('span', { className: 'tick now' });
      mark.style.left = `${(now - span.from) / perPixel}px`;
      marks.push(mark);
    }
    this.element.replaceChildren(...marks);
  }
}
