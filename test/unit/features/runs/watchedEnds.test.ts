import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ancestry, pathSegments, type ResourcePath } from '../../../../src/core/services/contract/path';
import { RunRegistry } from '../../../../src/features/runs/runRegistry';
import { ACCOUNT_PATH, accountRow, startService } from '../../../support/service';

const DAY_SECONDS = 86_400;

/** What is polled when the runs have ended, in this order. */
const ORDERS = [
  ['connection', 'run'],
  ['run', 'connection'],
  ['account', 'connection', 'run'],
  ['account', 'run'],
] as const;

describe('the end of each watched run is told once, whatever is polled first', () => {
  for (const service of ['cja', 'krenalis', 'immuta'] as const)
    for (const order of ORDERS)
      it(`${service}: ${order.join(', ')}`, async () => {
        await using h = await startService(service, { connections: 3, datasets: 2, backfills: 3 });
        const runs = h.session.runs ?? assert.fail();
        const registry = new RunRegistry({ notifySince: () => undefined });
        const told: ResourcePath[] = [];
        registry.onDidEnd((ended) => told.push(...ended.map(({ run }) => run.path)));
        const poll = async (within: readonly ResourcePath[]): Promise<void> => {
          const report = await runs.fetchRuns(accountRow, within, {});
          registry.apply({ account: ACCOUNT_PATH, within, runs, report });
        };
        await poll([]);
        const [active = assert.fail('no active run')] = registry.activePaths(ACCOUNT_PATH);
        const connection =
          ancestry(active).find((path) => pathSegments(path).at(-1)?.kind === 'connection') ?? assert.fail();
        const places = { account: [], connection: [connection], run: [active] };
        await poll(places.connection);
        h.sample.advance(DAY_SECONDS);
        for (const place of [...order, ...order]) await poll(places[place]);
        assert.deepEqual(
          told.filter((path) => path === active),
          [active],
        );
      });
});
