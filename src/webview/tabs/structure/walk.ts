import type { Layout, PlacedNode } from './layout';

/** The id of the node that a key leads to: along an edge to the right and left, within a column up and down. */
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
