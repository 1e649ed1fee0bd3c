import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { abortReason, whenAborted } from '../../core/base/abort';
import { JsonSyntaxError } from '../../core/base/losslessJson';
import { orderedBytes, type TextOrder } from './jsonTexts';

/** Longer texts hold the extension host for tens of milliseconds. Starting a thread takes about a dozen. */
const MAX_CHARS_HERE = 100_000;

/** What the thread answers: the file, or the line of {@link JsonSyntaxError}. */
export type ThreadAnswer = { readonly bytes: Uint8Array } | { readonly flaw: number | undefined };

/**
 * Like {@link orderedBytes}, but a long text is made in a thread of its own, which ends with it: masking and sorting
 * one of 7.5 MB takes more than a second.
 * @throws JsonSyntaxError if the JSON cannot be canonicalized, and the signal's reason.
 */
export async function makeText(order: TextOrder, signal: AbortSignal): Promise<Uint8Array> {
  if (signal.aborted) throw abortReason(signal);
  if (order.json.length <= MAX_CHARS_HERE) return orderedBytes(order);
  const answer = await inThread(order, signal);
  if ('flaw' in answer) throw new JsonSyntaxError(answer.flaw);
  return answer.bytes;
}

async function inThread(order: TextOrder, signal: AbortSignal): Promise<ThreadAnswer> {
  const worker = new Worker(join(__dirname, 'textWorker.js'), { workerData: order });
  let release = (): void => undefined;
  try {
    return await new Promise<ThreadAnswer>((resolve, reject) => {
      release = whenAborted(signal, () => {
        reject(abortReason(signal));
      });
      worker.once('message', resolve).once('error', reject);
      worker.once('exit', () => {
        reject(new Error('The thread ended without an answer.'));
      });
    });
  } finally {
    release();
    // Also when canceled in the middle of its work.
    void worker.terminate();
  }
}
