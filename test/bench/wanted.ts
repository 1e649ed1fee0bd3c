/**
 * What each measure is to be at most, for a user who has as much as the services allow. `npm run bench` prints it beside
 * what it measures.
 */
export const wanted = {
  /** Bytes, of which JSON's own text takes a part. */
  memoryOfDataset: 800,
  memoryOfBackfill: 650,
  /** Milliseconds in which the extension host does nothing else. */
  hold: 50,
  worstHold: 100,
  /** The same, in the median, when two texts of 7.5 MB are compared. */
  compareHold: 50,
  /** Milliseconds of the page's work for a text of 10 kB, and from the click to the whole of one of 10 MB. */
  panelWork: 12,
  panelWhole: 800,
  /** Megabytes above the start, for an export that writes as it comes. */
  exportHeap: 10,
  /** Milliseconds above one round trip. */
  firstRows: 8,
  /** All rows, as a multiple of a bare loop over the same pages. */
  allRows: { cja: 0.35, krenalis: 1.05, immuta: 1.02 },
} as const;

/** `wanted: at most 800 bytes`, and whether it is met. */
export function goal(value: number, most: number, unit = ''): string {
  return `wanted: at most ${most}${unit && ` ${unit}`}${value <= most ? '' : ', missed'}`;
}
