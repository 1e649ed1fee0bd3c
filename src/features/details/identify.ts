import { traitsOfKind } from '../../shared/kinds';
import { getAccountId, isWithin, type ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';

/**
 * The loaded resource that an id in the JSON of another one means: of the same account, and one below that other
 * before any elsewhere.
 * @param from the other one; its own id means nothing.
 */
export function identify(
  store: Pick<Store, 'find'>,
  from: ResourcePath,
  id: string,
): ResourcePath | undefined {
  const account = getAccountId(from);
  const paths = store
    .find(id)
    .filter(({ kind, path }) => traitsOfKind(kind).hasId && getAccountId(path) === account)
    .map(({ path }) => path);
  if (paths.includes(from)) return undefined;
  return paths.find((path) => isWithin(path, from)) ?? paths[0];
}
