import { parentPort, workerData } from 'node:worker_threads';
import { JsonSyntaxError } from '../../core/base/losslessJson';
import { orderedBytes, type TextOrder } from './jsonTexts';
import type { ThreadAnswer } from './textThread';

/** The thread that `makeText` starts: it makes one text, moves it to the extension host, and ends. */
async function main(): Promise<void> {
  try {
    // Only `makeText` starts it.
    const bytes = await orderedBytes(workerData as TextOrder);
    parentPort?.postMessage({ bytes } satisfies ThreadAnswer, [bytes.buffer]);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    parentPort?.postMessage({ flaw: error.line } satisfies ThreadAnswer);
  }
}

void main();
