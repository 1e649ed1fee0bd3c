import type { StatusModel } from '../../panel/models';

/** The states of a status, those first that want attention most. */
export const urgency: readonly StatusModel['state'][] = [
  ...(['failed', 'warning', 'running', 'queued'] as const),
  ...(['unknown', 'inactive', 'ok'] as const),
];
