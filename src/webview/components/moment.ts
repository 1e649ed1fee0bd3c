import { plainText } from '../../shared/plainText';
import { element } from './elements';
import { Formats } from './formats';
import { age as ageIn } from '../../shared/relativeTime';

/** How often ages are written anew, in milliseconds. */
const TICK_MS = 30_000;

/**
 * A moment as its age, with the exact moment in its name and tooltip.
 * @param date ISO 8601; what is none is shown as it is.
 * @param stop true for a stop of the Tab key, where the exact moment shows without a mouse as well.
 */
export function timeElement(date: string, stop: boolean, formats = new Formats()): HTMLElement {
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
export function updateAges(root: HTMLElement): void {
  whileConnected(root, TICK_MS, () => {
    for (const made of root.querySelectorAll<HTMLTimeElement>('time.moment')) {
      const shown = made.querySelector('.age');
      if (shown) shown.textContent = age(Date.parse(made.dateTime));
    }
  });
}

/**
 * How long ago a moment was, in the page's language: `5 minutes ago`, `now`.
 * @param moment milliseconds since 1970.
 */
export function age(moment: number, now = Date.now()): string {
  return ageIn(moment, document.documentElement.lang, now);
}

/** A moment in full, in the page's language: `21 November 2026 at 12:10:04 UTC`. */
export function formatDateTime(moment: number): string {
  const style = { dateStyle: 'long', timeStyle: 'long' } as const;
  return new Intl.DateTimeFormat(document.documentElement.lang, style).format(moment);
}

/**
 * Does something again and again while an element is part of the page: one that made room for another resource is let go.
 * @param period milliseconds
 */
export function whileConnected(shown: HTMLElement, period: number, act: () => void): void {
  const timer = setInterval(() => {
    if (shown.isConnected) act();
    else clearInterval(timer);
  }, period);
}
