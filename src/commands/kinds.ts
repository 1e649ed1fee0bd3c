import type { ResourceKind } from '../services/service';
import { identified } from '../tree/identified';

export { identified };

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
