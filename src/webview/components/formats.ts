import { plainText } from '../../shared/plainText';

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
