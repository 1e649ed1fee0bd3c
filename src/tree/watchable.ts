import type { ResourceKind } from '../services/service';

/** The kinds that are work that takes time, or have such work below them. */
export const watchable: readonly ResourceKind[] = [
  'connection',
  'dataset',
  'backfill',
  'pipeline',
  'run',
  'task',
];
