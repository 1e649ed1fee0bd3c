import type { Store } from '../store/store';
import type { Handler } from './handler';
import { readStatus, type StatusRemedies } from './refreshStatus';

/** Reads the status of all backfills again. For the title of the view, which hands over the focused row. */
export function refreshAllStatus(store: Store, remedies: StatusRemedies): Handler {
  return () => readStatus(store, [], remedies);
}
