import type { CountedState, StateCounts } from '../../core/services/contract/runs';
import type { ResourcePath } from '../../core/services/contract/path';

/** A connection, pipeline or task whose status was read. */
export interface StatusRow {
  readonly path: ResourcePath;
  readonly label: string;
  /** Its backfills or runs by state. */
  readonly counts: StateCounts;
  /** True if the service returns no counts: they are those of the last run only. */
  readonly isLastRun?: true;
}

/** The counts of a row, and when they were read, in milliseconds since 1970. */
export interface KnownStatus {
  readonly at: number;
  readonly counts: StateCounts;
}

/** What was known of an account when its status was last read. */
export type StatusSnapshot = ReadonlyMap<ResourcePath, KnownStatus>;

/** How the counts of a row differ from those of before. */
export interface RowChange {
  readonly row: StatusRow;
  /** Lower bounds of what finished, failed and started since. All zero: the counts changed in another way. */
  readonly finished: number;
  readonly failed: number;
  readonly started: number;
}

/** How the rows of an account differ from what was known of them. */
export interface StatusChanges {
  readonly changed: readonly RowChange[];
  /** Rows that have failures now. */
  readonly failing: readonly StatusRow[];
  /** Rows of which nothing was known. */
  readonly unknownBefore: readonly StatusRow[];
  /**
   * The earliest moment at which one of the changed rows was read before; without changes, of all rows. Undefined if
   * none was.
   */
  readonly since: number | undefined;
}

/** The states that are counted, in the order in which they are stored. */
export const COUNTED_STATES = [
  'ok',
  'failed',
  'running',
  'queued',
] as const satisfies readonly CountedState[];

/** Compares rows with what was known of them. Rows that were not read say nothing. */
export function compareStatus(before: StatusSnapshot, rows: readonly StatusRow[]): StatusChanges {
  const compared = rows.map((row) => ({ row, known: before.get(row.path) }));
  const changed = compared.flatMap(({ row, known }) =>
    known && differs(known.counts, row.counts) ? [{ change: toChange(known.counts, row), known }] : [],
  );
  const sources = changed.length > 0 ? changed : compared;
  const moments = sources.flatMap(({ known }) => known?.at ?? []);
  return {
    changed: changed.map(({ change }) => change),
    failing: rows.filter(({ counts }) => counts.failed > 0),
    unknownBefore: compared.filter(({ known }) => !known).map(({ row }) => row),
    since: moments.length > 0 ? moments.reduce((a, b) => Math.min(a, b)) : undefined,
  };
}

/**
 * What is known after a reading.
 * @param isWhole true if the rows are all that the account has: others are gone, and forgotten.
 * @param at when the rows were read, in milliseconds since 1970.
 */
export function withRows(
  before: StatusSnapshot,
  rows: readonly StatusRow[],
  at: number,
  isWhole: boolean,
): StatusSnapshot {
  const read = rows.map(({ path, counts }) => [path, { at, counts }] as const);
  return new Map(isWhole ? read : [...before, ...read]);
}

function toChange(before: StateCounts, row: StatusRow): RowChange {
  // What was switched off has no last run: that one appears when it is switched on says nothing of a new run.
  const tellsRuns = row.isLastRun !== true || COUNTED_STATES.some((state) => before[state] > 0);
  const grown = (count: (counts: StateCounts) => number): number =>
    tellsRuns ? Math.max(0, count(row.counts) - count(before)) : 0;
  return {
    row,
    finished: grown(({ ok }) => ok),
    failed: grown(({ failed }) => failed),
    started: grown(({ running, queued }) => running + queued),
  };
}

function differs(a: StateCounts, b: StateCounts): boolean {
  return COUNTED_STATES.some((state) => a[state] !== b[state]);
}
