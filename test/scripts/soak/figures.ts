import { countListeners, describeGrowth, readHeapContents, sumData } from './heapContents';

/** Figures that must not grow. */
export interface Figures {
  /** Used heap in bytes after a garbage collection. */
  readonly heap: number;
  /**
   * The part of the heap with the program's data, in bytes: V8 continues compiling for hours, and keeps its
   * code.
   */
  readonly data: number;
  readonly timers: number;
  readonly listeners: number;
  readonly sockets: number;
  /** Entries of globalState. */
  readonly entries: number;
  /** Files of claims, suppressed notifications and active runs. */
  readonly files: number;
}

/** Figures without those that must still be counted in a heap snapshot. */
export interface Measured {
  readonly figures: Omit<Figures, 'data' | 'listeners'>;
  /** The file of the snapshot. */
  readonly snapshot: string;
}

/** The first and last figures, and what grew most, as lines for display. */
export interface Compared {
  readonly first: Figures;
  readonly last: Figures;
  readonly grown: readonly string[];
}

/** Allowed growth of each figure since the first hour. */
export type Allowances = Readonly<Record<keyof Figures, number>>;

/** What grew beyond the allowances, as sentences; empty if the soak passed. */
export function findLeaks(first: Figures, last: Figures, allowances: Allowances): readonly string[] {
  const names = Object.keys(allowances) as (keyof Figures)[];
  return names.flatMap((name) => {
    const grown = last[name] - first[name];
    return grown > allowances[name]
      ? [`${name} grew from ${first[name]} to ${last[name]}: ${allowances[name]} more are allowed.`]
      : [];
  });
}

/** Reads the snapshots of two measurements. Called after the last measurement. */
export async function compare(first: Measured, last: Measured): Promise<Compared> {
  const [before, after] = [await readHeapContents(first.snapshot), await readHeapContents(last.snapshot)];
  return {
    first: { ...first.figures, data: sumData(before), listeners: countListeners(before) },
    last: { ...last.figures, data: sumData(after), listeners: countListeners(after) },
    grown: describeGrowth(before, after),
  };
}

/** Open connections of this process. */
export function countSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
}
