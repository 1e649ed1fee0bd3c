import { traitsOfKind } from '../../shared/kinds';
import type { ResourcePath } from '../services/contract/path';
import type { Resource } from '../services/contract/resource';

/** A resource with an ID, and its short form, if any. */
export interface Identified {
  readonly resource: Resource;
  readonly shortId: string | undefined;
}

/** Provides the resources of the index. */
export interface IdSource {
  get(path: ResourcePath): Resource | undefined;
  /** The shorter form of the resource's ID, if it has one. */
  shortId(resource: Resource): string | undefined;
}

/**
 * Maps IDs, in both forms, to the paths of loaded resources. Updated with every page, which then costs
 * slightly more, so that users never wait for an index of 100,000 IDs to be built.
 */
export class IdIndex {
  readonly #places = new Map<string, Set<ResourcePath> | ResourcePath>();

  constructor(private readonly source: IdSource) {}

  /** The paths of all resources with that ID, such as the same dataset below two connections. */
  find(id: string): readonly ResourcePath[] {
    return toPaths(this.#places.get(id));
  }

  /** One resource for each ID. */
  *all(): Iterable<Identified> {
    for (const [id, places] of this.#places) {
      const [path] = typeof places === 'string' ? [places] : places;
      const resource = path && this.source.get(path);
      if (resource?.id === id) yield { resource, shortId: this.source.shortId(resource) };
    }
  }

  /** Adds a loaded resource. */
  add(resource: Resource): void {
    if (!traitsOfKind(resource.kind).isIndexed) return;
    this.#take(resource.id, resource.path);
    const short = this.source.shortId(resource);
    if (short !== undefined && short !== resource.id) this.#take(short, resource.path);
  }

  /** Removes a resource. */
  drop(resource: Resource): void {
    if (!traitsOfKind(resource.kind).isIndexed) return;
    for (const id of [resource.id, this.source.shortId(resource) ?? resource.id]) {
      const known = this.#places.get(id);
      if (known === resource.path) this.#places.delete(id);
      else if (typeof known === 'object') known.delete(resource.path);
    }
  }

  #take(id: string, path: ResourcePath): void {
    const known = this.#places.get(id);
    // Most IDs have one path: a set for each would cost more than the rest of the index.
    if (known === undefined) this.#places.set(id, path);
    else if (typeof known !== 'string') known.add(path);
    // Comparing the paths would make V8 copy each into one piece.
    else this.#places.set(id, new Set([known, path]));
  }
}

function toPaths(places: ReadonlySet<ResourcePath> | ResourcePath | undefined): readonly ResourcePath[] {
  return typeof places === 'string' ? [places] : [...(places ?? [])];
}
