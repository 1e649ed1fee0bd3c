import { traitsOfKind } from '../../shared/kinds';
import type { ResourcePath } from '../services/contract/path';
import type { Resource } from '../services/contract/resource';

/** A resource that has an id, and its shorter form where there is one. */
export interface Identified {
  readonly resource: Resource;
  readonly shortId: string | undefined;
}

/** Where the index finds the resources, and what else they are called. */
export interface IdSource {
  /** The resource at a path. */
  get(path: ResourcePath): Resource | undefined;
  /** The shorter form of the resource's id, where it has one. */
  shortId(resource: Resource): string | undefined;
}

/**
 * The places of known resources by id, in both forms. Kept from the first resource on: a page costs a little more then,
 * and nobody waits for an index of 100,000 to be made.
 */
export class IdIndex {
  readonly #places = new Map<string, Set<ResourcePath> | ResourcePath>();

  constructor(private readonly source: IdSource) {}

  /** The paths of all resources with that id, the same dataset below two connections among them. */
  find(id: string): readonly ResourcePath[] {
    return toPaths(this.#places.get(id));
  }

  /** One resource of each id. */
  *all(): Iterable<Identified> {
    for (const [id, places] of this.#places) {
      const [path] = typeof places === 'string' ? [places] : places;
      const resource = path && this.source.get(path);
      if (resource?.id === id) yield { resource, shortId: this.source.shortId(resource) };
    }
  }

  /** Takes in a resource that became known. */
  add(resource: Resource): void {
    if (!traitsOfKind(resource.kind).isIndexed) return;
    this.#take(resource.id, resource.path);
    const short = this.source.shortId(resource);
    if (short !== undefined && short !== resource.id) this.#take(short, resource.path);
  }

  /** Leaves out a resource that is gone. */
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
    // Most ids have one place: a set for each would cost more than the rest of the index.
    if (known === undefined) this.#places.set(id, path);
    else if (typeof known !== 'string') known.add(path);
    else if (known !== path) this.#places.set(id, new Set([known, path]));
  }
}

function toPaths(places: ReadonlySet<ResourcePath> | ResourcePath | undefined): readonly ResourcePath[] {
  return typeof places === 'string' ? [places] : [...(places ?? [])];
}
