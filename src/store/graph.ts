import { isDeepStrictEqual } from 'node:util';
import { memoryBytes } from '../http/budget';
import type { Pulse } from '../http/pulse';
import { parentPath, type ResourcePath } from '../services/path';
import type { Item, Page, Resource } from '../services/service';
import { Ids, type Identified } from './ids';
import type { ListMemory } from './listMemory';
import type { Plan } from './reader';
import { branchOf, itemsOf, pagesOf, rowsOf, unread, withAdded, type Branch } from './pages';

/** One reading of a list. Its promises never reject: a failure becomes the branch's problem. */
export interface Reading {
  /** Settles when there is something to show. */
  readonly first: Promise<void>;
  /** Settles when the reading is over. */
  readonly done: Promise<void>;
  readonly controller: AbortController;
  readonly plan: Plan;
  readonly pulse: Pulse;
  /** Callers that wait for it; when the last one gives up, the reading is cancelled. */
  waiters: number;
}

/** A resource, and what is known of the list below it. */
export interface Node {
  resource: Resource;
  branch?: Branch;
  reading?: Reading;
}

/** Levels below a list that come along in the same answers. */
export interface Deeper {
  /** How many. */
  readonly levels: number;
  /** Which of them are kept. `known`: those that were loaded before; `all`: every one. */
  readonly keep: 'known' | 'all';
}

/** All resources that are known, by path, within the memory that they may take. Knows how they hang together, but reads nothing itself. */
export class Graph {
  readonly #nodes = new Map<ResourcePath, Node>();
  readonly #ids: Ids;
  readonly #memory: ListMemory;

  /** @param shortId the shorter form of a resource's id, where it has one. */
  constructor(shortId: (resource: Resource) => string | undefined, memory: ListMemory) {
    this.#memory = memory;
    this.#ids = new Ids({
      get: (path) => this.#nodes.get(path)?.resource,
      shortId,
    });
  }

  get(path: ResourcePath): Node | undefined {
    return this.#nodes.get(path);
  }

  /** The node of a resource, made where there is none. */
  put(resource: Resource): Node {
    const known = this.#nodes.get(resource.path);
    if (known) return known;
    const node = { resource };
    this.#nodes.set(resource.path, node);
    this.#ids.add(resource);
    return node;
  }

  /** The known resources with that id, in either form; see `Ids` for the kinds that are looked up. */
  find(id: string): readonly Resource[] {
    return this.#ids.find(id).flatMap((path) => this.#nodes.get(path)?.resource ?? []);
  }

  /** One known resource of each id that `find` knows. */
  identified(): Iterable<Identified> {
    return this.#ids.all();
  }

  /** The rows below a node; undefined where nothing was read. */
  rows(node: Node): readonly Resource[] | undefined {
    if (!node.branch) return undefined;
    const current = (row: Resource): Resource => this.#nodes.get(row.path)?.resource ?? row;
    return rowsOf(node.resource.path, node.branch, node.reading !== undefined, current);
  }

  /** Every known resource at or below a path, parents before their children. */
  *below(path: ResourcePath): Iterable<Node> {
    const node = this.#nodes.get(path);
    if (!node) return;
    yield node;
    for (const { resource } of itemsOf(node.branch ?? unread)) yield* this.below(resource.path);
  }

  /** Has the lists below a path read again when somebody next looks at them. */
  markDirty(path: ResourcePath): void {
    for (const node of this.below(path)) {
      if (node.branch && node.resource.path !== path) node.branch = { ...node.branch, dirty: true };
    }
  }

  /**
   * Takes a page's resources in.
   * @param items of the page that tell of their resources. @returns the page without the levels that came along with it.
   */
  adopt(parent: Node, page: Page, deeper: Deeper | undefined, items = page.items): Page {
    if (page.parent) parent.resource = page.parent;
    for (const item of items) this.#adoptItem(item, deeper);
    return { ...page, items: page.items.map(({ resource }) => ({ resource })) };
  }

  /**
   * Puts a resource in the place of what is known of it, unless its list or its own was read since, or memory is short.
   * @param askedAt when it was asked for, in milliseconds since 1970.
   * @returns true where it is not as it was.
   */
  replace(resource: Resource, askedAt: number): boolean {
    const node = this.#nodes.get(resource.path);
    const parent = parentPath(resource.path);
    const lists = [node?.branch, parent && this.#nodes.get(parent)?.branch];
    if (!node || lists.some((list) => (list?.readAt ?? 0) > askedAt)) return false;
    const known = node.resource;
    const current = withKnownJson({ ...resource, hasChildren: known.hasChildren }, known);
    if (isDeepStrictEqual(current, known)) return false;
    if (!this.#memory.add(parent ?? resource.path, resourceMemory(current) - resourceMemory(known)))
      return false;
    node.resource = current;
    return true;
  }

  /**
   * Puts resources into a list that did not hold them when it was read, unless it was read since, or memory is short.
   * @param askedAt when they were asked for, in milliseconds since 1970. @returns true where the list took them.
   */
  insert(path: ResourcePath, resources: readonly Resource[], askedAt: number): boolean {
    const node = this.#nodes.get(path);
    if (!node?.branch || pagesOf(node.branch).length === 0) return false;
    if ((node.branch.readAt ?? 0) > askedAt) return false;
    const memory = resources.reduce((sum, resource) => sum + resourceMemory(resource), 0);
    if (!this.#memory.add(path, memory)) return false;
    const items = resources.map((resource) => ({ resource: this.put(resource).resource }));
    node.branch = withAdded(node.branch, items, memory);
    return true;
  }

  /** Forgets what `node` lists and a complete reading of the same list no longer found. */
  prune(node: Node, found: Branch): void {
    const kept = new Set(itemsOf(found).map(({ resource }) => resource.path));
    const listed = itemsOf(node.branch ?? unread).map(({ resource }) => resource.path);
    this.forget(listed.filter((path) => !kept.has(path)));
  }

  /** Forgets resources and all below them, and cancels what is being read there. */
  forget(paths: readonly ResourcePath[]): void {
    if (paths.length === 0) return;
    const gone = new Set(paths);
    const isGone = (path: ResourcePath | undefined): boolean =>
      path !== undefined && (gone.has(path) || isGone(parentPath(path)));
    for (const [known, node] of this.#nodes) {
      if (!isGone(known)) continue;
      node.reading?.controller.abort();
      this.#nodes.delete(known);
      this.#memory.set(known, 0);
      this.#ids.drop(node.resource);
    }
  }

  /** How many levels below a path are loaded, its own list not counted. */
  levelsBelow(path: ResourcePath): number {
    const depth = (at: ResourcePath): number => at.split('/').length;
    let deepest = depth(path);
    for (const { branch, resource } of this.below(path)) {
      if (branch) deepest = Math.max(deepest, depth(resource.path));
    }
    return deepest - depth(path);
  }

  #adoptItem({ resource, children }: Item, deeper: Deeper | undefined): void {
    const node = this.put(resource);
    node.resource = deeper ? withKnownJson(resource, node.resource) : resource;
    if (deeper === undefined || (deeper.keep === 'known' && !node.branch)) return;
    if (children) {
      node.branch = branchOf(this.adopt(node, children, deeper), Date.now());
      // It came with the list that it stands in, and is counted there.
      if (!node.reading) this.#memory.set(resource.path, 0);
    } else if (node.branch) node.branch = { ...node.branch, dirty: true };
  }
}

/** Bytes of memory that a resource takes by itself. */
function resourceMemory({ json = {} }: Resource): number {
  return memoryBytes(Buffer.from(JSON.stringify(json)));
}

/** A listing tells less of a resource than its own page does: what was read before stays beside it. */
function withKnownJson(listed: Resource, known: Resource): Resource {
  return listed.json && known.json ? { ...listed, json: { ...known.json, ...listed.json } } : listed;
}
