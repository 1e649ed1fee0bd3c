import { memoryBytes } from '../http/budget';
import { jsonText, mergedJson } from '../http/jsonPart';
import type { Pulse } from '../http/pulse';
import { isWithin, parentPath, type ResourcePath } from '../services/contract/path';
import type { Page, PageItem } from '../services/contract/page';
import { type Resource, isSameResource } from '../services/contract/resource';
import { IdIndex, type Identified } from './idIndex';
import type { ListMemory } from './listMemory';
import type { Prefetch, LoadRequest, LoadOptions } from './loadOptions';
import {
  toChildList,
  OrderedItems,
  loadedPages,
  toRows,
  EMPTY_LIST,
  withInserted,
  type ChildList,
  type ListedItem,
  type ListedPage,
} from './childList';

/** A running load of a list. Its promises never reject: a failure becomes the problem of the list. */
export interface ListLoad {
  /** Resolves when there is something to show. */
  readonly first: Promise<void>;
  /** Resolves when the load is over. */
  readonly done: Promise<void>;
  readonly controller: AbortController;
  readonly plan: LoadRequest;
  readonly pulse: Pulse;
  /** A time of `performance.now()`. */
  readonly begunAt: number;
  /** How to reload the list when this load is over, because a caller needs newer data. */
  next?: LoadOptions;
  /** True if the list has to be reloaded the next time it is shown. */
  isOutdated?: boolean;
  /** Number of callers that wait for the load; it is canceled when the last one gives up. */
  waiters: number;
}

/** A resource, and its child list as far as it is loaded. */
export interface Node {
  resource: Resource;
  children?: ChildList | undefined;
  reading?: ListLoad;
}

/** A pending update of a resource. */
interface Change {
  readonly node: Node;
  readonly known: Resource;
  readonly current: Resource;
  /** The path of the list whose memory it counts toward. */
  readonly list: ResourcePath;
  /** Additional bytes of memory that it takes. */
  readonly bytes: number;
}

/** All loaded resources by path, within a memory limit. Does not load anything itself. */
export class Graph {
  readonly #nodes = new Map<ResourcePath, Node>();
  readonly #ids: IdIndex;
  readonly #items = new OrderedItems();

  /** @param shortId the shorter form of a resource's ID, if it has one. */
  constructor(
    shortId: (resource: Resource) => string | undefined,
    private readonly memory: ListMemory,
  ) {
    this.#ids = new IdIndex(shortId);
  }

  get(path: ResourcePath): Node | undefined {
    return this.#nodes.get(path);
  }

  /** Returns the node of a resource, creating it if needed. */
  getOrCreate(resource: Resource): Node {
    const known = this.#nodes.get(resource.path);
    if (known) return known;
    // With its list from the beginning: V8 keeps what is added later in an object of its own.
    const node = { resource, children: undefined };
    this.#nodes.set(resource.path, node);
    this.#ids.add(node);
    return node;
  }

  /** The loaded resources with that ID, in either form. See `IdIndex` for the kinds that are indexed. */
  find(id: string): readonly Resource[] {
    return this.#ids.find(id).map(({ resource }) => resource);
  }

  /** One loaded resource for each ID that `find` knows. */
  allWithId(): Iterable<Identified> {
    return this.#ids.all();
  }

  /** The rows below a node; undefined if nothing was loaded. */
  rows(node: Node): readonly Resource[] | undefined {
    if (!node.children) return undefined;
    const current = (row: Resource): Resource => this.#nodes.get(row.path)?.resource ?? row;
    return toRows(node.resource.path, node.children, {
      items: this.getItems(node.children),
      reading: node.reading !== undefined,
      current,
    });
  }

  /** Prepares what `arrange` needs, so that the first list does not wait for it. */
  prepareOrder(): void {
    this.#items.prepare();
  }

  /** All loaded items of a list, in the order of its rows. */
  getItems(branch: ChildList): readonly ListedItem[] {
    return this.#items.of(branch);
  }

  /** Sorts a list, so that `rows` need not. A generator for `inTurns`. */
  arrange(branch: ChildList): Generator<void, readonly ListedItem[]> {
    return this.#items.arrange(branch);
  }

  /** All loaded resources at or below a path: parents before their children, siblings in display order. */
  *below(path: ResourcePath): Iterable<Node> {
    const node = this.#nodes.get(path);
    if (!node) return;
    yield node;
    for (const { resource } of this.getItems(node.children ?? EMPTY_LIST)) yield* this.below(resource.path);
  }

  /** Marks the lists below a path to be reloaded the next time they are shown. A generator for `inTurns`. */
  *markDirty(path: ResourcePath): Generator<void, void> {
    for (const node of this.#listsBelow(path)) {
      if (node.children && node.resource.path !== path) node.children = { ...node.children, dirty: true };
      yield;
    }
  }

  /**
   * Merges the resources of a page into the graph. A generator for `inTurns`.
   * @param items the items of the page that update their resources. @returns the page without the levels included in
   * it.
   */
  *adopt(
    parent: Node,
    page: Page,
    deeper: Prefetch | undefined,
    items = page.items,
  ): Generator<void, ListedPage> {
    if (page.parent) parent.resource = page.parent;
    for (const item of items) {
      yield* this.#adoptItem(item, deeper);
      yield;
    }
    return {
      ...page,
      items: page.items.map(({ resource }) => this.#nodes.get(resource.path) ?? { resource }),
    };
  }

  /**
   * Replaces known resources, except those that have been loaded since, by themselves or with their list, and those
   * that exceed the memory limit. A generator for `inTurns`; all changes are applied together at its end.
   * @param askedAt when they were requested, in milliseconds since 1970.
   * @returns the resources that have changed.
   */
  *replace(resources: readonly Resource[], askedAt: number): Generator<void, readonly Resource[]> {
    const changes: Change[] = [];
    for (const resource of new Map(resources.map((each) => [each.path, each])).values()) {
      const change = this.#getChange(resource, askedAt);
      if (change) changes.push(change);
      yield;
    }
    return changes.filter((change) => this.#apply(change, askedAt)).map(({ current }) => current);
  }

  #getChange(resource: Resource, askedAt: number): Change | undefined {
    const node = this.#nodes.get(resource.path);
    if (!node || this.#wasReadSince(resource.path, askedAt)) return undefined;
    const known = node.resource;
    const current = withKnownJson({ ...resource, hasChildren: known.hasChildren }, known);
    if (isSameResource(current, known)) return undefined;
    // Often only the status changed: its JSON need not be decompressed.
    const bytes = current.json === known.json ? 0 : resourceMemory(current) - resourceMemory(known);
    return { node, known, current, list: parentPath(resource.path) ?? resource.path, bytes };
  }

  /** @returns false if newer data was loaded meanwhile, or the memory limit is reached. */
  #apply({ node, known, current, list, bytes }: Change, askedAt: number): boolean {
    const isKnown = node.resource === known && this.#nodes.get(known.path) === node;
    if (!isKnown || this.#wasReadSince(known.path, askedAt) || !this.memory.add(list, bytes)) return false;
    node.resource = current;
    return true;
  }

  /** True if the child list of a resource, or the list that contains it, was loaded after that time. */
  #wasReadSince(path: ResourcePath, moment: number): boolean {
    const parent = parentPath(path);
    const lists = [this.#nodes.get(path)?.children, parent && this.#nodes.get(parent)?.children];
    return lists.some((list) => (list?.readAt ?? 0) > moment);
  }

  /**
   * Inserts new resources into a loaded list, unless it was reloaded since or the memory limit is reached.
   * @param askedAt when they were requested, in milliseconds since 1970. @returns true if they were inserted.
   */
  insert(path: ResourcePath, resources: readonly Resource[], askedAt: number): boolean {
    const node = this.#nodes.get(path);
    if (!node?.children || loadedPages(node.children).length === 0) return false;
    if ((node.children.readAt ?? 0) > askedAt) return false;
    const memory = resources.reduce((sum, resource) => sum + resourceMemory(resource), 0);
    if (!this.memory.add(path, memory)) return false;
    const items = resources.map((resource) => this.getOrCreate(resource));
    node.children = withInserted(node.children, items, memory);
    return true;
  }

  /**
   * Removes the items of `node` that a complete reload no longer contains, with everything below them. A generator for
   * `inTurns`.
   */
  *prune(node: Node, found: ChildList): Generator<void, void> {
    const kept = new Set(pathsIn(found));
    const gone = new Set(pathsIn(node.children ?? EMPTY_LIST).filter((path) => !kept.has(path)));
    if (gone.size === 0) return;
    const depths = [...new Set([...gone].map(getDepth))];
    for (const path of this.#nodes.keys()) {
      if (depths.some((depth) => gone.has(ancestor(path, depth)))) this.#drop(path);
      yield;
    }
  }

  /** Removes a resource and everything below it, and cancels the loads there. */
  forget(path: ResourcePath): void {
    for (const known of this.#nodes.keys()) if (isWithin(known, path)) this.#drop(known);
  }

  /** How many levels below a path are loaded, its own list not counted. Work in slices, see `inTurns`. */
  *levelsBelow(path: ResourcePath): Generator<void, number> {
    let deepest = 0;
    for (const node of this.#listsBelow(path)) {
      if (node.children) deepest = Math.max(deepest, getDepth(node.resource.path) - getDepth(path));
      yield;
    }
    return deepest;
  }

  /** The resources at or below a path that have a list, in no order, and the last ones that have none. */
  *#listsBelow(start: ResourcePath): Iterable<Node> {
    const paths = [start];
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      const node = this.#nodes.get(path);
      if (!node) continue;
      yield node;
      if (node.children) for (const below of pathsIn(node.children)) paths.push(below);
    }
  }

  #drop(path: ResourcePath): void {
    const node = this.#nodes.get(path);
    if (!node) return;
    node.reading?.controller.abort();
    this.#nodes.delete(path);
    this.memory.set(path, 0);
    this.#ids.drop(node);
  }

  *#adoptItem({ resource, children }: PageItem, deeper: Prefetch | undefined): Generator<void, void> {
    const node = this.getOrCreate(resource);
    if (node.resource !== resource) {
      // The known path is a key: a second string with the same text would only take memory.
      const { path } = node.resource;
      node.resource = { ...(deeper ? withKnownJson(resource, node.resource) : resource), path };
    }
    if (deeper === undefined || (deeper.scope === 'known' && !node.children)) return;
    if (children && !(children.isPartial && node.children)) {
      const page = yield* this.adopt(node, children, deeper);
      const branch = toChildList(page, Date.now());
      this.#dropMissing(node, branch);
      node.children = branch;
      // It was included in the list that contains it, and counts toward that.
      if (!node.reading) this.memory.set(resource.path, 0);
    } else if (node.children) node.children = { ...node.children, dirty: true };
  }

  /** Removes items that are no longer in a list that was included in another one. */
  #dropMissing({ children }: Node, found: ChildList): void {
    if (!children) return;
    const kept = new Set(pathsIn(found));
    for (const path of pathsIn(children).filter((each) => !kept.has(each))) {
      for (const { resource } of this.#listsBelow(path)) this.#drop(resource.path);
    }
  }
}

/** The paths of a list, unordered; one that is on two pages occurs twice. */
function pathsIn(branch: ChildList): readonly ResourcePath[] {
  return loadedPages(branch).flatMap(({ items }) => items.map(({ resource }) => resource.path));
}

function getDepth(path: ResourcePath): number {
  return path.split('/').length;
}

/** The ancestor with that number of segments. */
function ancestor(path: ResourcePath, segments: number): ResourcePath {
  let end = -1;
  for (let segment = 0; segment < segments; segment++) {
    end = path.indexOf('/', end + 1);
    if (end < 0) return path;
  }
  return path.slice(0, end) as ResourcePath;
}

/** Bytes of memory of a resource without its children. */
function resourceMemory({ json = {} }: Resource): number {
  return memoryBytes(Buffer.from(jsonText(json)));
}

/** A list contains less of a resource than its own page does: keep what was loaded before. */
function withKnownJson(listed: Resource, known: Resource): Resource {
  return known.json ? { ...listed, json: mergedJson(known.json, listed.json) } : listed;
}
