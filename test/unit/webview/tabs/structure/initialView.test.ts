import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { NodeModel } from '../../../../../src/shared/models';
import { initialView, type View } from '../../../../../src/webview/tabs/structure/initialView';
import { layout, type Layout, type PlacedNode } from '../../../../../src/webview/tabs/structure/layout';

const NODE_PX = 200;

/** Nodes in a chain, each of which is a column, with some more at the end of it. */
function chain(count: number, ends = 0, width = NODE_PX): Layout {
  const ids = Array.from({ length: count + ends }, (_, at) => String(at));
  const nodes = ids.map((id): NodeModel => {
    return { id, label: id, role: '', kind: 'dataset', isCurrent: false, isCollapsed: false };
  });
  const edges = ids.slice(1).map((to, at) => ({ from: String(Math.min(at, count - 1)), to }));
  return layout(nodes, edges, { node: () => width, label: () => 0 });
}

interface Seen {
  readonly whole: readonly string[];
  readonly cut: readonly string[];
}

/** The nodes whose columns are in sight. */
function seen({ nodes }: Layout, { zoom, left }: View, width: number): Seen {
  const where = ({ x, width: wide }: PlacedNode): readonly [number, number] => [
    (x - wide / 2) * zoom - left,
    (x + wide / 2) * zoom - left,
  ];
  const visible = nodes.filter((node) => where(node)[0] < width && where(node)[1] > 0);
  const isWhole = (node: PlacedNode): boolean => where(node)[0] >= 0 && where(node)[1] <= width;
  const ids = (list: readonly PlacedNode[]): readonly string[] => list.map(({ node }) => node.id);
  return { whole: ids(visible.filter(isWhole)), cut: ids(visible.filter((node) => !isWhole(node))) };
}

describe('The first view of a structure', () => {
  it('has all of it, if that can be read, and is not enlarged', () => {
    const graph = chain(4);
    const almost = { width: graph.width * 0.75, height: 400 };
    assert.deepEqual(initialView(graph, '0', almost), { zoom: 0.75, left: 0, top: 0 });
    assert.equal(initialView(graph, '0', { width: 5000, height: 4000 }).zoom, 1);
  });

  it('has whole columns, if not all of them can be read', () => {
    const graph = chain(8);
    for (const width of [520, 640, 800, 860, 1000, 1200]) {
      const view = initialView(graph, '0', { width, height: 400 });
      const { whole, cut } = seen(graph, view, width);
      assert.ok(view.zoom >= 0.7 && view.zoom <= 1, String(view.zoom));
      assert.equal(whole[0], '0', `${width}`);
      assert.ok(whole.length >= 2 && whole.length < 8, `${width}`);
      assert.deepEqual(cut, [], `${width}`);
    }
  });

  it('has the columns on both sides of that of a node', () => {
    const graph = chain(9);
    const { whole, cut } = seen(graph, initialView(graph, '4', { width: 640, height: 400 }), 640);
    assert.deepEqual([whole, cut], [['3', '4', '5'], []]);
    const atEnd = seen(graph, initialView(graph, '8', { width: 640, height: 400 }), 640);
    assert.deepEqual(atEnd.whole, ['6', '7', '8']);
  });

  it('shows more rows of a high graph, as far as they can be read', () => {
    const graph = chain(2, 30);
    const view = initialView(graph, '31', { width: 860, height: 400 });
    assert.equal(view.zoom, 0.7);
    const there = graph.nodes.find(({ node }) => node.id === '31');
    assert.ok(there);
    const y = there.y * view.zoom - view.top;
    assert.ok(y > 0 && y < 400, String(y));
  });

  it('has a node in sight, whatever the sizes', () => {
    const sizes = fc.record({
      count: fc.integer({ min: 1, max: 12 }),
      ends: fc.nat(8),
      node: fc.integer({ min: 96, max: 272 }),
      width: fc.integer({ min: 200, max: 1600 }),
      height: fc.integer({ min: 100, max: 1000 }),
    });
    fc.assert(
      fc.property(sizes, fc.nat(19), ({ count, ends, node, ...size }, at) => {
        const graph = chain(count, ends, node);
        const here = graph.nodes[at % graph.nodes.length];
        assert.ok(here);
        const { zoom, left, top } = initialView(graph, here.node.id, size);
        const [x, y] = [here.x * zoom - left, here.y * zoom - top];
        assert.ok(x > 0 && x < size.width && y > 0 && y < size.height, `${x}, ${y}`);
      }),
      { numRuns: 200 },
    );
  });
});
