import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResourceKind } from '../../../../src/shared/kinds';
import { Scenario, targets } from '../../../support/scenario';

/** Lists of which a service explains a refusal by a row of its own, and the request that is refused. */
const lists: readonly {
  readonly id: string;
  readonly kinds: readonly ResourceKind[];
  readonly path: RegExp;
  readonly status: number;
  readonly explained: RegExp;
}[] = [
  {
    ...{ id: 'cja', kinds: ['connection', 'dataset'], path: /backfills$/, status: 404 },
    explained: /Backfills are not available/,
  },
  {
    ...{ id: 'immuta', kinds: ['connection'], path: /_search$/, status: 403 },
    explained: /data objects could not be listed/,
  },
];

describe('a refusal that a service explains', () => {
  for (const { id, kinds, path: asked, status, explained } of lists) {
    it(`of ${id} is shown at its place, and keeps everything that was shown before`, async () => {
      const target = targets.find((each) => each.id === id) ?? assert.fail(id);
      await using scenario = await Scenario.start(target);
      const path = (await scenario.find(kinds)) ?? assert.fail();
      const [secret = assert.fail()] = scenario.hidden;
      const fault = { match: { path: asked }, status, body: { message: `No: ${secret}` } };
      let heal = scenario.sample.inject(fault);
      const first = await scenario.store.load(path, { refresh: true });
      assert.match(first.find(({ problem }) => problem)?.label ?? '', explained);
      heal();
      // If only the explanation was shown, another one replaces it.
      heal = scenario.sample.inject(fault);
      assert.equal((await scenario.store.load(path, { refresh: true })).length, first.length);
      heal();
      const shown = await scenario.store.load(path, { refresh: true });
      assert.ok(shown.every(({ kind }) => kind !== 'problem'));
      heal = scenario.sample.inject(fault);
      const [problem, ...kept] = await scenario.store.load(path, { refresh: true });
      heal();
      assert.ok(problem?.problem && !JSON.stringify(problem).includes(secret), JSON.stringify(problem));
      assert.deepEqual(
        kept.map(({ id, stale }) => [id, stale]),
        shown.map(({ id }) => [id, true]),
      );
      await scenario.store.retry(path);
      assert.deepEqual(scenario.store.rows(path), shown);
    });
  }
});
