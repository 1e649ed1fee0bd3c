import { setMaxListeners } from 'node:events';
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
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : abortError();
}

/**
 * Does something once when a signal is aborted. Any number of callers may share a signal, as pages do that are read side
 * by side: Node.js takes more than ten listeners for a leak and warns of them.
 * @returns has it not done any more.
 */
export function whenAborted(signal: AbortSignal, action: () => void): () => void {
  setMaxListeners(0, signal);
  signal.addEventListener('abort', action, { once: true });
  return () => {
    signal.removeEventListener('abort', action);
  };
}

/**
 * Waits.
 * @param duration milliseconds.
 * @throws the signal's reason as soon as it is aborted.
 */
export async function sleep(duration: number, signal: AbortSignal): Promise<void> {
  setMaxListeners(0, signal);
  try {
    await delay(duration, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? abortReason(signal) : error;
  }
}
