import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RunRegistry } from '../../../../src/features/runs/runRegistry';
import { RunsLoader } from '../../../../src/features/runs/runsLoader';
import { deferred } from '../../../support/fakes/store';
import { startService, ACCOUNT_PATH, type StartedService } from '../../../support/service';

/** Lets the first request wait for ever, as if its answer had left the service and did not come. */
function holdFirst({ sample }: StartedService): Promise<undefined> {
  const arrived = deferred<undefined>();
  const match = ({ path }: { path: string }): boolean => {
    const isWork = !/^\/ims\/|authenticate$/.test(path);
    if (isWork) arrived.resolve(undefined);
    return isWork;
  };
  sample.inject({ match, times: 1, hang: true });
  return arrived.promise;
}

describe('Refresh Runs', () => {
  for (const service of ['cja', 'krenalis', 'immuta'] as const) {
    it(`sends a new request, which replaces a pending one: ${service}`, async () => {
      await using account = await startService(service, { connections: 2 });
      const { store } = account;
      await store.load(ACCOUNT_PATH);
      const book = new RunRegistry({ notifySince: () => undefined, remembered: [] });
      const loader = new RunsLoader({ store, registry: book, now: () => Date.now() });
      const held = holdFirst(account);
      const before = loader.load();
      await held;
      await Promise.all([loader.load({ again: true }), before]);
      assert.ok(book.entries().length > 0);
      assert.deepEqual(loader.problems(), []);
      loader.dispose();
    });
  }
});
