import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { ApiChildrenOptions, ApiRunsOptions } from './index';
import { HttpError } from '../core/http/errors';
import { parsePath, type ResourcePath, getAccountId } from '../core/services/contract/path';
import type { Event } from '../core/base/emitter';
import { abortReason, whenAborted } from '../core/base/abort';
import { errorText } from '../core/services/common/problem';
import { accountRemovedError } from '../core/store/notFoundError';

/** Arguments of other extensions may be anything: callers need not be written in TypeScript. */
const signal = v.optional(v.instance(AbortSignal));

const childrenOptions = v.optional(
  v.object({ refresh: v.optional(v.boolean()), all: v.optional(v.boolean()), signal }),
  {},
);

const runsOptions = v.optional(v.object({ account: v.optional(v.string()), signal }), {});

/** @throws HttpError `rejected` if it is not the path of a resource. */
export function checkedPath(path: unknown): ResourcePath {
  const known = typeof path === 'string' ? parsePath(path) : undefined;
  if (known) return known;
  throw rejected(l10n.t('"{0}" is not a resource path.', shown(path)), pathAdvice());
}

/** @param name of the argument. @throws HttpError `rejected` if it is not a string, or empty. */
export function checkedText(name: string, text: unknown): string {
  if (typeof text === 'string' && text.trim() !== '') return text;
  throw rejected(l10n.t('"{0}" must be a string.', name), apiAdvice());
}

/** @throws HttpError `rejected` if it is not a signal. */
export function checkedSignal(given: unknown): AbortSignal | undefined {
  return checked(signal, 'signal', given);
}

/** @throws HttpError `rejected` if the types differ from api/index.ts. */
export function checkedChildrenOptions(options: unknown): ApiChildrenOptions {
  return withoutAbsent(checked(childrenOptions, 'options', options));
}

/** @throws HttpError `rejected` if the types differ from api/index.ts. */
export function checkedRunsOptions(options: unknown): ApiRunsOptions {
  return withoutAbsent(checked(runsOptions, 'options', options));
}

function checked<S extends v.GenericSchema>(schema: S, name: string, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = [name, v.getDotPath(issue)].filter(Boolean).join('.');
  throw rejected(l10n.t('"{0}" does not have the type expected by the API.', where), apiAdvice());
}

/** The members that have a value. */
function withoutAbsent<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const present = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [K in keyof T]?: NonNullable<T[K]> };
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : typeof value;
}

function rejected(message: string, advice: string): HttpError {
  return new HttpError('rejected', message, { advice });
}

function pathAdvice(): string {
  return l10n.t('Pass the path of a row returned by the API.');
}

function apiAdvice(): string {
  return l10n.t('See the types in api.ts, which the calling extension can copy.');
}

/** Reports added, removed and changed accounts. */
interface AccountChanges {
  get(id: string): unknown;
  /** The IDs of the accounts. */
  readonly onDidChange: Event<readonly string[]>;
}

/** The account and the signal of an API call. */
interface CallSubject {
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
    throw Object.assign(new Error(errorText(error)), { kind });
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
