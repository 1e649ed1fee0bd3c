import type { ResourceKind } from '../services/service';

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
