import type { ResourcePath } from '../services/contract/path';
import type { Problem } from '../services/contract/resource';

/** A list whose status could not be loaded, and why. */
export interface StatusFailure {
  readonly path: ResourcePath;
  readonly problem: Problem;
}

/** The result of refreshing the status of backfills. */
export interface StatusRefresh {
  readonly failures: readonly StatusFailure[];
  /** Lists whose backfill status was requested. */
  readonly asked: readonly ResourcePath[];
  /** Lists without backfills, which were reloaded instead. */
  readonly without: readonly ResourcePath[];
}

/** Merges several results into one. */
export function mergeRefreshes(all: readonly StatusRefresh[]): StatusRefresh {
  return {
    failures: all.flatMap(({ failures }) => failures),
    asked: all.flatMap(({ asked }) => asked),
    without: all.flatMap(({ without }) => without),
  };
}
