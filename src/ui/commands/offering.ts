import { Slices } from '../../core/base/turns';
import type { Action } from '../../core/services/contract/action';
import type { Resource } from '../../core/services/contract/resource';

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
