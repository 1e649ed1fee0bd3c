import type { Store } from '../store/store';
import type { Handler } from './handler';
import { inParents } from './parents';
import type { Targets } from './targets';

/** Tries again what failed: the problem rows that were clicked or selected. */
export function retry(targets: Targets, store: Store): Handler {
  return (path, paths) => inParents(targets.given(['problem'], path, paths), (parent) => store.retry(parent));
}
