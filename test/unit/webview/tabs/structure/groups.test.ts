import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NodeModel } from '../../../../../src/shared/models';
import { grouped } from '../../../../../src/webview/tabs/structure/groups';

const part = (id: string, others: Partial<NodeModel> = {}): NodeModel => ({
  ...{
    id,
    label: id,
    role: 'lookup dataset',
    kind: 'dataset',
    path: id,
    isCurrent: false,
    isCollapsed: false,
  },
  ...others,
});
const key = part('key', { role: 'person ID' });
const ends = (count: number): readonly NodeModel[] =>
  Array.from({ length: count }, (_, at) => part(`d${at}`));
const hung = (nodes: readonly NodeModel[]): { from: string; to: string; label: string }[] =>
  nodes.map(({ id }) => ({ from: 'key', to: id, label: 'sku' }));

describe('The groups of a structure', () => {
  it('leave a few ends as they are', () => {
    const parts = { nodes: [key, ...ends(12)], edges: hung(ends(12)) };
    const { nodes, edges, groups } = grouped(parts, new Set());
    assert.deepEqual([nodes, edges, groups.size], [parts.nodes, parts.edges, 0]);
  });

  it('represent many ends of a role at one edge, with their worst state', () => {
    const many = ends(13).map((node, at) =>
      at === 5 ? { ...node, status: { state: 'failed', label: '', text: '' } as const } : node,
    );
    const parts = { nodes: [key, ...many], edges: hung(many) };
    const { nodes, edges, groups } = grouped(parts, new Set());
    const [id = ''] = groups;
    assert.deepEqual(
      nodes.map(({ label, status }) => [label, status?.state]),
      [
        ['key', undefined],
        ['13 × lookup dataset', 'failed'],
      ],
    );
    assert.deepEqual(edges, [{ from: 'key', to: id, label: 'sku' }]);
    const open = grouped(parts, groups);
    assert.deepEqual([open.nodes.length, open.edges.length], [15, 14]);
    assert.equal(open.nodes[1]?.isCollapsed, false);
  });

  it('contain neither the resource of the panel, nor parts that lead on, are shared or are to be loaded', () => {
    const many = ends(17).map((node, at) => ({ ...node, isCurrent: at === 0, isCollapsed: at === 1 }));
    const edges = [...hung(many), { from: 'd2', to: 'd3' }];
    const { nodes } = grouped({ nodes: [key, ...many], edges }, new Set());
    assert.deepEqual(
      nodes.map(({ label }) => label),
      ['key', 'd0', 'd1', 'd2', 'd3', '13 × lookup dataset'],
    );
  });
});
