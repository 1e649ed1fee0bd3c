import type { Resource } from '../services/contract/resource';
import type { Store } from './store';

/**
 * The resources with an ID: the loaded ones, or else those that the services return, which are not added to the store.
 * @throws the signal's reason.
 */
export async function findById(
  store: Pick<Store, 'find' | 'locate'>,
  id: string,
  signal?: AbortSignal,
): Promise<readonly Resource[]> {
  const loaded = store.find(id);
  return loaded.length > 0 ? loaded : store.locate(id, signal);
}
