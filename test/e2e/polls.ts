import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { SampleService } from '../../src/sample/server';

/** When a sample service was asked for the backfill status of chosen connections, in milliseconds since 1970. */
export function getPolls(sample: SampleService): readonly number[] {
  return sample.requests.filter(({ query }) => query.has('connectionIds')).map(({ at }) => at);
}

/** Waits for this number of further requests. @param timeout seconds. */
export async function polls(sample: SampleService, count: number, timeout = 20): Promise<void> {
  const wanted = getPolls(sample).length + count;
  const end = Date.now() + timeout * 1000;
  while (getPolls(sample).length < wanted && Date.now() < end) await wait(100);
  assert.ok(getPolls(sample).length >= wanted, `${count} polls`);
}

/** The seconds between the last two polls. */
export function lastGap(sample: SampleService): number {
  const [before = 0, last = 0] = getPolls(sample).slice(-2);
  return (last - before) / 1000;
}
