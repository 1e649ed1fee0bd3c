/**
 * The sample service of a soak in its own thread, so that its memory is not measured. `workerData` is a
 * shared number, its clock. Posts the credentials of all services, and a reply to each order.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { startSampleService } from '../../../src/sample/server';
import type { SampleOrder } from './sampleThread';

async function serve(): Promise<void> {
  const time = new Float64Array(workerData as SharedArrayBuffer);
  const sample = await startSampleService({
    rate: 0,
    connections: 20,
    datasets: 4,
    backfills: 3,
    backfillSeconds: 900,
    immuta: { databases: 1, schemas: 2, tables: 3, tasks: 2, runs: 3 },
    now: () => time[0] ?? 0,
  });
  const mends: (() => void)[] = [];
  parentPort?.on('message', (order: SampleOrder) => {
    if (order.kind === 'fail') {
      const { status, path } = order;
      mends.push(sample.inject({ match: { path: new RegExp(path) }, status, body: {} }));
    }
    if (order.kind === 'mend') for (const mend of mends.splice(0)) mend();
    if (order.kind === 'beginBackfill') sample.cja.beginBackfill(order.connection);
    if (order.kind === 'finishBackfills') sample.cja.finishBackfills();
    sample.clearRequests();
    parentPort?.postMessage('done');
  });
  parentPort?.postMessage(sample.allCredentials);
}

void serve();
