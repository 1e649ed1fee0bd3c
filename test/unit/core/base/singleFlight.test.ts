import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SingleFlight } from '../../../../src/core/base/singleFlight';

/** Work that ends on request, and records its signals. */
class Work {
  readonly signals: AbortSignal[] = [];
  readonly #ends: ((value: string) => void)[] = [];

  readonly start = (signal: AbortSignal): Promise<string> => {
    this.signals.push(signal);
    return new Promise((resolve) => this.#ends.push(resolve));
  };

  end(index: number, value: string): void {
    this.#ends[index]?.(value);
  }
}

describe('SingleFlight', () => {
  it('joins equal keys, keeps others apart, and forgets settled ones', async () => {
    const inFlight = new SingleFlight<string>();
    const work = new Work();
    const joined = [inFlight.run('a', undefined, work.start), inFlight.run('a', undefined, work.start)];
    const other = inFlight.run('b', undefined, work.start);
    work.end(0, 'A');
    work.end(1, 'B');
    assert.deepEqual(await Promise.all([...joined, other]), ['A', 'A', 'B']);
    const again = inFlight.run('a', undefined, work.start);
    work.end(2, 'A2');
    assert.equal(await again, 'A2');
  });

  it('rejects for all callers, and forgets the failure', async () => {
    const inFlight = new SingleFlight<string>();
    const failure = new Error('no');
    const fail = (): Promise<string> => Promise.reject(failure);
    const throwAtOnce = (): Promise<string> => {
      throw failure;
    };
    const { signal } = new AbortController();
    const both = [inFlight.run('a', signal, fail), inFlight.run('a', undefined, fail)];
    for (const { status } of await Promise.allSettled(both)) assert.equal(status, 'rejected');
    await assert.rejects(inFlight.run('a', undefined, throwAtOnce), failure);
    assert.equal(await inFlight.run('a', undefined, () => Promise.resolve('fine')), 'fine');
  });

  it('aborts the work when the last caller leaves, and starts again for the next', async () => {
    const inFlight = new SingleFlight<string>();
    const work = new Work();
    const [first, second] = [new AbortController(), new AbortController()];
    const one = inFlight.run('a', first.signal, work.start);
    const two = inFlight.run('a', second.signal, work.start);
    const reason = new Error('gone');
    first.abort(reason);
    await assert.rejects(one, reason);
    assert.equal(work.signals[0]?.aborted, false);
    second.abort();
    assert.equal(work.signals[0].aborted, true);
    const three = inFlight.run('a', new AbortController().signal, work.start);
    await assert.rejects(two, { name: 'AbortError' });
    work.end(0, 'late');
    work.end(1, 'anew');
    assert.equal(await three, 'anew');
  });

  it('continues for a caller without a signal', async () => {
    const inFlight = new SingleFlight<string>();
    const work = new Work();
    const controller = new AbortController();
    const staying = inFlight.run('a', undefined, work.start);
    const going = inFlight.run('a', controller.signal, work.start);
    controller.abort();
    await assert.rejects(going, { name: 'AbortError' });
    work.end(0, 'done');
    assert.equal(await staying, 'done');
  });

  it('starts nothing for a caller who has already left', async () => {
    const work = new Work();
    await assert.rejects(new SingleFlight<string>().run('a', AbortSignal.abort(), work.start), {
      name: 'AbortError',
    });
    assert.equal(work.signals.length, 0);
  });
});
