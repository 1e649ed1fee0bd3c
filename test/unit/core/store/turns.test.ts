import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { atOnce, inTurns, Slices, Turns } from '../../../../src/core/base/turns';
import { cleanSession } from '../../../../src/core/services/common/cleanSession';
import { childPath } from '../../../../src/core/services/contract/path';
import type { PageItem } from '../../../../src/core/services/contract/page';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { Graph, type Node } from '../../../../src/core/store/graph';
import { defaultMemoryLimits, ListMemory } from '../../../../src/core/store/listMemory';
import { toChildList } from '../../../../src/core/store/childList';
import { sortedInSteps } from '../../../../src/core/store/sorting';
import { CountedTurns } from '../../../support/countedTurns';
import { account, page, resource } from '../../../support/fakes/store';
import { startService, ACCOUNT_PATH } from '../../../support/service';

const [CONNECTIONS, DATASETS] = [20, 30];
const ROWS = CONNECTIONS * (DATASETS + 1);

const root: Resource = { path: account, kind: 'account', id: 'a', label: 'A', hasChildren: true };

function connections(): readonly PageItem[] {
  return Array.from({ length: CONNECTIONS }, (_, index) => {
    const connection = resource(account, 'connection', `c${index}`);
    const datasets = Array.from({ length: DATASETS }, (_each, at) =>
      resource(connection.path, 'dataset', `d${at}`),
    );
    return { resource: connection, children: page(datasets) };
  });
}

/** A graph that holds all connections and datasets. */
async function createGraph(turns: Turns): Promise<{ readonly graph: Graph; readonly node: Node }> {
  const graph = new Graph(() => undefined, new ListMemory(defaultMemoryLimits()));
  const node = graph.getOrCreate(root);
  const whole = await inTurns(graph.adopt(node, page(connections()), { depth: 1, scope: 'all' }), turns);
  node.children = toChildList(whole, 1);
  return { graph, node };
}

/** As many steps as there are rows, give or take those that end a list. */
function assertSteps(turns: CountedTurns, rows: number): void {
  assert.ok(turns.count >= rows, `${turns.count} steps for ${rows} rows`);
}

describe('work on a list takes a step for each row, and yields between two, when', () => {
  it('rows are placed', async () => {
    const turns = new CountedTurns();
    await createGraph(turns);
    assertSteps(turns, ROWS);
  });

  it('lists are marked, and levels counted', async () => {
    const { graph } = await createGraph(new CountedTurns());
    const [marking, counting] = [new CountedTurns(), new CountedTurns()];
    await inTurns(graph.markDirty(account), marking);
    assert.equal(await inTurns(graph.levelsBelow(account), counting), 1);
    assertSteps(marking, ROWS);
    assertSteps(counting, ROWS);
    const dirty = graph.get(childPath(account, 'connection', 'c0'))?.children?.dirty;
    assert.equal(dirty, true);
  });

  it('one of many is gone', async () => {
    const { graph, node } = await createGraph(new CountedTurns());
    const turns = new CountedTurns();
    const found = toChildList(page(connections().slice(1)), 2);
    await inTurns(graph.prune(node, found), turns);
    assertSteps(turns, ROWS);
    assert.equal(graph.get(childPath(childPath(account, 'connection', 'c0'), 'dataset', 'd1')), undefined);
    assert.equal([...graph.below(account)].length, 1 + ROWS - (DATASETS + 1));
    assert.equal(graph.find('d1').length, CONNECTIONS - 1);
  });

  it('prefetched rows are gone', async () => {
    const { graph, node } = await createGraph(new CountedTurns());
    const fewer = connections().map(({ resource: connection }) => ({
      resource: connection,
      children: page([resource(connection.path, 'dataset', 'd0')]),
    }));
    await inTurns(graph.adopt(node, page(fewer), { depth: 1, scope: 'known' }));
    assert.deepEqual(graph.find('d1'), []);
    assert.equal(graph.find('d0').length, CONNECTIONS);
  });

  it('an answer about active runs is compared with the known state, and changes that at its end', async () => {
    const { graph } = await createGraph(new CountedTurns());
    const seen = connections().map(({ resource: connection }) => ({ ...connection, label: 'new' }));
    const labels = (): ReadonlySet<string | undefined> =>
      new Set(seen.map(({ path }) => graph.get(path)?.resource.label));
    class Looking extends CountedTurns {
      override next(): Promise<void> {
        assert.ok(!labels().has('new'), 'half of the answer shows');
        return super.next();
      }
    }
    const turns = new Looking();
    const changed = await inTurns(graph.replace(seen, Date.now()), turns);
    assert.equal(changed.length, CONNECTIONS);
    assert.deepEqual([...labels()], ['new']);
    assertSteps(turns, CONNECTIONS);
  });

  it('an answer about active runs is compared, and what is loaded meanwhile is newer', async () => {
    const { graph, node } = await createGraph(new CountedTurns());
    const seen = connections().map(({ resource: connection }) => ({ ...connection, label: 'old' }));
    const replacing = graph.replace(seen, Date.now());
    replacing.next();
    const newer = connections().map(({ resource: connection }) => ({ ...connection, label: 'newer' }));
    node.children = toChildList(await inTurns(graph.adopt(node, page(newer), undefined)), Date.now() + 1);
    assert.deepEqual(await inTurns(replacing), []);
    assert.equal(graph.get(newer[0]?.path ?? account)?.resource.label, 'newer');
  });

  it('an answer about active runs is compared, and what another one changes or a list loses meanwhile stays so', async () => {
    const { graph, node } = await createGraph(new CountedTurns());
    const renamed = (label: string): readonly Resource[] =>
      connections().map(({ resource: connection }) => ({ ...connection, label }));
    const [late, early] = [
      graph.replace(renamed('late'), Date.now()),
      graph.replace(renamed('early'), Date.now()),
    ];
    for (let row = 0; row < CONNECTIONS; row++) late.next();
    await inTurns(graph.prune(node, toChildList(page(connections().slice(1)), 1)));
    assert.equal((await inTurns(early)).length, CONNECTIONS - 1);
    assert.deepEqual(await inTurns(late), []);
    assert.equal(graph.get(childPath(account, 'connection', 'c1'))?.resource.label, 'early');
  });

  it('an answer of Adobe CJA is read and cleaned', async () => {
    await using opened = await startService('cja', { connections: CONNECTIONS });
    const turns = new CountedTurns();
    const request = { size: CONNECTIONS, bypassCache: false, depth: 2 };
    const whole = { ...root, path: ACCOUNT_PATH };
    const answer = await opened.session.children(whole, request, { turns });
    assertSteps(turns, CONNECTIONS);
    const cleaning = new CountedTurns();
    await cleanSession(opened.session, []).children(whole, request, { turns: cleaning });
    const rows = answer.items.reduce((sum, { children }) => sum + 1 + (children?.items.length ?? 0), 0);
    assertSteps(cleaning, rows);
  });
});

describe('Turns', () => {
  it('has one slice at a time of all work that shares it', async () => {
    const turns = new Turns(0);
    let [turn, ended] = [0, 0];
    const look = (): void => {
      turn++;
      if (ended < 3) setImmediate(look);
    };
    setImmediate(look);
    const slices: number[] = [];
    const works = [1, 2, 3].map(async () => {
      await inTurns(work(), turns);
      ended++;
    });
    function* work(): Generator<void, void> {
      for (let step = 0; step < 10; step++) {
        yield;
        slices.push(turn);
      }
    }
    await Promise.all(works);
    assert.equal(new Set(slices).size, slices.length);
  });

  it('makes asynchronous work yield after each slice, and not before', async () => {
    const [short, long] = [new CountedTurns(), new CountedTurns()];
    const slices = new Slices(short);
    for (let step = 0; step < 100; step++) await slices.next();
    assert.equal(short.count, 100);
    const patient = new Slices(Object.assign(long, { sliceMs: Infinity }));
    for (let step = 0; step < 100; step++) await patient.next();
    assert.equal(long.count, 0);
  });

  it('ends canceled work', async () => {
    const controller = new AbortController();
    let steps = 0;
    function* work(): Generator<void, void> {
      for (;;) {
        if (++steps === 3) controller.abort();
        yield;
      }
    }
    await assert.rejects(inTurns(work(), new Turns(0), controller.signal), { name: 'AbortError' });
    assert.equal(steps, 3);
  });
});

describe('sorting in steps', () => {
  it('gives what sorting at once gives, with equal items in order', () => {
    const item = fc.record({ key: fc.integer({ min: 0, max: 9 }), at: fc.nat() });
    const compare = (a: { key: number }, b: { key: number }): number => a.key - b.key;
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), fc.integer({ min: 1, max: 60 }), (items, times) => {
        const many = Array.from({ length: times }, () => items).flat();
        assert.deepEqual(atOnce(sortedInSteps(many, compare)), many.toSorted(compare));
      }),
      { numRuns: 50 },
    );
  });

  it('sorting in steps yields between two', async () => {
    const turns = new CountedTurns();
    const many = Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 100_003);
    const sorted = await inTurns(
      sortedInSteps(many, (a, b) => a - b),
      turns,
    );
    assert.deepEqual(
      sorted,
      many.toSorted((a, b) => a - b),
    );
    assert.ok(turns.count > 1000, `${turns.count} steps`);
    assert.ok(turns.count < 2000, `${turns.count} steps`);
  });
});
