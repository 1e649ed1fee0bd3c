import { setTimeout as delay } from 'node:timers/promises';

/** True for the error of a cancelled operation: an `AbortError`, as `AbortController.abort()` makes it. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** The error of something cancelled by us. */
export function abortError(): Error {
  return new DOMException('The operation was cancelled.', 'AbortError');
}

/** Why an aborted signal was aborted: its reason, or an `AbortError` where the reason is no error. */
export function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : abortError();
}

/**
 * Waits.
 * @param duration milliseconds.
 * @throws the signal's reason as soon as it is aborted.
 */
export async function sleep(duration: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(duration, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? reasonOf(signal) : error;
  }
}
