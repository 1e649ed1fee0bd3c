import type { RunsView } from '../watch/runsView';
import type { Handler } from './handler';

/** Asks all accounts for their runs again. */
export function refreshRuns(runs: RunsView): Handler {
  return () => runs.refresh();
}
