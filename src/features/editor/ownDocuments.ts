import { getAccountId, parsePath } from '../../core/services/contract/path';
import type { Identified } from '../../core/store/idIndex';
import { getKey } from './idPlace';
import { stringAt } from './stringAt';

/** Members whose values are ids of resources, in the documents of actions. */
const ID_MEMBERS: ReadonlySet<string> = new Set(['parentDataGroupId', 'dataSetId', 'linkedConnections']);

/** True where a document of an action wants the id of a resource: elsewhere a name is a name. */
export function wantsId(line: string, column: number): boolean {
  const string = stringAt(line, column);
  return string !== undefined && ID_MEMBERS.has(getKey(line, string));
}

/**
 * The resources of the account that a document of an action belongs to.
 * @param query of its address: the path of the resource, and the action behind a `#`.
 */
export function* ofSameAccount(known: Iterable<Identified>, query: string): Iterable<Identified> {
  const [path = ''] = query.split('#');
  const resource = parsePath(path);
  const account = resource && getAccountId(resource);
  for (const entry of known)
    if (account === undefined || getAccountId(entry.resource.path) === account) yield entry;
}
