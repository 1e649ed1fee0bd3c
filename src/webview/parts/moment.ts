import { plainText } from '../../text/plainText';
import { age } from '../age';
import { element } from '../element';
import { Formats } from './formats';
import { repeat } from './repeat';

/** How often ages are written anew, in milliseconds. */
const tick = 30_000;

/**
 * A moment as its age, with the exact moment in its name and tooltip.
 * @param date ISO 8601; what is none is shown as it is.
 * @param stop true for a stop of the Tab key, where the exact moment shows without a mouse as well.
 */
export function momentMark(date: string, stop: boolean, formats = new Formats()): HTMLElement {
  const moment = Date.parse(date);
  if (Number.isNaN(moment)) return element('span', { className: 'clipped', dir: 'auto' }, plainText(date));
  const full = formats.moment(date);
  const shown = element('span', { className: 'age' }, age(moment));
  const exact = element('span', { className: stop ? 'exact tip' : 'exact' }, full);
  const made = element(
    'time',
    { className: 'moment', dateTime: date },
    shown,
    element('span', { className: 'exact' }, ', '),
    exact,
  );
  if (stop) made.tabIndex = 0;
  else made.title = full;
  return made;
}

/** Keeps the ages below an element true as time passes, for as long as it is part of the page. */
export function keepAges(root: HTMLElement): void {
  repeat(root, tick, () => {
    for (const made of root.querySelectorAll<HTMLTimeElement>('time.moment')) {
      const shown = made.querySelector('.age');
      if (shown) shown.textContent = age(Date.parse(made.dateTime));
    }
  });
}
