import type { Resource } from './resource';

/** Where a further page begins, as the service needs it. Opaque to everyone else. */
export type Cursor = string & { readonly __cursor: 'Cursor' };

/** What is asked of a list. */
export interface PageRequest {
  /** Absent for the first page. */
  readonly cursor?: Cursor;
  /** Wanted items per page; a service may give fewer. */
  readonly size: number;
  /** True when the user asked for new data: the service's own caches are passed by. */
  readonly bypassCache: boolean;
  /** How many levels below the items should come along, where the service can send them in the same answer. */
  readonly depth: number;
}

/** An item of a page, with the level below it where that came along in the same answer. */
export interface PageItem {
  readonly resource: Resource;
  readonly children?: Page;
}

/** A part of a list. */
export interface Page {
  readonly items: readonly PageItem[];
  /** What the same answer says of the parent itself, where it does. */
  readonly parent?: Resource;
  /** Other resources of the tree that the same answer tells of. */
  readonly updated?: readonly Resource[];
  /** Further pages that are known now; several where the service counts its pages, so that they can be read side by side. */
  readonly nextCursors: readonly Cursor[];
  /** The number of items in the whole list, where the service tells. */
  readonly total?: number;
  /**
   * `eager`: all pages are loaded without being asked for, and items are sorted by label, then ID. `onDemand`: the user
   * asks for further pages, and items keep the service's order.
   */
  readonly loading: 'eager' | 'onDemand';
  /**
   * True where a refusal left a part out, which one of the items explains: what was shown of the list before is worth
   * more than the page.
   */
  readonly isPartial?: boolean;
}

/** A list without items, of what has nothing below it. */
export const EMPTY_PAGE: Page = { items: [], nextCursors: [], loading: 'onDemand' };
