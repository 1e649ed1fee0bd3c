import { parentPath, type ResourcePath } from './path';
import type { StructureEdge, StructureNode } from './portrait';
import type { Resource } from './service';

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
export function nodeOf(resource: Resource, role?: string): StructureNode {
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
