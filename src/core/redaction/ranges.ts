/** A part of a text: from its first character to the one behind its last. */
export type Range = readonly [start: number, end: number];

/** The text with a mask in place of each range. Ranges may come in any order, touch and overlap: these share one mask. */
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

/** The same parts of a text in order, those that touch or overlap as one. */
export function mergeRanges(ranges: readonly Range[]): readonly Range[] {
  const merged: [number, number][] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
