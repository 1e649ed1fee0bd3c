import { plainText } from '../../shared/plainText';
import { element } from './elements';
import { age as ageIn } from '../../shared/relativeTime';

/** A number that a text holds in full. */
const decimal = /^-?\d{1,100}(\.\d{1,100})?$/;
const dayAlone = /^\d{4}-\d\d-\d\d$/;
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/**
 * Moments, lengths of time and parts of a whole in the page's language. To be made once for many values: each format
 * costs as much as a hundred uses of it.
 */
export class Formats {
  readonly #language = document.documentElement.lang;
  readonly #moment = new Intl.DateTimeFormat(this.#language, { dateStyle: 'long', timeStyle: 'long' });
  readonly #day = new Intl.DateTimeFormat(this.#language, { dateStyle: 'long', timeZone: 'UTC' });
  readonly #number = new Intl.NumberFormat(this.#language, { maximumFractionDigits: 100 });
  readonly #share = new Intl.NumberFormat(this.#language, { style: 'percent', maximumFractionDigits: 0 });
  readonly #lengths = units.map(([unit, least]) => {
    const style = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 } as const;
    return { least, format: new Intl.NumberFormat(this.#language, style) };
  });

  /** A moment in full: `21 November 2026 at 12:10:04 UTC`; a day alone stays that day wherever the reader is. */
  moment(date: string): string {
    const moment = Date.parse(date);
    if (Number.isNaN(moment)) return plainText(date);
    return (dayAlone.test(date) ? this.#day : this.#moment).format(moment);
  }

  /** `1,234,567`, with every digit of the text; a text that is no number stays as it is. */
  number(text: string): string {
    return isDecimal(text) ? this.#number.format(text) : text;
  }

  /** `2.5 hours`. */
  length(milliseconds: number): string {
    const fitting = this.#lengths.find(({ least }) => milliseconds >= least) ?? this.#lengths.at(-1);
    return fitting?.format.format(milliseconds / fitting.least) ?? '';
  }

  /** `42%`. @param progress from 0 to 1; what lies beyond is brought back. */
  share(progress: number): string {
    return this.#share.format(Math.max(0, Math.min(progress, 1)));
  }
}

function isDecimal(text: string): text is `${number}` {
  return decimal.test(text);
}

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
