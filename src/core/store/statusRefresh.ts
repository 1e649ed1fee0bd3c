import type { ResourcePath } from '../services/contract/path';
import type { Problem } from '../services/contract/resource';

/** A list whose status could not be read, and why. */
export interface StatusFailure {
  readonly path: ResourcePath;
  readonly problem: Problem;
}

/** What came of a refresh of the status of backfills. */
export interface StatusRefresh {
  readonly failures: readonly StatusFailure[];
  /** Where the status of backfills was asked for. */
  readonly asked: readonly ResourcePath[];
  /** Where there are no backfills, so that the lists were read again instead. */
  readonly without: readonly ResourcePath[];
}

/** What came of several, as if they were one. */
export function mergeRefreshes(all: readonly StatusRefresh[]): StatusRefresh {
  return {
    failures: all.flatMap(({ failures }) => failures),
    asked: all.flatMap(({ asked }) => asked),
    without: all.flatMap(({ without }) => without),
  };
}
