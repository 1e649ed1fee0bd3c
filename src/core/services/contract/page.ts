import type { Resource } from './resource';

/** Where a page starts, in a format of the service. Opaque to all other code. */
export type Cursor = string & { readonly __cursor: 'Cursor' };

export interface PageRequest {
  /** Absent for the first page. */
  readonly cursor?: Cursor | undefined;
  /** Requested number of items; a service may return fewer. */
  readonly size: number;
  /** True if the user asked for fresh data: bypasses the service's caches. */
  readonly bypassCache: boolean;
  /** Number of levels below the items to include, if the service can return them in the same response. */
  readonly depth: number;
  /**
   * Called with the cursor of the page that follows once it is known, which may be before the page is decoded: it can be
   * requested meanwhile. Services whose pages can be requested in parallel do not call it.
   */
  readonly onNext?: (next: Cursor) => void;
}

/** An item of a page, with its children if they were included in the same response. */
export interface PageItem {
  readonly resource: Resource;
  readonly children?: Page;
}

/** A page of a list. */
export interface Page {
  readonly items: readonly PageItem[];
  /** The parent itself, if the same response describes it. */
  readonly parent?: Resource;
  /** Other resources that the same response describes. */
  readonly updated?: readonly Resource[];
  /**
   * Cursors of further known pages; several if the service numbers its pages, so that they can be loaded in parallel.
   */
  readonly nextCursors: readonly Cursor[];
  /** Total number of items of the list, if the service reports it. */
  readonly total?: number;
  /**
   * `eager`: all pages are loaded automatically, and items are sorted by label, then ID. `onDemand`: the user
   * asks for further pages, and items keep the service's order.
   */
  readonly loading: 'eager' | 'onDemand';
  /**
   * True if part of the page is missing because of a refusal, which is one of the items: previously loaded rows are
   * more useful than this page.
   */
  readonly isPartial?: boolean;
}

export const EMPTY_PAGE: Page = { items: [], nextCursors: [], loading: 'onDemand' };
