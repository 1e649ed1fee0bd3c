import { accountIdOf, isWithin, type ResourcePath } from '../services/path';
import type { Resource } from '../services/service';

/** What looks ids up. */
export interface IdSource {
  loaded(): Iterable<Resource>;
}

const between: readonly Resource['kind'][] = ['account', 'group', 'problem', 'more'];

/**
 * Which of the texts are ids of loaded resources of the same account.
 * @param from the resource whose JSON holds the texts; its own id is no link.
 * @returns the path of the nearest resource of each id: one below `from` before others.
 */
export function identify(
  store: IdSource,
  from: ResourcePath,
  ids: ReadonlySet<string>,
): ReadonlyMap<string, ResourcePath> {
  const account = accountIdOf(from);
  const found = new Map<string, ResourcePath>();
  for (const { id, kind, path } of store.loaded()) {
    if (!ids.has(id) || between.includes(kind) || path === from || accountIdOf(path) !== account) continue;
    const known = found.get(id);
    if (known === undefined || (isWithin(path, from) && !isWithin(known, from))) found.set(id, path);
  }
  return found;
}
