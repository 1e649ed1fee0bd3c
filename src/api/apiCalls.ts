import type { Event } from '../core/base/emitter';
import { abortReason, whenAborted } from '../core/base/abort';
import { HttpError } from '../core/http/errors';
import { getAccountId, type ResourcePath } from '../core/services/contract/path';
import { toProblem, placedProblemText } from '../core/services/common/problem';
import { accountRemovedError } from '../core/store/notFoundError';

/** Reports added, removed and changed accounts. */
export interface AccountChanges {
  get(id: string): unknown;
  /** The IDs of the accounts. */
  readonly onDidChange: Event<readonly string[]>;
}

/** The account and the signal of an API call. */
export interface CallSubject {
  /** The account that the call concerns; absent for all accounts. */
  readonly within?: ResourcePath | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The caller's signal was aborted: the caller gets its reason, unchanged. */
class CancelledByCaller extends Error {
  readonly reason: Error;

  constructor(reason: Error) {
    super(reason.message);
    this.reason = reason;
  }
}

/**
 * Runs the work of an API member. Errors become rejections with the texts that a user would see, because
 * other extensions do not know our error classes.
 * @param unexpected receives other errors than HttpError, for the log, because their details are not exposed.
 * @throws the reason of the caller's signal, otherwise an Error with `kind`.
 */
export async function withPublicErrors<T>(
  unexpected: (error: unknown) => void,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CancelledByCaller) throw error.reason;
    if (!(error instanceof HttpError)) unexpected(error);
    const kind = error instanceof HttpError ? error.kind : 'unexpected';
    // Without the cause, which is neither masked nor meant for other extensions.
    throw Object.assign(new Error(placedProblemText(toProblem(error))), { kind });
  }
}

/**
 * Retries whenever an account of the call changes, because the result would be outdated, or never arrive.
 * @param ask receives a signal that is aborted with the caller's, and when its result is no longer needed.
 * @throws HttpError `notFound` if the account was removed, what the work throws, and the signal's reason.
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
