import type { BarModel } from '../../../shared/models';

/** What bars show: when the run ran, or the date range that it loads. */
export type Scale = 'ran' | 'covers';

/** A bar with its position in its lane. Times are milliseconds since 1970. */
export interface PlacedBar {
  readonly bar: BarModel;
  readonly from: number;
  readonly to: number;
  /** True for a bar without ends, because the run loads all data. */
  readonly open: boolean;
  /** 0-based line within the lane: overlapping bars are stacked. */
  readonly line: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The time span of all bars, with a small margin. */
export function toSpan(bars: readonly BarModel[], scale: Scale, now: number): Span {
  let from = Infinity;
  let to = -Infinity;
  for (const bar of bars) {
    const range = toRange(bar, scale, now);
    if (!range || range === 'open') continue;
    from = Math.min(from, range.from);
    to = Math.max(to, range.to);
  }
  if (from > to) return { from: now - 30 * DAY_MS, to: now };
  const room = Math.max((to - from) * 0.02, MINUTE_MS);
  return { from: from - room, to: to + room };
}

/**
 * The bars of a lane that have a range, from left to right.
 * @param least minimum length of a bar in milliseconds, so that short ones stay visible.
 */
export function placed(
  bars: readonly BarModel[],
  scale: Scale,
  span: Span,
  now: number,
  least: number,
): readonly PlacedBar[] {
  const found = bars.flatMap((bar) => {
    const range = toRange(bar, scale, now);
    if (!range) return [];
    return [range === 'open' ? { bar, ...span, open: true } : { bar, ...range, open: false }];
  });
  const ends: number[] = [];
  return found
    .toSorted((a, b) => a.from - b.from)
    .map((each) => {
      const free = ends.findIndex((end) => end <= each.from);
      const line = free === -1 ? ends.length : free;
      ends[line] = Math.max(each.to, each.from + least);
      return { ...each, line };
    });
}

/** When a run ran, or what it covers; undefined if unknown. */
function toRange(bar: BarModel, scale: Scale, now: number): Span | 'open' | undefined {
  if (scale === 'covers') {
    if (bar.covers?.all) return 'open';
    const to = moment(bar.covers?.to);
    return ordered(moment(bar.covers?.from) ?? to, to);
  }
  const going = bar.status.state === 'running' || bar.status.state === 'queued';
  const from = moment(bar.started) ?? moment(bar.created);
  return ordered(from, moment(bar.completed) ?? (going ? Math.max(now, from ?? now) : undefined));
}

function ordered(from: number | undefined, to = from): Span | undefined {
  if (from === undefined || to === undefined) return undefined;
  return { from: Math.min(from, to), to: Math.max(from, to) };
}

function moment(date: string | undefined): number | undefined {
  const value = Date.parse(date ?? '');
  return Number.isNaN(value) ? undefined : value;
}
