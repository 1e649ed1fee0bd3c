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
