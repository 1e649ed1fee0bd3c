import type { ResourceKind } from '../core/services/contract/resource';
import { pathSegments, type ResourcePath } from '../core/services/contract/path';

/** The kinds that have an id of the service. */
export const KINDS_WITH_ID: readonly ResourceKind[] = [
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
export const WATCHABLE_KINDS: readonly ResourceKind[] = [
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
export const KINDS_WITH_ACTIONS: readonly ResourceKind[] = ['account', 'group', ...KINDS_WITH_ID];

/** The kinds that have a page in the service's own UI. */
export const KINDS_WITH_LINK: readonly ResourceKind[] = [
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
export const KINDS_WITH_STATUS: readonly ResourceKind[] = ['account', 'connection', 'dataset', 'backfill'];

/** The kinds that have a list below them. */
export const KINDS_WITH_CHILDREN: readonly ResourceKind[] = [
  'account',
  'connection',
  'dataset',
  'entity',
  'pipeline',
  'dataObject',
  'task',
  'group',
];
