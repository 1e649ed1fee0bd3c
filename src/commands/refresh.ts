import type { Store } from '../store/store';
import type { Handler } from './handler';
import { inView } from './progress';
import type { Targets } from './targets';

/** Reads again what lies below the given resources, else below the selection, else everything. */
export function refresh(targets: Targets, store: Store): Handler {
  return async (path, paths) => {
    const named = targets.given(['account', 'connection', 'dataset', 'group'], path, paths);
    const chosen = named.length === 0 ? [undefined] : named.map((resource) => resource.path);
    await inView((signal) => Promise.all(chosen.map((each) => store.refresh(each, signal))));
  };
}
