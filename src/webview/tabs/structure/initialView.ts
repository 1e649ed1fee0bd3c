import type { Layout, PlacedNode } from './layout';

/** The smallest zoom at which the texts of nodes can be read. */
const READABLE_ZOOM = 0.7;

/** Free on both sides of the columns in view: less than half of the smallest gap between two. */
const MARGIN_PX = 12;

/** Of the visible part, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A zoom, and how far the zoomed graph is scrolled, in pixels. */
export interface View {
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
}

interface Column {
  readonly start: number;
  readonly end: number;
}

/** Successive columns, by the indices of the first and the last, and the zoom at which they fill the width. */
interface Span {
  readonly first: number;
  readonly last: number;
  readonly zoom: number;
}

/**
 * How a graph is shown at first: all of it if it can be read then, otherwise as many whole columns as possible,
 * with that of a node among them.
 */
export function initialView(graph: Layout, id: string, size: Size): View {
  const fitting = Math.min(1, size.width / graph.width, size.height / graph.height);
  const here = graph.nodes.find(({ node }) => node.id === id) ?? graph.nodes[0];
  if (fitting >= READABLE_ZOOM || !here) return { zoom: fitting, left: 0, top: 0 };
  const { zoom, left } = columnsInView(graph, here, size);
  return { zoom, left: Math.max(0, left), top: Math.max(0, here.y * zoom - size.height / 2) };
}

function columnsInView(graph: Layout, here: PlacedNode, size: Size): Pick<View, 'zoom' | 'left'> {
  const columns = toColumns(graph.nodes);
  const views = spans(columns, here.x, size.width).map((span) => {
    const isAll = span.first === 0 && span.last === columns.length - 1;
    // All columns are in view at a smaller zoom, too, and more of their rows.
    const zoom = isAll
      ? Math.max(READABLE_ZOOM, Math.min(span.zoom, size.height / graph.height))
      : Math.min(1, span.zoom);
    const left = getLeft(columns.slice(span.first, span.last + 1), zoom, graph.width, size.width);
    return { zoom, left, cut: cutColumns(columns, zoom, left, size.width), span };
  });
  const best = views.toSorted(
    (a, b) =>
      a.cut - b.cut ||
      b.span.last - b.span.first - (a.span.last - a.span.first) ||
      offCenter(a.span, columns, here) - offCenter(b.span, columns, here),
  )[0];
  return best ?? { zoom: READABLE_ZOOM, left: here.x * READABLE_ZOOM - size.width / 2 };
}

function toColumns(nodes: readonly PlacedNode[]): readonly Column[] {
  const middles = new Map(nodes.map(({ x, width }) => [x, { start: x - width / 2, end: x + width / 2 }]));
  return [...middles.values()];
}

/** The spans with the column at `x` that can be read in a width. */
function spans(columns: readonly Column[], x: number, width: number): readonly Span[] {
  const here = columns.findIndex(({ start, end }) => start <= x && x <= end);
  const found: Span[] = [];
  for (let first = here; first >= 0; first--) {
    for (let last = here; last < columns.length; last++) {
      const zoom = width / ((columns[last]?.end ?? 0) - (columns[first]?.start ?? 0) + 2 * MARGIN_PX);
      if (zoom < READABLE_ZOOM) break;
      found.push({ first, last, zoom });
    }
  }
  return found;
}

/** How far a zoomed graph is scrolled to have columns in the middle. */
function getLeft(columns: readonly Column[], zoom: number, graphWidth: number, width: number): number {
  const middle = ((columns[0]?.start ?? 0) + (columns.at(-1)?.end ?? 0)) / 2;
  return Math.max(0, Math.min(middle * zoom - width / 2, graphWidth * zoom - width));
}

/** The number of columns of which only a part is in view. */
function cutColumns(columns: readonly Column[], zoom: number, left: number, width: number): number {
  return columns.filter(({ start, end }) => {
    const [from, to] = [start * zoom - left, end * zoom - left];
    return from < width && to > 0 && (from < 0 || to > width);
  }).length;
}

/** How far a node is from the middle of columns, in pixels. */
function offCenter({ first, last }: Span, columns: readonly Column[], { x }: PlacedNode): number {
  return Math.abs(((columns[first]?.start ?? 0) + (columns[last]?.end ?? 0)) / 2 - x);
}
