import { accountPath } from '../../src/core/services/contract/path';
import { ConnectionSearch } from '../../src/features/connections/connectionSearch';
import { line, median } from './figures';
import { sampleStore } from './sampleStore';

const latency = 50;
const rounds = 5;

/** Requests before Go to Connection shows something. */
const WANTED_REQUESTS = 1;

interface FirstResult {
  readonly time: number;
  readonly requests: number;
}

/** What Go to Connection needs until it shows the first of 1,000 connections, none of which is loaded. */
export async function benchGoTo(): Promise<void> {
  const results: FirstResult[] = [];
  for (let round = 0; round < rounds; round++) results.push(await firstResult());
  const middle = (key: keyof FirstResult): number => median(results.map((each) => each[key]));
  console.log(
    `\nGo to Connection, 1,000 connections, none loaded, ${latency} ms latency, median of ${rounds}`,
  );
  line('requests before the first result', middle('requests'), '', `wanted at most ${WANTED_REQUESTS}`);
  line('the first result', middle('time'), 'ms');
}

async function firstResult(): Promise<FirstResult> {
  const { store, sent, close } = await sampleStore(['--connections', '1000', '--latency', String(latency)]);
  const began = performance.now();
  const requests = await new Promise<number>((resolve) => {
    const search = new ConnectionSearch(store, () => {
      if (search.result.found.length === 0 && (store.rows(accountPath('a1')) ?? []).length === 0) return;
      resolve(sent.length);
      search.dispose();
    });
    search.start();
  });
  const time = performance.now() - began;
  close();
  return { time, requests };
}
