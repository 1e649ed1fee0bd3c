import type { Resource } from '../../core/services/contract/resource';
import type { ResourceKind } from '../../shared/kinds';

/**
 * Calls `make` for each resource of some kinds. Yields after each (see `inSlices`), because an account may have 100,000.
 */
export function* loadedItems<Item>(
  resources: Iterable<Resource>,
  kinds: readonly ResourceKind[],
  make: (resource: Resource) => Item,
): Generator<void, readonly Item[]> {
  const items: Item[] = [];
  for (const resource of resources) {
    if (kinds.includes(resource.kind)) items.push(make(resource));
    yield;
  }
  return items;
}
