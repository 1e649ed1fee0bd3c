import { traitsOfKind } from '../../shared/kinds';
import type { Resource } from '../services/contract/resource';

/** Where a resource with an ID is loaded: the same object as long as it is, with the resource as it is now. */
export interface Identified {
  readonly resource: Resource;
}

/**
 * Maps IDs, in both forms, to the loaded resources. Updated with every page, which then costs
 * slightly more, so that users never wait for an index of 100,000 IDs to be built.
 */
export class IdIndex {
  readonly #places = new Map<string, Set<Identified> | Identified>();

  /** @param shortId the shorter form of a resource's ID, if it has one. */
  constructor(private readonly shortId: (resource: Resource) => string | undefined) {}

  /** All resources with that ID, such as the same dataset below two connections. */
  find(id: string): readonly Identified[] {
    const places = this.#places.get(id);
    return places instanceof Set ? [...places] : places ? [places] : [];
  }

  /** One resource for each ID. */
  *all(): Iterable<Identified> {
    for (const [id, places] of this.#places) {
      const place = places instanceof Set ? first(places) : places;
      if (place?.resource.id === id) yield place;
    }
  }

  /** Adds a loaded resource. */
  add(place: Identified): void {
    const { resource } = place;
    if (!traitsOfKind(resource.kind).isIndexed) return;
    this.#take(resource.id, place);
    const short = this.shortId(resource);
    if (short !== undefined && short !== resource.id) this.#take(short, place);
  }

  /** Removes a resource. */
  drop(place: Identified): void {
    const { resource } = place;
    if (!traitsOfKind(resource.kind).isIndexed) return;
    for (const id of [resource.id, this.shortId(resource) ?? resource.id]) {
      const known = this.#places.get(id);
      if (known === place) this.#places.delete(id);
      else if (known instanceof Set) known.delete(place);
    }
  }

  #take(id: string, place: Identified): void {
    const known = this.#places.get(id);
    // Most IDs have one place: a set for each would cost more than the rest of the index.
    if (known === undefined) this.#places.set(id, place);
    else if (known instanceof Set) known.add(place);
    else this.#places.set(id, new Set([known, place]));
  }
}

function first<T>([item]: Iterable<T>): T | undefined {
  return item;
}
