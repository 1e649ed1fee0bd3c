import { isDeepStrictEqual } from 'node:util';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { TreeRow } from '../../ui/tree/render';

/** What a row was drawn as. */
interface Drawn {
  /** What it was rendered from. */
  readonly resource: Resource;
  /** Undefined while it is being rendered. */
  readonly row: TreeRow | undefined;
  /** The text of its tooltip; undefined while nobody has asked for it. */
  readonly tooltip?: string;
}

/**
 * What the tree view was handed: the rows below each path, and what each of them shows. Tells what differs by now, so that
 * nothing else is drawn again: with every row that it is told of, VS Code drops the tooltip and what is selected below,
 * and takes the focus from the box of Find.
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
   * @param row how it is shown: may become known later.
   */
  draw(path: ResourcePath, resource: Resource, row?: TreeRow): void {
    if (row && this.#drawn.get(path)?.resource !== resource) return;
    this.#drawn.set(path, { resource, row });
  }

  /** Notes the tooltip that a row was given. */
  describe(path: ResourcePath, tooltip: string): void {
    const drawn = this.#drawn.get(path);
    if (drawn) this.#drawn.set(path, { ...drawn, tooltip });
  }

  /** The tooltip that a row was given; undefined for none. */
  tooltipOf(path: ResourcePath): string | undefined {
    return this.#drawn.get(path)?.tooltip;
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

  /** True if a row that was drawn would look different now, whatever else its resource tells by now. */
  isOutdated(path: ResourcePath, resource: Resource, row: TreeRow): boolean {
    const drawn = this.#drawn.get(path);
    if (!drawn) return false;
    if (drawn.row) return !isDeepStrictEqual(drawn.row, row);
    return !isDeepStrictEqual(drawn.resource, resource);
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
