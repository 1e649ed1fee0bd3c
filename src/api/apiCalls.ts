import type { Event } from '../core/base/emitter';
import { abortReason, whenAborted } from '../core/base/abort';
import { HttpError } from '../core/http/errors';
import { getAccountId, type ResourcePath } from '../core/services/contract/path';
import { toProblem, placedProblemText } from '../core/services/common/problem';
import { accountRemovedError } from '../core/store/notFoundError';

/** Where a call finds out that accounts come, go or change. */
export interface AccountChanges {
  get(id: string): unknown;
  /** The ids of the accounts. */
  readonly onDidChange: Event<readonly string[]>;
}

/** What a call of the API is about. */
export interface CallSubject {
  /** The account that the call concerns; absent for all accounts. */
  readonly within?: ResourcePath | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The caller's signal was aborted: what comes of that is the reason, as it is. */
class CancelledByCaller extends Error {
  readonly reason: Error;

  constructor(reason: Error) {
    super(reason.message);
    this.reason = reason;
  }
}

/**
 * Does the work of a member of the API. Whatever goes wrong comes as a rejection, with the texts that a user would see:
 * other extensions know nothing of our error classes.
 * @param unexpected is handed what is no HttpError, for the log: of that nobody is told anything.
 * @throws the reason of the caller's signal, and else an Error with `kind`.
 */
export async function told<T>(unexpected: (error: unknown) => void, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CancelledByCaller) throw error.reason;
    if (!(error instanceof HttpError)) unexpected(error);
    const kind = error instanceof HttpError ? error.kind : 'unexpected';
    // Nothing else of it goes along, for what it was caused by is neither masked nor meant for others.
    throw Object.assign(new Error(placedProblemText(toProblem(error))), { kind });
  }
}

/**
 * Asks once more as soon as an account changes that is asked, for the answer would be of before, or never come.
 * @param ask gets a signal that is aborted with the caller's, and where the answer is not wanted any more.
 * @throws HttpError `notFound` where the account was removed, what the work throws, and the signal's reason.
 */
export async function askStable<T>(
  accounts: AccountChanges,
  { within, signal }: CallSubject,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const id = within && getAccountId(within);
  for (;;) {
    if (id !== undefined && accounts.get(id) === undefined) throw accountRemovedError();
    const changed = new AbortController();
    const registration = accounts.onDidChange((ids) => {
      if (id === undefined || ids.includes(id)) changed.abort();
    });
    try {
      const either = AbortSignal.any([changed.signal, ...(signal ? [signal] : [])]);
      return await Promise.race([ask(either), rejectedBy(changed.signal)]);
    } catch (error) {
      if (signal?.aborted) throw new CancelledByCaller(abortReason(signal));
      if (!changed.signal.aborted) throw error;
    } finally {
      registration.dispose();
    }
  }
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    whenAborted(signal, () => {
      reject(abortReason(signal));
    });
  });
}
