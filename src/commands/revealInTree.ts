import { pathsOf } from './targets';
import type { ConnectionsView } from '../tree/view';
import type { Handler } from './handler';

/** Shows a resource in the tree of connections, loading what leads to it. */
export function revealInTree(view: ConnectionsView): Handler {
  return async (path) => {
    const [wanted] = pathsOf(path, undefined);
    if (wanted) await view.reveal(wanted);
  };
}
