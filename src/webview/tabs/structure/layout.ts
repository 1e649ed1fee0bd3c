import { graphlib, layout as place } from '@dagrejs/dagre';
import type { NodeModel, StructureModel } from '../../../shared/models';

type EdgeModel = StructureModel['edges'][number];

/** The height of every node in pixels, as in structure.css. */
const NODE_HEIGHT_PX = 52;

/** Larger graphs are laid out more densely. */
const MANY_NODES = 30;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node with its center and width, in pixels. */
export interface PlacedNode extends Point {
  readonly node: NodeModel;
  readonly width: number;
}

/** Preferred widths of nodes and edge labels, in pixels. */
export interface Wanted {
  readonly node: (node: NodeModel) => number;
  readonly label: (label: string) => number;
}

/** An edge with its points, and the center of its label. */
export interface PlacedEdge {
  readonly edge: EdgeModel;
  readonly points: readonly Point[];
  readonly label?: Point;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** From the first column to the last, and from top to bottom in each. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/**
 * Lays out a graph from left to right, in columns. All nodes of a column have the width of the widest. Edges to missing
 * nodes are omitted.
 */
export function layout(nodes: readonly NodeModel[], edges: readonly EdgeModel[], wanted: Wanted): Layout {
  const graph = new graphlib.Graph({ multigraph: true });
  const nodesep = nodes.length > MANY_NODES ? 8 : 18;
  graph.setGraph({ rankdir: 'LR', nodesep, ranksep: 32, edgesep: 8, marginx: 20, marginy: 20 });
  // The library keeps nodes in plain objects: a server's id may be one of their own properties' names.
  const keys = new Map(nodes.map(({ id }, at) => [id, String(at)]));
  for (const node of nodes)
    graph.setNode(keys.get(node.id) ?? '', { width: wanted.node(node), height: NODE_HEIGHT_PX });
  const known = edges.flatMap((edge, at) => {
    const from = keys.get(edge.from);
    const to = keys.get(edge.to);
    return from === undefined || to === undefined || from === to ? [] : [{ edge, from, to, key: String(at) }];
  });
  for (const { edge, from, to, key } of known) graph.setEdge(from, to, labelSize(edge, wanted), key);
  place(graph);
  const size: unknown = graph.graph();
  const found = nodes.map((node) => {
    const placed: unknown = graph.node(keys.get(node.id) ?? '');
    return { node, ...toPoint(placed), width: toNumber(placed, 'width') };
  });
  const placed = asWideAsTheirColumn(found).toSorted((a, b) => a.x - b.x || a.y - b.y);
  const places = new Map(placed.map((each) => [each.node.id, each]));
  return {
    width: toNumber(size, 'width'),
    height: toNumber(size, 'height'),
    nodes: placed,
    edges: known.map(({ edge, from, to, key }) =>
      placedEdge(edge, graph.edge(from, to, key), places.get(edge.from), places.get(edge.to)),
    ),
  };
}

/** A column has the width of its widest node, and the same middle for all. */
function asWideAsTheirColumn(nodes: readonly PlacedNode[]): readonly PlacedNode[] {
  const widest = new Map<number, number>();
  for (const { x, width } of nodes) widest.set(x, Math.max(width, widest.get(x) ?? 0));
  return nodes.map((node) => ({ ...node, width: widest.get(node.x) ?? node.width }));
}

function labelSize({ label }: EdgeModel, wanted: Wanted): object {
  return label ? { width: wanted.label(label), height: 20, labelpos: 'c' } : {};
}

function placedEdge(
  edge: EdgeModel,
  placed: unknown,
  from: PlacedNode | undefined,
  to: PlacedNode | undefined,
): PlacedEdge {
  const found = isObject(placed) && Array.isArray(placed.points) ? placed.points.map(toPoint) : [];
  const points = from && to && from.x < to.x ? fromSideToSide(found, from, to) : found;
  return isObject(placed) && typeof placed.x === 'number' && edge.label
    ? { edge, points, label: toPoint(placed) }
    : { edge, points };
}

/** The edge, from the right side of one node to the left side of another. */
function fromSideToSide(points: readonly Point[], from: PlacedNode, to: PlacedNode): readonly Point[] {
  const start = { x: from.x + from.width / 2, y: from.y };
  return [start, ...points.slice(1, -1), { x: to.x - to.width / 2, y: to.y }];
}

function toPoint(value: unknown): Point {
  return { x: toNumber(value, 'x'), y: toNumber(value, 'y') };
}

function toNumber(value: unknown, key: string): number {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === 'number' && Number.isFinite(found) ? found : 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The ID of the node that a key moves to: along an edge for left and right, within the column for up and down. */
export function walk({ nodes, edges }: Layout, from: string, key: string): string | undefined {
  const here = nodes.find(({ node }) => node.id === from);
  if (!here) return undefined;
  const linked = (ids: readonly string[]): string | undefined =>
    nearest(
      nodes.filter(({ node }) => ids.includes(node.id)),
      here,
    );
  switch (key) {
    case 'ArrowRight':
      return linked(edges.filter(({ edge }) => edge.from === from).map(({ edge }) => edge.to));
    case 'ArrowLeft':
      return linked(edges.filter(({ edge }) => edge.to === from).map(({ edge }) => edge.from));
    case 'ArrowDown':
    case 'ArrowUp':
      return beside(nodes, here, key === 'ArrowDown' ? 1 : -1);
    case 'Home':
      return nodes.find(({ node }) => node.isCurrent)?.node.id;
    case 'End':
      return nodes.at(-1)?.node.id;
    default:
      return undefined;
  }
}

/** The next node of the column, and beyond its end the first one of the next column. */
function beside(nodes: readonly PlacedNode[], here: PlacedNode, step: number): string | undefined {
  return nodes[nodes.indexOf(here) + step]?.node.id;
}

function nearest(nodes: readonly PlacedNode[], to: PlacedNode): string | undefined {
  const [first, ...others] = nodes;
  if (!first) return undefined;
  const distance = ({ y }: PlacedNode): number => Math.abs(y - to.y);
  return others.reduce((best, node) => (distance(node) < distance(best) ? node : best), first).node.id;
}
