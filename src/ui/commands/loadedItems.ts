import { Slices } from '../../core/base/turns';
import type { Action } from '../../core/services/contract/action';
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

/** A resource with the actions that it offers. */
export interface Offering {
  readonly resource: Resource;
  /** At least one. */
  readonly offers: readonly Action[];
}

/**
 * The resources that offer actions, in their order. Yields regularly, because an account may have 100,000 resources.
 * @param offered returns the wanted actions of a resource.
 * @throws what `offered` throws.
 */
export async function offering(
  resources: Iterable<Resource>,
  offered: (resource: Resource) => Promise<readonly Action[]>,
  slices = new Slices(),
): Promise<readonly Offering[]> {
  const found: Offering[] = [];
  for (const resource of resources) {
    const offers = await offered(resource);
    if (offers.length > 0) found.push({ resource, offers });
    await slices.next();
  }
  return found;
}
