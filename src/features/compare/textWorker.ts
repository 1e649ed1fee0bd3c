import { parentPort, workerData } from 'node:worker_threads';
import { expectError } from '../../core/base/errors';
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
    const { line } = expectError(error, JsonSyntaxError);
    parentPort?.postMessage({ flaw: line } satisfies ThreadAnswer);
  }
}

void main();
