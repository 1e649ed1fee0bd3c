import { isDeepStrictEqual } from 'node:util';
import type { ResourcePath } from '../services/path';
import type { Resource } from '../services/service';

/** What a row was rendered from: the row is a pure function of these. */
interface Drawn {
  readonly resource: Resource;
  /** What else it was rendered from; undefined until that is known. */
  readonly marks: string | undefined;
}

/**
 * What the tree view was handed: the rows below each path, and what each row was rendered from. Tells what differs by
 * now, so that nothing else is drawn again: VS Code drops the tooltip and the command of every row that it is told of.
 */
export class DrawnRows {
  /** The paths of the rows below a path; below `undefined` those at the root. */
  readonly #lists = new Map<ResourcePath | undefined, readonly ResourcePath[]>();
  readonly #rows = new Map<ResourcePath, Resource>();
  readonly #drawn = new Map<ResourcePath, Drawn>();

  /**
   * Takes the rows that the view is handed below a path.
   * @returns the rows that stood there before, or below one of those, and do not any more.
   */
  handOut(parent: ResourcePath | undefined, rows: readonly Resource[]): readonly ResourcePath[] {
    const paths = rows.map(({ path }) => path);
    const kept = new Set(paths);
    const gone = (this.#lists.get(parent) ?? []).filter((path) => !kept.has(path));
    this.#lists.set(parent, paths);
    for (const row of rows) this.#rows.set(row.path, row);
    return gone.flatMap((path) => this.#forget(path));
  }

  /** The paths of the rows that were handed out below a path; undefined if the view never asked for them. */
  list(parent: ResourcePath | undefined): readonly ResourcePath[] | undefined {
    return this.#lists.get(parent);
  }

  /** True for a row that was drawn. */
  has(path: ResourcePath): boolean {
    return this.#drawn.has(path);
  }

  /** A row as it was handed out. */
  get(path: ResourcePath): Resource | undefined {
    return this.#rows.get(path);
  }

  /**
   * Notes that a row is being drawn.
   * @param marks what else it is rendered from, such as what can be done with the resource: may become known later.
   */
  draw(path: ResourcePath, resource: Resource, marks?: readonly string[]): void {
    if (marks && this.#drawn.get(path)?.resource !== resource) return;
    this.#drawn.set(path, { resource, marks: marks?.join('.') });
  }

  /**
   * Takes the rows of a path as they are by now.
   * @returns true if they are the same rows in the same order, each of which may look different.
   */
  update(parent: ResourcePath | undefined, rows: readonly Resource[]): boolean {
    const known = this.#lists.get(parent);
    if (known?.length !== rows.length || rows.some(({ path }, at) => path !== known[at])) return false;
    for (const row of rows) this.#rows.set(row.path, row);
    return true;
  }

  /** True if a row that was drawn would be drawn differently from these. */
  isOutdated(path: ResourcePath, resource: Resource, marks: readonly string[]): boolean {
    const drawn = this.#drawn.get(path);
    if (!drawn) return false;
    if (drawn.marks !== undefined && drawn.marks !== marks.join('.')) return true;
    return drawn.resource !== resource && !isDeepStrictEqual(drawn.resource, resource);
  }

  /** @returns the path and all that were handed out below it. */
  #forget(path: ResourcePath): readonly ResourcePath[] {
    const below = (this.#lists.get(path) ?? []).flatMap((child) => this.#forget(child));
    this.#lists.delete(path);
    this.#rows.delete(path);
    this.#drawn.delete(path);
    return [path, ...below];
  }
}
