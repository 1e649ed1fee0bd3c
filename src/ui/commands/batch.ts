import { isAbort } from '../../core/base/abort';
import { HttpError } from '../../core/http/errors';
import { toProblem } from '../../core/services/common/problem';
import type { Problem } from '../../core/services/contract/resource';

/** An item succeeded, or started work that continues at the service. */
export interface Reached {
  readonly state: 'done' | 'started';
  /** The message of the service, if it sent one. */
  readonly message?: string | undefined;
}

export interface Failed {
  readonly state: 'failed';
  readonly problem: Problem;
  /** The thrown error, if there was one. */
  readonly error?: unknown;
}

/**
 * The result of one item. `uncertain`: its answer was lost, so it may have succeeded. `skipped`: the user canceled before it
 * changed anything.
 */
export type BatchResult<T> =
  | ({ readonly item: T } & Reached)
  | ({ readonly item: T } & Failed)
  | { readonly item: T; readonly state: 'uncertain' }
  | { readonly item: T; readonly state: 'skipped' };

export interface BatchOptions<T> {
  /** After an abort, no further item is started. */
  readonly signal: AbortSignal;
  /** Called before each item. @param position counted from 1. */
  readonly report: (position: number, item: T) => void;
  /** Number of items in parallel. Default: 1. */
  readonly atOnce?: number;
}

/**
 * Runs `work` for each item, in order. A failure does not stop the others. Items that are in progress when the user
 * cancels are completed, unless `work` listens to the signal.
 * @param work returns or throws a failure.
 * @returns one result for each item, in the same order.
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

/** The first error that is not an answer of a service, for the log; undefined if there is none. */
export function firstUnexpected(results: readonly BatchResult<unknown>[]): unknown {
  const failures = results.filter((result) => result.state === 'failed').map(({ error }) => error);
  return failures.find((error) => error !== undefined && !(error instanceof HttpError));
}
