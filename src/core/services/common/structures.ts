import { parentPath, type ResourcePath } from '../contract/path';
import type { StructureEdge, StructureNode } from '../contract/detailViews';
import type { Resource } from '../contract/resource';

/** Returns the loaded resources below a path; empty if the list is not loaded. */
export type GetList = (path: ResourcePath) => readonly Resource[];

/** A loaded resource, looked up in its list. */
function loadedAt(path: ResourcePath, getList: GetList): Resource | undefined {
  const parent = parentPath(path);
  return parent && getList(parent).find((resource) => resource.path === path);
}

/** The parent of a resource, if it is loaded. */
export function loadedParent({ path }: Pick<Resource, 'path'>, getList: GetList): Resource | undefined {
  const parent = parentPath(path);
  return parent && loadedAt(parent, getList);
}

/** The node of a resource. Its ID is the path. */
export function toNode(resource: Resource, role?: string): StructureNode {
  const { path, kind, label, status } = resource;
  return { id: path, path, kind, label, ...(role !== undefined && { role }), ...(status && { status }) };
}

export function edge(from: string, to: string, label?: string): StructureEdge {
  return { from, to, ...(label !== undefined && label !== '' && { label }) };
}

/** Removes nodes with duplicate IDs; the first is kept. */
export function distinct(nodes: readonly StructureNode[]): readonly StructureNode[] {
  return [...new Map(nodes.toReversed().map((node) => [node.id, node])).values()].toReversed();
}

/**
 * The roots of a hierarchy: items without a parent in the list, and items in a cycle of parents. No item is lost: all
 * others are below a root.
 * @param parents maps the ID of each item to that of its parent; undefined for none.
 */
export function topmost(parents: ReadonlyMap<string, string | undefined>): ReadonlySet<string> {
  const top = new Set<string>();
  const visited = new Set<string>();
  for (const start of parents.keys()) {
    const trail = new Set<string>();
    let at: string | undefined = start;
    while (at !== undefined && parents.has(at) && !visited.has(at)) {
      visited.add(at);
      trail.add(at);
      const parent: string | undefined = parents.get(at);
      if (parent === undefined || !parents.has(parent)) top.add(at);
      at = parent;
    }
    if (at !== undefined && trail.has(at)) for (const id of circle(at, parents)) top.add(id);
  }
  return top;
}

/** The parents from an item back to itself, if they form a cycle. */
function circle(start: string, parents: ReadonlyMap<string, string | undefined>): ReadonlySet<string> {
  const ids = new Set<string>();
  for (let at: string | undefined = start; at !== undefined && !ids.has(at); at = parents.get(at))
    ids.add(at);
  return ids;
}
