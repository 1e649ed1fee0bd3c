import { plainText } from '../../shared/plainText';
import { element } from './elements';
import { age as ageIn, ExactTime } from '../../shared/relativeTime';

/** A plain decimal number. */
const decimal = /^-?\d{1,100}(\.\d{1,100})?$/;
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/**
 * Formats of dates, durations and percentages in the document's language. Create once for many values: a format costs
 * as much as a hundred uses of it.
 */
export class Formats {
  readonly #language = document.documentElement.lang;
  readonly #exact = new ExactTime(this.#language);
  readonly #number = new Intl.NumberFormat(this.#language, { maximumFractionDigits: 100 });
  readonly #share = new Intl.NumberFormat(this.#language, { style: 'percent', maximumFractionDigits: 0 });
  readonly #lengths = units.map(([unit, least]) => {
    const style = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 } as const;
    return { least, format: new Intl.NumberFormat(this.#language, style) };
  });

  /** A moment in full, as `ExactTime` has it. Other texts are returned as plain ones. */
  moment(date: string): string {
    return this.#exact.format(date) ?? plainText(date);
  }

  /** `1,234,567`, with all digits; other texts are returned unchanged. */
  number(text: string): string {
    return isDecimal(text) ? this.#number.format(text) : text;
  }

  /** `2.5 hours`. */
  length(milliseconds: number): string {
    const fitting = this.#lengths.find(({ least }) => milliseconds >= least) ?? this.#lengths.at(-1);
    return fitting?.format.format(milliseconds / fitting.least) ?? '';
  }

  /** `42%`. @param progress clamped to 0 to 1. */
  share(progress: number): string {
    return this.#share.format(Math.max(0, Math.min(progress, 1)));
  }
}

function isDecimal(text: string): text is `${number}` {
  return decimal.test(text);
}

/** How often ages are updated. */
const TICK_MS = 30_000;

/**
 * A relative time, with the exact one as accessible name and tooltip.
 * @param date ISO 8601; other texts are shown unchanged.
 * @param stop true for a tab stop, which shows the exact time without a mouse.
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

/** Updates the relative times in an element while it is in the document. */
export function updateAges(root: HTMLElement): void {
  whileConnected(root, TICK_MS, () => {
    for (const made of root.querySelectorAll<HTMLTimeElement>('time.moment')) {
      const shown = made.querySelector('.age');
      if (shown) shown.textContent = age(Date.parse(made.dateTime));
    }
  });
}

/**
 * How long ago a moment was, in the document's language: `5 minutes ago`, `now`.
 * @param moment milliseconds since 1970.
 */
export function age(moment: number, now = Date.now()): string {
  return ageIn(moment, document.documentElement.lang, now);
}

/**
 * Runs a function periodically until the element is removed from the document.
 * @param period milliseconds
 */
export function whileConnected(shown: HTMLElement, period: number, act: () => void): void {
  const timer = setInterval(() => {
    if (shown.isConnected) act();
    else clearInterval(timer);
  }, period);
}
