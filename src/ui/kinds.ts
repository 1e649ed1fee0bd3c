import type { ResourceKind } from '../core/services/contract/resource';
import { pathSegments, type ResourcePath } from '../core/services/contract/path';

/** The kinds that have an id of the service. */
export const identified: readonly ResourceKind[] = [
  'connection',
  'dataset',
  'backfill',
  'dataView',
  'entity',
  'field',
  'pipeline',
  'run',
  'identity',
  'dataObject',
  'task',
];

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

/** The kinds that something may be done to. */
export const actable: readonly ResourceKind[] = ['account', 'group', ...identified];

/** The kinds that have a page in the service's own UI. */
export const linked: readonly ResourceKind[] = [
  'account',
  'connection',
  'dataset',
  'dataView',
  'pipeline',
  'run',
  'identity',
  'group',
];

/** The kinds below which, or of which, there is a status of backfills. */
export const statusBearing: readonly ResourceKind[] = ['account', 'connection', 'dataset', 'backfill'];

/** The kinds that have a list below them. */
export const listing: readonly ResourceKind[] = [
  'account',
  'connection',
  'dataset',
  'entity',
  'pipeline',
  'dataObject',
  'task',
  'group',
];
