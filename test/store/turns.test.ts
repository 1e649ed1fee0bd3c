import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inTurns, Turns } from '../../src/http/turns';
import { cleanSession } from '../../src/services/cleanSession';
import { childPath } from '../../src/services/path';
import type { Item, Resource } from '../../src/services/service';
import { Graph, type Node } from '../../src/store/graph';
import { defaultMemoryLimits, ListMemory } from '../../src/store/listMemory';
import { branchOf } from '../../src/store/pages';
import { account, page, resource } from './fakes';
import { openSampleAccount, sampleAccount } from './sampleAccount';

const [CONNECTIONS, DATASETS] = [20, 30];
const ROWS = CONNECTIONS * (DATASETS + 1);

/** Counts the turns that work asks for, one after each of its steps. */
class CountedTurns extends Turns {
  count = 0;

  constructor() {
    super(0);
  }

  override next(): Promise<void> {
    this.count++;
    return Promise.resolve();
  }
}

const root: Resource = { path: account, kind: 'account', id: 'a', label: 'A', hasChildren: true };

function connections(): readonly Item[] {
  return Array.from({ length: CONNECTIONS }, (_, index) => {
    const connection = resource(account, 'connection', `c${index}`);
    const datasets = Array.from({ length: DATASETS }, (_each, at) =>
      resource(connection.path, 'dataset', `d${at}`),
    );
    return { resource: connection, children: page(datasets) };
  });
}

/** A graph that holds all connections and datasets. */
async function graphOf(turns: Turns): Promise<{ readonly graph: Graph; readonly node: Node }> {
  const graph = new Graph(() => undefined, new ListMemory(defaultMemoryLimits()));
  const node = graph.put(root);
  const whole = await inTurns(graph.adopt(node, page(connections()), { levels: 1, keep: 'all' }), turns);
  node.branch = branchOf(whole, 1);
  return { graph, node };
}

/** As many steps as there are rows, give or take those that end a list. */
function assertSteps(turns: CountedTurns, rows: number): void {
  assert.ok(turns.count >= rows, `${turns.count} steps for ${rows} rows`);
}

describe('work on a list takes a step for each row, and gives way between two, where', () => {
  it('rows are placed', async () => {
    const turns = new CountedTurns();
    await graphOf(turns);
    assertSteps(turns, ROWS);
  });

  it('lists are marked, and levels counted', async () => {
    const { graph } = await graphOf(new CountedTurns());
    const [marking, counting] = [new CountedTurns(), new CountedTurns()];
    await inTurns(graph.markDirty(account), marking);
    assert.equal(await inTurns(graph.levelsBelow(account), counting), 1);
    assertSteps(marking, ROWS);
    assertSteps(counting, ROWS);
    const dirty = graph.get(childPath(account, 'connection', 'c0'))?.branch?.dirty;
    assert.equal(dirty, true);
  });

  it('something of many is gone', async () => {
    const { graph, node } = await graphOf(new CountedTurns());
    const turns = new CountedTurns();
    const found = branchOf(page(connections().slice(1)), 2);
    await inTurns(graph.prune(node, found), turns);
    assertSteps(turns, ROWS);
    assert.equal(graph.get(childPath(childPath(account, 'connection', 'c0'), 'dataset', 'd1')), undefined);
    assert.equal([...graph.below(account)].length, 1 + ROWS - (DATASETS + 1));
    assert.equal(graph.find('d1').length, CONNECTIONS - 1);
  });

  it('what came along with another list is gone', async () => {
    const { graph, node } = await graphOf(new CountedTurns());
    const fewer = connections().map(({ resource: connection }) => ({
      resource: connection,
      children: page([resource(connection.path, 'dataset', 'd0')]),
    }));
    await inTurns(graph.adopt(node, page(fewer), { levels: 1, keep: 'known' }));
    assert.deepEqual(graph.find('d1'), []);
    assert.equal(graph.find('d0').length, CONNECTIONS);
  });

  it('an answer of Adobe CJA is read and cleaned', async () => {
    await using opened = await openSampleAccount('cja', { connections: CONNECTIONS });
    const turns = new CountedTurns();
    const request = { size: CONNECTIONS, fresh: false, levels: 2 };
    const whole = { ...root, path: sampleAccount };
    const answer = await opened.session.children(whole, request, { turns });
    assertSteps(turns, CONNECTIONS);
    const cleaning = new CountedTurns();
    await cleanSession(opened.session, []).children(whole, request, { turns: cleaning });
    const rows = answer.items.reduce((sum, { children }) => sum + 1 + (children?.items.length ?? 0), 0);
    assertSteps(cleaning, rows);
  });
});

describe('Turns', () => {
  it('has one slice at a time of all works that share it', async () => {
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

  it('ends work that is cancelled', async () => {
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
