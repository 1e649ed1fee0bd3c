import { graphlib, layout as place } from '@dagrejs/dagre';
import type { NodeModel, StructureModel } from '../../panel/models';

type EdgeModel = StructureModel['edges'][number];

/** The size of every node in pixels, as in structure.css. */
export const nodeSize = { width: 232, height: 56 } as const;
/** The most nodes that are drawn: more of them take seconds to place, and nobody finds a way among them. */
export const mostNodes = 500;

const letter = 7;
const widestLabel = 150;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node with its place: the middle, in pixels. */
export interface PlacedNode extends Point {
  readonly node: NodeModel;
}

/** An edge with the points that it goes through, and the middle of its label. */
export interface PlacedEdge {
  readonly edge: EdgeModel;
  readonly points: readonly Point[];
  readonly label?: Point;
}

/** A structure with the places of its parts. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** From the first column to the last, and from top to bottom in each. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** Places a structure from left to right, in columns that follow its edges. Edges to nodes that are not there are left out. */
export function layout(nodes: readonly NodeModel[], edges: readonly EdgeModel[]): Layout {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 48, edgesep: 12, marginx: 24, marginy: 24 });
  // The library keeps nodes in plain objects: a server's id may be one of their own properties' names.
  const keys = new Map(nodes.map(({ id }, at) => [id, String(at)]));
  for (const key of keys.values()) graph.setNode(key, { ...nodeSize });
  const known = edges.flatMap((edge, at) => {
    const from = keys.get(edge.from);
    const to = keys.get(edge.to);
    return from === undefined || to === undefined || from === to ? [] : [{ edge, from, to, key: String(at) }];
  });
  for (const { edge, from, to, key } of known) graph.setEdge(from, to, labelSize(edge.label), key);
  place(graph);
  const size: unknown = graph.graph();
  const places = new Map(nodes.map(({ id }) => [id, pointOf(graph.node(keys.get(id) ?? ''))]));
  const at = (id: string): Point => places.get(id) ?? { x: 0, y: 0 };
  return {
    width: numberOf(size, 'width'),
    height: numberOf(size, 'height'),
    nodes: nodes.map((node) => ({ node, ...at(node.id) })).toSorted((a, b) => a.x - b.x || a.y - b.y),
    edges: known.map(({ edge, from, to, key }) =>
      placedEdge(edge, graph.edge(from, to, key), at(edge.from), at(edge.to)),
    ),
  };
}

function labelSize(label: string | undefined): object {
  if (label === undefined || label === '') return {};
  return { width: Math.min(label.length * letter + 12, widestLabel), height: 20, labelpos: 'c' };
}

function placedEdge(edge: EdgeModel, placed: unknown, from: Point, to: Point): PlacedEdge {
  const found = isObject(placed) && Array.isArray(placed.points) ? placed.points.map(pointOf) : [];
  const points = from.x < to.x ? fromSideToSide(found, from, to) : found;
  return isObject(placed) && typeof placed.x === 'number' && edge.label
    ? { edge, points, label: pointOf(placed) }
    : { edge, points };
}

/** The way that the library found, from the middle of the right side of a node to that of the left side of another. */
function fromSideToSide(points: readonly Point[], from: Point, to: Point): readonly Point[] {
  const half = nodeSize.width / 2;
  return [{ x: from.x + half, y: from.y }, ...points.slice(1, -1), { x: to.x - half, y: to.y }];
}

function pointOf(value: unknown): Point {
  return { x: numberOf(value, 'x'), y: numberOf(value, 'y') };
}

function numberOf(value: unknown, key: string): number {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === 'number' && Number.isFinite(found) ? found : 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
