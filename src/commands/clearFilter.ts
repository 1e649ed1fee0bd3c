import type { TreeFilter } from '../tree/filter';
import type { Handler } from './handler';

/** Shows every connection again. */
export function clearFilter(treeFilter: TreeFilter): Handler {
  return () => {
    treeFilter.set('');
  };
}
