import type { Priority } from '../http/types';
import type { ChildList } from './childList';

/** How to load a list. */
export interface LoadOptions {
  /** Stops the caller's waiting, and cancels the load if no other caller waits for it. */
  readonly signal?: AbortSignal | undefined;
  /** True: reload, bypassing caches. Loaded rows stay visible until the new list is complete. */
  readonly refresh?: boolean;
  /** True: load all pages, not only the first. */
  readonly all?: boolean;
  /** True if the user asks for it: a load that has been silent for some time is restarted. */
  readonly asked?: boolean;
  /**
   * A time of `performance.now()`, such as when Refresh was pressed: requests sent earlier do not count, because their
   * responses may be outdated. Absent: any suitable running load is joined.
   */
  readonly notBefore?: number | undefined;
  /** Levels to request in the same responses. */
  readonly prefetch?: Prefetch;
  /** Default: `interactive`. */
  readonly priority?: Priority;
}

/** A load to start: the list that it continues, and the minimum number of items to load. */
export interface LoadRequest extends LoadOptions {
  readonly from: ChildList;
  readonly wanted: number;
  /** True if the user asked for more than the list loads automatically. */
  readonly more?: boolean;
}

/** Eager loading of the levels below a list, in the same responses. */
export interface Prefetch {
  /** Number of levels. */
  readonly depth: number;
  /** Which lists to keep. `known`: those that were loaded before; `all`: every one. */
  readonly scope: 'known' | 'all';
}
