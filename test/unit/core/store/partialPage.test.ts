import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResourceKind } from '../../../../src/shared/kinds';
import { parentPath } from '../../../../src/core/services/contract/path';
import { Scenario, targets } from '../../../support/scenario';
import { ACCOUNT_PATH } from '../../../support/service';

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

/** Lists within the answer about one thing, and what is said if the answer has none. */
const inner: readonly {
  readonly id: string;
  readonly kinds: readonly ResourceKind[];
  /** True if the list is above a row of these kinds. */
  readonly isAbove?: boolean;
  readonly list: string;
  /** Values in place of the list; undefined: the member is missing. */
  readonly values: readonly unknown[];
  readonly explained: string;
}[] = [
  {
    ...{ id: 'cja', kinds: ['connection'], list: 'dataSets', values: [undefined, 'x', {}, 5, false] },
    explained: 'The datasets cannot be shown',
  },
  {
    ...{ id: 'krenalis', kinds: ['connection', 'pipeline'], isAbove: true, list: 'pipelines' },
    values: [undefined, 'x', {}, 5, false],
    explained: 'The pipelines cannot be shown',
  },
  // All members are optional at Datadog.
  {
    ...{ id: 'datadog', kinds: ['entity', 'connection'], list: 'fields', values: ['x', {}, 5, false] },
    explained: 'The fields cannot be shown.',
  },
];

/** JSON with a value in place of a member, at any depth. */
function withMember(json: unknown, name: string, value: unknown): unknown {
  return JSON.parse(JSON.stringify(json, (key, each: unknown) => (key === name ? value : each)));
}

describe('a list within an answer that is missing, or is no list,', () => {
  for (const { id, kinds, isAbove, list, values, explained } of inner) {
    it(`is never taken for an empty one: ${list} of ${id}`, async () => {
      const target = targets.find((each) => each.id === id) ?? assert.fail(id);
      await using scenario = await Scenario.start(target);
      const found = (await scenario.find(kinds)) ?? assert.fail();
      const path = isAbove ? (parentPath(found) ?? assert.fail()) : found;
      const shown = await scenario.store.load(path, { refresh: true });
      for (const value of values) {
        const heal = scenario.spoil({ change: (json) => withMember(json, list, value) });
        for (const listed of [path, parentPath(path) ?? path]) {
          await scenario.store.load(listed, { refresh: true });
          const [problem, ...kept] = await scenario.store.load(path);
          assert.equal(problem?.problem?.title, explained, String(value));
          assert.deepEqual(
            kept.map(({ id, stale }) => [id, stale]),
            shown.map(({ id }) => [id, true]),
          );
        }
        assert.doesNotMatch(scenario.store.get(path)?.status?.label ?? '', /^no /);
        heal();
        await scenario.store.load(path, { refresh: true });
        assert.deepEqual(scenario.store.rows(path), shown);
      }
    });
  }

  it('leaves the status of a Krenalis connection unknown', async () => {
    const target = targets.find((each) => each.id === 'krenalis') ?? assert.fail();
    await using scenario = await Scenario.start(target);
    scenario.spoil({ change: (json) => withMember(json, 'pipelines', undefined) });
    for (const { kind, path, status } of await scenario.store.load(ACCOUNT_PATH)) {
      if (kind !== 'connection') continue;
      assert.deepEqual(status, { state: 'unknown', label: '1 unknown' });
      const [row] = await scenario.store.load(path);
      assert.equal(row?.label, 'The pipelines cannot be shown');
    }
  });
});

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
