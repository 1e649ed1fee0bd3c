import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Fault } from '../../../../src/sample/faults';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { ResourceKind } from '../../../../src/shared/kinds';
import { Scenario, targets } from '../../../support/scenario';
import { ACCOUNT_PATH } from '../../../support/service';
import { getFailure } from '../../../support/rows';

const maintenance = { message: 'Service is in maintenance' };

/** Bodies with status 200 that have nothing to do with the request. */
const strange: readonly unknown[] = [
  maintenance,
  { errors: ['Forbidden'] },
  { error: { message: 'Service is in maintenance' } },
  {},
  [],
  null,
  'maintenance',
  { id: null, connectionKey: null },
  { data: null },
];

/** Rows of the account that have an operation of their own: the ways to them, by service. */
const single: Readonly<Record<string, readonly (readonly ResourceKind[])[]>> = {
  cja: [['connection']],
  datadog: [],
  krenalis: [['connection'], ['connection', 'pipeline'], ['connection', 'pipeline', 'run']],
  immuta: [
    ['connection'],
    ['connection', 'dataObject'],
    ['connection', 'group', 'task'],
    ['connection', 'group', 'task', 'run'],
  ],
};

/** The last row on a way through the tree. */
async function rowAt(
  scenario: Scenario,
  kinds: readonly ResourceKind[],
  from = ACCOUNT_PATH,
): Promise<Resource | undefined> {
  const [kind, ...deeper] = kinds;
  for (const row of await scenario.store.load(from)) {
    if (row.kind !== kind) continue;
    if (deeper.length === 0) return row;
    const found = await rowAt(scenario, deeper, row.path);
    if (found) return found;
  }
  return undefined;
}

/** Answers that are whole, and about another thing: each id in them is another one. */
const another: Omit<Fault, 'match'> = {
  rewrite: (body) => body.replaceAll(/"(id|connectionKey|taskId|runId)":\s*("[^"]*"|\d+)/g, '"$1":"another"'),
};

for (const target of targets) {
  // How Immuta wraps its lists is not documented: a bare array is one.
  const bodies = strange.filter((body) => target.id !== 'immuta' || !Array.isArray(body));
  describe(`an answer of ${target.id} with status 200 that is about something else`, () => {
    for (const body of bodies) {
      it(`${JSON.stringify(body)} is not accepted as a list: the rows stay`, async () => {
        for (const kinds of target.lists) {
          await using scenario = await Scenario.start(target);
          const path = (await scenario.find(kinds)) ?? assert.fail(kinds.join(' → '));
          const shown = await scenario.store.load(path, { all: true });
          scenario.spoil({ status: 200, body });
          const [problem, ...kept] = await scenario.store.load(path, { refresh: true });
          assert.match(problem?.problem?.title ?? '', /invalid response/, JSON.stringify(problem));
          assert.deepEqual(
            kept.map(({ id, stale }) => [id, stale]),
            shown.map(({ id }) => [id, true]),
          );
        }
      });
    }

    it('is quoted in the reason', async () => {
      await using scenario = await Scenario.start(target);
      const path = (await scenario.find(target.lists[0] ?? [])) ?? assert.fail();
      const [secret = assert.fail()] = scenario.hidden;
      scenario.spoil({ status: 200, body: { message: `Service is in maintenance, ${secret}` } });
      const [problem] = await scenario.store.load(path, { refresh: true });
      assert.match(problem?.problem?.detail ?? '', /The service says: Service is in maintenance, \*\*\*/);
      assert.match(problem?.problem?.advice ?? '', /Try again later/);
    });

    it('does not prove that the account works', async () => {
      for (const body of [...bodies, { content: [maintenance] }, { connections: [maintenance] }]) {
        await using scenario = await Scenario.start(target);
        scenario.spoil({ status: 200, body });
        const error = await getFailure(scenario.session.verify({}));
        assert.equal(error.kind, 'protocol', JSON.stringify(body));
      }
    });

    for (const kinds of single[target.id] ?? []) {
      it(`is not accepted as a ${kinds.at(-1) ?? ''} with another ID`, async () => {
        await using scenario = await Scenario.start(target);
        const row = (await rowAt(scenario, kinds)) ?? assert.fail(kinds.join(' → '));
        const shown = row.hasChildren ? await scenario.store.load(row.path, { all: true }) : [];
        for (const fault of [another, { status: 200, body: maintenance }]) {
          const heal = scenario.spoil(fault);
          assert.equal((await getFailure(scenario.store.read(row.path))).kind, 'protocol');
          if (row.kind === 'connection') {
            const [problem, ...kept] = await scenario.store.load(row.path, { refresh: true });
            assert.match(problem?.problem?.title ?? '', /invalid response/);
            assert.deepEqual(
              kept.map(({ id }) => id),
              shown.map(({ id }) => id),
            );
          }
          assert.equal(scenario.store.get(row.path)?.label, row.label);
          heal();
          assert.match(await scenario.store.read(row.path), /^\{/);
        }
      });
    }
  });
}

it('an ID of Adobe may come without its prefix', async () => {
  const [cja = assert.fail()] = targets;
  await using scenario = await Scenario.start(cja);
  const row = (await rowAt(scenario, ['connection'])) ?? assert.fail();
  scenario.spoil({ rewrite: (body) => body.replaceAll('"id":"dg_', '"id":"') });
  const rows = await scenario.store.load(row.path, { refresh: true });
  assert.ok(rows.every(({ kind }) => kind !== 'problem'));
  assert.equal(scenario.store.get(row.path)?.id, row.id);
});
