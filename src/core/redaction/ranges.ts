/** A range of a text: start inclusive, end exclusive. */
export type Range = readonly [start: number, end: number];

/** Replaces each range with a mask. Ranges may be unordered, and adjacent or overlapping ones share one mask. */
export function maskRanges(text: string, ranges: readonly Range[], mask: string): string {
  if (ranges.length === 0) return text;
  const parts: string[] = [];
  let copied = 0;
  for (const [start, end] of mergeRanges(ranges)) {
    parts.push(text.slice(copied, start), mask);
    copied = end;
  }
  return parts.join('') + text.slice(copied);
}

/** Sorts ranges, and merges those that are adjacent or overlap. */
export function mergeRanges(ranges: readonly Range[]): readonly Range[] {
  const merged: [number, number][] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
