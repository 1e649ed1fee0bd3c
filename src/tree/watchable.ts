import { pathSegments, type ResourcePath } from '../services/path';
import type { ResourceKind } from '../services/service';

/** The kinds that are one run, and never work again once they are over. */
const RUN_KINDS: readonly ResourceKind[] = ['backfill', 'run'];

/** The kinds that are work that takes time, or have such work below them. */
export const watchable: readonly ResourceKind[] = [
  'connection',
  'dataset',
  'backfill',
  'pipeline',
  'run',
  'task',
];

/** True for the path of a single run. */
export function isRunKind(path: ResourcePath): boolean {
  const kind = pathSegments(path).at(-1)?.kind;
  return RUN_KINDS.some((known) => known === kind);
}
