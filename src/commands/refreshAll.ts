import type { Store } from '../store/store';
import type { Handler } from './handler';
import { inView } from './progress';

/**
 * Reads everything again that the tree shows. The button of the view has a command of its own, for VS Code hands the
 * focused row over to it, as it does to the command of a row.
 */
export function refreshAll(store: Store): Handler {
  return () => inView((signal) => store.refresh(undefined, signal));
}
