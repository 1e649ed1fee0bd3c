import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as v from 'valibot';
import { out } from '../lib/paths';

/** An order to the sample. A fault applies to all requests whose path matches, until it is removed. */
export type SampleOrder =
  | { readonly kind: 'fail'; readonly path: string; readonly status: number }
  | { readonly kind: 'mend' }
  | { readonly kind: 'beginBackfill'; readonly connection: string }
  | { readonly kind: 'finishBackfills' };

const words = v.record(v.string(), v.string());
const signIn = v.object({ settings: words, secrets: words });
const credentials = v.record(v.string(), signIn);

/** A sample service in its own thread. */
export interface SampleThread {
  /** Credentials by service. */
  readonly credentials: v.InferOutput<typeof credentials>;
  /** Sets its clock, in milliseconds since 1970. */
  setTime(now: number): void;
  order(order: SampleOrder): Promise<void>;
  close(): Promise<void>;
}

export async function startSampleThread(now: number): Promise<SampleThread> {
  const time = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const clock = new Float64Array(time);
  clock[0] = now;
  const worker = new Worker(join(out, 'scripts', 'soak', 'sampleWorker.js'), { workerData: time });
  const [first] = (await once(worker, 'message')) as [unknown];
  return {
    credentials: v.parse(credentials, first),
    setTime: (milliseconds) => {
      clock[0] = milliseconds;
    },
    order: async (order) => {
      const done = once(worker, 'message');
      worker.postMessage(order);
      await done;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
