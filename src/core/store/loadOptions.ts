import type { Priority } from '../http/types';
import type { ChildList } from './childList';

/** How a list is to be read. */
export interface LoadOptions {
  /** Ends the caller's waiting, and the reading too where nobody else waits for it. */
  readonly signal?: AbortSignal | undefined;
  /** True: read again what is known, passing by caches. What is shown stays until the answer is complete. */
  readonly refresh?: boolean;
  /** True: every page, not the first alone. */
  readonly all?: boolean;
  /** True where a person asks for it: a reading of which nothing was heard for some time is begun anew. */
  readonly asked?: boolean;
  /**
   * A moment of `performance.now()`, such as when Refresh was pressed: what was asked for before will not do, for it may
   * tell how things stood before. Absent: any reading under way will do that is as good otherwise.
   */
  readonly notBefore?: number | undefined;
  /** Levels to ask for in the same answers. */
  readonly prefetch?: Prefetch;
  /** Default: `interactive`. */
  readonly priority?: Priority;
}

/** A reading to make: from which branch it goes on, and how many items it wants at least. */
export interface LoadRequest extends LoadOptions {
  readonly from: ChildList;
  readonly wanted: number;
  /** True where the user asked for more than a list takes by itself. */
  readonly more?: boolean;
}

/** Levels below a list that come along in the same answers. */
export interface Prefetch {
  /** How many. */
  readonly depth: number;
  /** Which of them are kept. `known`: those that were loaded before; `all`: every one. */
  readonly scope: 'known' | 'all';
}
