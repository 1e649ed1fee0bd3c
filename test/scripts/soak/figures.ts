import { countListeners, describeGrowth, readHeapContents, sumData } from './heapContents';

/** What a soak must leave as it was. */
export interface Figures {
  /** Bytes of the heap in use after a collection. */
  readonly heap: number;
  /** Of these, bytes of what the program keeps: V8 goes on compiling for hours, and keeps its code. */
  readonly data: number;
  readonly timers: number;
  readonly listeners: number;
  readonly sockets: number;
  /** Entries of globalState. */
  readonly entries: number;
  /** Files of claims, suppressed notifications and running runs. */
  readonly files: number;
}

/** Figures without those that are still to be counted in a snapshot of the heap. */
export interface Measured {
  readonly figures: Omit<Figures, 'data' | 'listeners'>;
  /** The file of the snapshot. */
  readonly snapshot: string;
}

/** What was measured at first and at last, with what grew most, as lines for people. */
export interface Compared {
  readonly first: Figures;
  readonly last: Figures;
  readonly grown: readonly string[];
}

/** How much of each may come on top of what was there in the first hour. */
export type Allowances = Readonly<Record<keyof Figures, number>>;

/** What grew beyond what is allowed, as sentences; empty for a soak that passed. */
export function findLeaks(first: Figures, last: Figures, allowances: Allowances): readonly string[] {
  const names = Object.keys(allowances) as (keyof Figures)[];
  return names.flatMap((name) => {
    const grown = last[name] - first[name];
    return grown > allowances[name]
      ? [`${name} grew from ${first[name]} to ${last[name]}: ${allowances[name]} more are allowed.`]
      : [];
  });
}

/** Reads the snapshots of two measurements, once nothing more is measured. */
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
