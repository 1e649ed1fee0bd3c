import { element } from './elements';

/** Tells screen readers what changed without taking the focus. */
export class Announcer {
  readonly element = element('div', { className: 'announcer', role: 'status', ariaLive: 'polite' });

  say(text: string): void {
    // The same text said twice is told once only: the element has to change.
    this.element.replaceChildren(text === this.element.textContent ? `${text}\u00a0` : text);
  }
}
