import { Slices } from '../../core/base/turns';
import type { Action } from '../../core/services/contract/action';
import type { Resource } from '../../core/services/contract/resource';

/** A resource with what may be done to it. */
export interface Offering {
  readonly resource: Resource;
  /** At least one. */
  readonly offers: readonly Action[];
}

/**
 * The resources that offer something, in their order. It is looked for in slices: an account may hold 100,000.
 * @param offered what is wanted of what may be done to a resource.
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
