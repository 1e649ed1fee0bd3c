import { isDeepStrictEqual } from 'node:util';
import type { ResourcePath } from '../../core/services/contract/path';
import { type Resource, isSameResource } from '../../core/services/contract/resource';
import type { TreeRow } from '../../ui/tree/render';

/** A rendered row. */
interface Drawn {
  /** The resource it was rendered from. */
  readonly resource: Resource;
  /** Undefined while it is being rendered. */
  readonly row: TreeRow | undefined;
  /** The text of its tooltip; undefined until it is requested. */
  readonly tooltip?: string;
}

/**
 * What the tree view was given: the rows below each path, and what each of them shows. Finds out what has changed, so
 * that nothing else is refreshed: for every refreshed row, VS Code drops the tooltip and the selection below it, and
 * takes the focus from the Find box.
 */
export class DrawnRows {
  /** The paths of the rows below a path; `undefined` for the root. */
  readonly #lists = new Map<ResourcePath | undefined, readonly ResourcePath[]>();
  readonly #rows = new Map<ResourcePath, Resource>();
  readonly #drawn = new Map<ResourcePath, Drawn>();
  /** Where each row is: it may come to another place before it leaves the one it was at. */
  readonly #parents = new Map<ResourcePath, ResourcePath | undefined>();

  /**
   * Records the rows that the view is given below a path.
   * @returns the rows that were at or below that path before and are gone.
   */
  setRows(parent: ResourcePath | undefined, rows: readonly Resource[]): readonly ResourcePath[] {
    const paths = rows.map(({ path }) => path);
    const kept = new Set(paths);
    const gone = (this.#lists.get(parent) ?? []).filter((path) => !kept.has(path));
    this.#lists.set(parent, paths);
    for (const row of rows) {
      this.#rows.set(row.path, row);
      this.#parents.set(row.path, parent);
    }
    return gone.flatMap((path) => this.#forget(path, parent));
  }

  /** The paths of the rows given to the view below a path; undefined if the view never asked for them. */
  list(parent: ResourcePath | undefined): readonly ResourcePath[] | undefined {
    return this.#lists.get(parent);
  }

  /** True if a row was drawn. */
  has(path: ResourcePath): boolean {
    return this.#drawn.has(path);
  }

  /** A row as it was given to the view. */
  get(path: ResourcePath): Resource | undefined {
    return this.#rows.get(path);
  }

  /**
   * Records that a row is being drawn.
   * @param row how it is shown, if already known.
   */
  draw(path: ResourcePath, resource: Resource, row?: TreeRow): void {
    if (row && this.#drawn.get(path)?.resource !== resource) return;
    this.#drawn.set(path, { resource, row });
  }

  /** Records the tooltip of a row. */
  describe(path: ResourcePath, tooltip: string): void {
    const drawn = this.#drawn.get(path);
    if (drawn) this.#drawn.set(path, { ...drawn, tooltip });
  }

  /** The tooltip of a row; undefined if it has none. */
  getTooltip(path: ResourcePath): string | undefined {
    return this.#drawn.get(path)?.tooltip;
  }

  /**
   * Records the current rows of a path.
   * @returns true if they are the same rows in the same order. Each may look different.
   */
  update(parent: ResourcePath | undefined, rows: readonly Resource[]): boolean {
    const known = this.#lists.get(parent);
    if (known?.length !== rows.length || rows.some(({ path }, at) => path !== known[at])) return false;
    for (const row of rows) this.#rows.set(row.path, row);
    return true;
  }

  /** True if a row would look different now, whatever else changed in its resource. */
  isOutdated(path: ResourcePath, resource: Resource, row: TreeRow): boolean {
    const drawn = this.#drawn.get(path);
    if (!drawn) return false;
    if (drawn.row) return !isDeepStrictEqual(drawn.row, row);
    return !isSameResource(drawn.resource, resource);
  }

  /** @returns the path and all rows below it; nothing of a row that is elsewhere now. */
  #forget(path: ResourcePath, parent: ResourcePath | undefined): readonly ResourcePath[] {
    if (this.#parents.get(path) !== parent) return [];
    const below = (this.#lists.get(path) ?? []).flatMap((child) => this.#forget(child, path));
    this.#parents.delete(path);
    this.#lists.delete(path);
    this.#rows.delete(path);
    this.#drawn.delete(path);
    return [path, ...below];
  }
}
