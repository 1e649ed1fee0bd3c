import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** True if the error is that of a canceled operation: an `AbortError`, as created by `AbortController.abort()`. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** @throws what was caught if it is not the error of a canceled operation. */
export function expectAbort(caught: unknown): void {
  if (!isAbort(caught)) throw caught;
}

export function abortError(): Error {
  return new DOMException('The operation was cancelled.', 'AbortError');
}

/** The reason of an aborted signal, or an `AbortError` if the reason is not an error. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : abortError();
}

/**
 * Runs an action once when a signal is aborted. Any number of callers may share a signal, as pages do that are loaded
 * in parallel: Node.js warns of a leak after ten listeners.
 * @returns removes the listener.
 */
export function whenAborted(signal: AbortSignal, action: () => void): () => void {
  setMaxListeners(0, signal);
  signal.addEventListener('abort', action, { once: true });
  return () => {
    signal.removeEventListener('abort', action);
  };
}

/**
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
