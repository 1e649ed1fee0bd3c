import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Resource } from '../../../../../src/core/services/contract/resource';
import { allBelow, type Answered, answered, rowAt, rowsBelow } from '../../../../support/answered';

interface Task {
  readonly taskId: string;
  readonly parentId?: string;
  readonly status: string;
}

const ids = ['t1', 't2', 't3', 't4', 't5'];
const tasks = fc.uniqueArray(
  fc.record(
    {
      taskId: fc.constantFrom(...ids),
      parentId: fc.constantFrom(...ids, 'elsewhere'),
      status: fc.constant('RUNNING'),
    },
    { requiredKeys: ['taskId', 'status'] },
  ) as fc.Arbitrary<Task>,
  { selector: ({ taskId }) => taskId, minLength: 1 },
);

/** An account with one connection, of these tasks. */
function withTasks(list: readonly Task[]): Promise<Answered> {
  return answered('immuta', (asked) => {
    if (asked.includes('/connections?')) return { connections: [{ connectionKey: 'c' }] };
    if (asked.includes('_search')) return { dataObjects: [] };
    if (asked.includes('/runs?')) return { runs: [{ runId: 'r', status: 'RUNNING' }] };
    const parent = /filter%5BparentId%5D=(\w+)/.exec(asked)?.[1];
    if (asked.includes('/tasks?'))
      return { tasks: list.filter(({ parentId }) => parent === undefined || parentId === parent) };
    return { connectionKey: 'c' };
  });
}

/** The tasks in the tree, top down, each with the tasks above it: `t1/t2`. */
async function getPlaces(at: Answered, parent: Resource, above = ''): Promise<readonly string[]> {
  const rows = await rowsBelow(at, parent, 'task');
  const below = await Promise.all(rows.map((row) => getPlaces(at, row, `${above}${row.id}/`)));
  return [...rows.map(({ id }) => above + id), ...below.flat()];
}

async function getGroup(at: Answered): Promise<Resource> {
  const [connection] = await rowsBelow(at, at.row, 'connection');
  const [group] = await rowsBelow(at, connection ?? assert.fail(), 'group');
  return group ?? assert.fail();
}

describe('Tasks of Immuta', () => {
  it('that are their own parents, or those of each other, are at the top', async () => {
    const status = 'RUNNING';
    const at = await withTasks([
      { taskId: 't1', parentId: 't1', status },
      { taskId: 't2', parentId: 't3', status },
      { taskId: 't3', parentId: 't2', status },
      { taskId: 't4', parentId: 't3', status },
    ]);
    const group = await getGroup(at);
    assert.deepEqual(
      (await rowsBelow(at, group, 'task')).map(({ id }) => id),
      ['t1', 't2', 't3'],
    );
    assert.ok((await getPlaces(at, group)).includes('t3/t4'));
  });

  it('are all shown, none below itself, whatever their parents, with their runs at the same places', () =>
    fc.assert(
      fc.asyncProperty(tasks, async (list) => {
        const at = await withTasks(list);
        const places = await getPlaces(at, await getGroup(at));
        for (const { taskId } of list) {
          assert.ok(
            places.some((place) => place.split('/').at(-1) === taskId),
            `${taskId} is lost`,
          );
        }
        for (const steps of places.map((place) => place.split('/')))
          assert.equal(new Set(steps).size, steps.length);
        const { entries = [] } = (await at.session.runs?.fetchRuns(at.row, [], {})) ?? {};
        assert.equal(entries.length, list.length);
        for (const { run } of entries) {
          const place = run.path
            .split('/')
            .flatMap((step) => (step.startsWith('task:') ? [step.slice(5)] : []));
          assert.ok(places.includes(place.join('/')), `${place.join('/')} is no place of the tree`);
        }
      }),
    ));

  it('are shown below their parents although their IDs are those of rows that are no tasks', async () => {
    const at = await withTasks([
      { taskId: 't1', status: 'RUNNING' },
      { taskId: 'c', parentId: 't1', status: 'RUNNING' },
    ]);
    assert.deepEqual(await getPlaces(at, await getGroup(at)), ['t1', 't1/c']);
  });

  it('that are malformed are rows, also below another task', async () => {
    const broken = { parentId: 't1', status: 'FAILED' } as unknown as Task;
    const at = await withTasks([{ taskId: 't1', status: 'RUNNING' }, broken]);
    const [task] = await rowsBelow(at, await getGroup(at), 'task');
    assert.equal((await rowsBelow(at, task ?? assert.fail(), 'problem')).length, 1);
  });
});

describe('Data objects of Immuta', () => {
  it('on further pages come without the connection and its tasks, which are on the first one', async () => {
    const at = await answered('immuta', (asked, { body = '' }) => {
      if (!asked.includes('_search')) return { connectionKey: 'c' };
      const isFirst = !body.includes('second');
      return { dataObjects: [{ id: isFirst ? 'a' : 'b' }], meta: { nextCursor: isFirst ? 'second' : null } };
    });
    const items = await allBelow(at, rowAt(at, [['connection', 'c']]));
    assert.deepEqual(
      items.map(({ resource }) => resource.id),
      ['a', 'tasks', 'b'],
    );
    assert.equal(at.asked.filter((asked) => asked.startsWith('GET')).length, 1);
  });

  it('are at the top if the service has no such filter and nothing is above them', async () => {
    const tables = ['a', 'b'].map((id) => ({ id, normalizedType: 'TABLE' }));
    const at = await answered('immuta', (asked) =>
      asked.includes('_search')
        ? { dataObjects: tables }
        : { connections: [{ connectionKey: 'c' }], connectionKey: 'c' },
    );
    const [connection] = await rowsBelow(at, at.row, 'connection');
    assert.equal((await rowsBelow(at, connection ?? assert.fail(), 'dataObject')).length, 2);
  });
});
