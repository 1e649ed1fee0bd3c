import type { StatusState } from '../services/service';

/** The codicons of the states. Each has a shape of its own, so that none is told by its colour alone. */
export const stateIcons: Readonly<Record<StatusState, string>> = {
  ok: 'pass',
  running: 'sync',
  queued: 'clock',
  warning: 'warning',
  failed: 'error',
  inactive: 'circle-slash',
  unknown: 'question',
};
