import { isAbort } from '../../core/base/abort';
import { HttpError } from '../../core/http/errors';
import { toProblem } from '../../core/services/common/problem';
import type { Problem } from '../../core/services/contract/resource';

/** What was reached with one item: it is done, or work that goes on at the service has begun. */
export interface Reached {
  readonly state: 'done' | 'started';
  /** The service's own words, if it had any. */
  readonly message?: string | undefined;
}

/** What failed with one item. */
export interface Failed {
  readonly state: 'failed';
  readonly problem: Problem;
  /** What was thrown, if anything was. */
  readonly error?: unknown;
}

/**
 * What came of one item. `uncertain`: it may have been done, because its answer was lost. `skipped`: it was not begun, or
 * given up before it changed anything, because the user cancelled.
 */
export type BatchResult<T> =
  | ({ readonly item: T } & Reached)
  | ({ readonly item: T } & Failed)
  | { readonly item: T; readonly state: 'uncertain' }
  | { readonly item: T; readonly state: 'skipped' };

/** How a batch is run. */
export interface BatchOptions<T> {
  /** Aborted: no further item is begun. */
  readonly signal: AbortSignal;
  /** Called before each item. @param position counted from 1. */
  readonly report: (position: number, item: T) => void;
  /** So many items are worked on side by side; one after the other if absent. */
  readonly atOnce?: number;
}

/**
 * Works on items in their order; a failure stops none of the others. An item that is being worked on when the user
 * cancels is worked on to its end, unless the work itself listens to the signal.
 * @param work what it throws counts as a failure, and so does one that it returns.
 * @returns a result for each item, in their order.
 */
export async function runBatch<T>(
  items: readonly T[],
  work: (item: T) => Promise<Reached | Failed>,
  { signal, report, atOnce = 1 }: BatchOptions<T>,
): Promise<readonly BatchResult<T>[]> {
  const results = items.map((item): BatchResult<T> => ({ item, state: 'skipped' }));
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [at, item] of waiting) {
      if (signal.aborted) return;
      report(at + 1, item);
      results[at] = await toResult(item, work, signal);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

async function toResult<T>(
  item: T,
  work: (item: T) => Promise<Reached | Failed>,
  signal: AbortSignal,
): Promise<BatchResult<T>> {
  try {
    return { item, ...(await work(item)) };
  } catch (error) {
    if (isAbort(error) && signal.aborted) return { item, state: 'skipped' };
    if (error instanceof HttpError && error.hasUnknownOutcome) return { item, state: 'uncertain' };
    return { item, state: 'failed', problem: toProblem(error), error };
  }
}

/** The first failure that no service explains, for the log; undefined if there is none. */
export function firstUnexpected(results: readonly BatchResult<unknown>[]): unknown {
  const failures = results.filter((result) => result.state === 'failed').map(({ error }) => error);
  return failures.find((error) => error !== undefined && !(error instanceof HttpError));
}
