import { parentPath, type ResourcePath } from '../contract/path';
import type { StructureEdge, StructureNode } from '../contract/detailViews';
import type { Resource } from '../contract/resource';

/** The loaded resources below a path; empty where the list is not loaded. */
export type ListOf = (path: ResourcePath) => readonly Resource[];

/** A resource that is loaded, looked up in the list that holds it. */
function loadedAt(path: ResourcePath, listOf: ListOf): Resource | undefined {
  const parent = parentPath(path);
  return parent && listOf(parent).find((resource) => resource.path === path);
}

/** The loaded resource that another one lies below. */
export function loadedParent({ path }: Pick<Resource, 'path'>, listOf: ListOf): Resource | undefined {
  const parent = parentPath(path);
  return parent && loadedAt(parent, listOf);
}

/** The part of a structure that stands for a resource: its path is its id. */
export function toNode(resource: Resource, role?: string): StructureNode {
  const { path, kind, label, status } = resource;
  return { id: path, path, kind, label, ...(role !== undefined && { role }), ...(status && { status }) };
}

/** An edge, with the words that stand at it where there are any. */
export function edge(from: string, to: string, label?: string): StructureEdge {
  return { from, to, ...(label !== undefined && label !== '' && { label }) };
}

/** One part of each id: the first stays. */
export function distinct(nodes: readonly StructureNode[]): readonly StructureNode[] {
  return [...new Map(nodes.toReversed().map((node) => [node.id, node])).values()].toReversed();
}

/**
 * The items of a list that stand at the top of its hierarchy: those without a parent in the list, and those that lie below
 * themselves, be it by way of others. No item is lost: whatever is not at the top lies below one that is.
 * @param parents the id of each item, with the id of its parent; undefined for none.
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

/** The way up from an item that leads back to it. */
function circle(start: string, parents: ReadonlyMap<string, string | undefined>): ReadonlySet<string> {
  const ids = new Set<string>();
  for (let at: string | undefined = start; at !== undefined && !ids.has(at); at = parents.get(at))
    ids.add(at);
  return ids;
}
