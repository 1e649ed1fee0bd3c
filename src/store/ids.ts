import type { ResourcePath } from '../services/path';
import type { Resource, ResourceKind } from '../services/service';

/** What people write down by its id. Ids of the other kinds stand for a row alone: a run, an identity, a field. */
const identified: ReadonlySet<ResourceKind> = new Set<ResourceKind>([
  'connection',
  'dataset',
  'dataView',
  'pipeline',
  'task',
  'dataObject',
]);

/** A resource that has an id, and its shorter form where there is one. */
export interface Identified {
  readonly resource: Resource;
  readonly shortId: string | undefined;
}

/** Where the index finds the resources, and what else they are called. */
export interface IdSource {
  /** Every known resource. */
  resources(): Iterable<Resource>;
  /** The resource at a path. */
  get(path: ResourcePath): Resource | undefined;
  /** The shorter form of the resource's id, where it has one. */
  shortId(resource: Resource): string | undefined;
}

/**
 * The places of known resources by id, in both forms. Made when it is first asked, and kept from then on: whoever never
 * looks up an id pays nothing, and a change costs no more than what changed.
 */
export class Ids {
  readonly #source: IdSource;
  #places: Map<string, Set<ResourcePath> | ResourcePath> | undefined;

  constructor(source: IdSource) {
    this.#source = source;
  }

  /** The paths of all resources with that id, the same dataset below two connections among them. */
  find(id: string): readonly ResourcePath[] {
    this.#places ??= this.#make();
    return pathsOf(this.#places.get(id));
  }

  /** One resource of each id. */
  *all(): Iterable<Identified> {
    this.#places ??= this.#make();
    for (const [id, places] of this.#places) {
      const [path] = typeof places === 'string' ? [places] : places;
      const resource = path && this.#source.get(path);
      if (resource?.id === id) yield { resource, shortId: this.#source.shortId(resource) };
    }
  }

  /** Takes in a resource that became known. */
  add(resource: Resource): void {
    if (this.#places) this.#take(this.#places, resource);
  }

  /** Leaves out a resource that is gone. */
  drop(resource: Resource): void {
    if (!this.#places || !identified.has(resource.kind)) return;
    for (const id of this.#formsOf(resource)) {
      const known = this.#places.get(id);
      if (known === resource.path) this.#places.delete(id);
      else if (typeof known === 'object') known.delete(resource.path);
    }
  }

  #make(): Map<string, Set<ResourcePath> | ResourcePath> {
    const places = new Map<string, Set<ResourcePath> | ResourcePath>();
    for (const resource of this.#source.resources()) this.#take(places, resource);
    return places;
  }

  #take(places: Map<string, Set<ResourcePath> | ResourcePath>, resource: Resource): void {
    if (!identified.has(resource.kind)) return;
    for (const id of this.#formsOf(resource)) {
      const known = places.get(id);
      // Most ids have one place: a set for each would cost more than the rest of the index.
      if (known === undefined) places.set(id, resource.path);
      else if (typeof known !== 'string') known.add(resource.path);
      else if (known !== resource.path) places.set(id, new Set([known, resource.path]));
    }
  }

  #formsOf(resource: Resource): ReadonlySet<string> {
    return new Set([resource.id, this.#source.shortId(resource) ?? resource.id]);
  }
}

function pathsOf(places: ReadonlySet<ResourcePath> | ResourcePath | undefined): readonly ResourcePath[] {
  return typeof places === 'string' ? [places] : [...(places ?? [])];
}
