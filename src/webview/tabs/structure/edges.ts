import { element, svg, ellipsis } from '../../components/elements';
import type { Layout, PlacedEdge, Point } from './layout';

const ARROW_PX = 8;

/** The lines between the nodes. */
export function edgeLines({ width, height, edges }: Layout): SVGSVGElement {
  const lines = edges.flatMap(({ points }) => {
    const last = points.at(-1);
    const before = points.at(-2);
    if (!last || !before) return [];
    return [
      svg('path', { class: 'edge', d: curve(points) }),
      svg('path', { class: 'arrow', d: head(before, last) }),
    ];
  });
  return svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' }, ...lines);
}

export function edgeLabels(edges: readonly PlacedEdge[]): readonly HTMLElement[] {
  return edges.flatMap(({ edge, label }) => {
    if (!label) return [];
    const made = element('div', { className: 'edge-label', ariaHidden: 'true' }, ellipsis(edge.label ?? ''));
    made.style.left = `${label.x}px`;
    made.style.top = `${label.y}px`;
    return [made];
  });
}

/** A smooth line through points, which leaves and meets each of them horizontally. */
function curve([first, ...others]: readonly Point[]): string {
  if (!first) return '';
  let last = first;
  const bends = others.map((point) => {
    const middle = (last.x + point.x) / 2;
    const bend = `C${middle} ${last.y} ${middle} ${point.y} ${point.x} ${point.y}`;
    last = point;
    return bend;
  });
  return `M${first.x} ${first.y} ${bends.join(' ')}`;
}

/** The head of an arrow, which points to the right or to the left. */
function head(from: Point, { x, y }: Point): string {
  const back = x < from.x ? x + ARROW_PX : x - ARROW_PX;
  return `M${x} ${y} L${back} ${y - ARROW_PX / 2} L${back} ${y + ARROW_PX / 2} Z`;
}
