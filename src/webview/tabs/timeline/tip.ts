import type { BarModel } from '../../../shared/models';
import { element } from '../../components/elements';
import { ellipsis } from '../../components/clipped';
import { Formats } from '../../components/formats';
import { statusMark } from '../../components/icons';
import { barFacts } from './words';

/** What is told of the bar that is pointed at or has the focus. Escape hides it. */
export class Tip {
  readonly element = element('div', { className: 'tip-box', role: 'tooltip', hidden: true });

  /** @param target the bar as it is drawn. */
  show(bar: BarModel, target: HTMLElement): void {
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
    this.element.hidden = true;
  }

  /** Below the bar, or above it where there is no room; never outside of the window. */
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
