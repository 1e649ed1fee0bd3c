import { timeTicks } from 'd3-time';
import type { Span } from './bars';

/** A mark of the time axis. */
export interface Tick {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly label: string;
}

const DAY_MS = 86_400_000;

/** Estimated width of a letter, and the margin of a label in timeline.css. */
const LETTER_PX = 7.5;
const SPACE_PX = 12;

/**
 * About `count` round times of a span, with labels as precise as their distance. The first label includes the day, and
 * the year if it is not the current one.
 */
export function ticks({ from, to }: Span, count: number, language: string, now: number): readonly Tick[] {
  const marks = timeTicks(new Date(from), new Date(to), count);
  const [first, second] = marks;
  const step = first && second ? second.getTime() - first.getTime() : to - from;
  const isOld = first !== undefined && first.getFullYear() !== new Date(now).getFullYear();
  const hours = { hour: 'numeric', minute: '2-digit', ...seconds(step) } as const;
  const clock = new Intl.DateTimeFormat(language, hours);
  const long = new Intl.DateTimeFormat(language, toStyle(step));
  const dated: Intl.DateTimeFormatOptions = { ...toStyle(step), ...(isOld && { year: 'numeric' }) };
  return marks.map((mark, at) => {
    const midnight = mark.getHours() === 0 && mark.getMinutes() === 0 && mark.getSeconds() === 0;
    const timed = step < DAY_MS && !midnight;
    if (at > 0) return { at: mark.getTime(), label: (timed ? clock : long).format(mark) };
    const format = new Intl.DateTimeFormat(language, { ...dated, ...(timed && hours) });
    return { at: mark.getTime(), label: format.format(mark) };
  });
}

/**
 * Removes the labels that would overlap the one before, or exceed the width.
 * @param width of the span in pixels
 */
export function fitting(marks: readonly Tick[], { from, to }: Span, width: number): readonly Tick[] {
  let free = 0;
  return marks.map(({ at, label }) => {
    const left = ((at - from) / (to - from)) * width;
    const right = left + label.length * LETTER_PX + SPACE_PX;
    if (left < free || right > width) return { at, label: '' };
    free = right;
    return { at, label };
  });
}

function toStyle(step: number): Intl.DateTimeFormatOptions {
  if (step >= 360 * DAY_MS) return { year: 'numeric' };
  if (step >= 27 * DAY_MS) return { year: 'numeric', month: 'short' };
  return { day: 'numeric', month: 'short' };
}

function seconds(step: number): Intl.DateTimeFormatOptions {
  return step < 60_000 ? { second: '2-digit' } : {};
}
