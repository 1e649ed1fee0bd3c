import type { Resource } from '../services/service';
import type { Store } from '../store/store';
import { accountsFor } from './accountsFor';
import { describe } from './describe';
import type { Listed } from './toolAnswer';
import type { ToolInput } from './toolInput';

/** The connections of one or all accounts. What is loaded already makes no request. */
export async function listConnections(
  store: Store,
  input: ToolInput<'list_connections'>,
  signal: AbortSignal,
): Promise<Listed> {
  const accounts = accountsFor(store, input.account);
  const rows = (await Promise.all(accounts.map(({ path }) => rowsBelow(store, path, signal)))).flat();
  const words = input.query?.toLowerCase() ?? '';
  const items = rows
    .filter(({ kind }) => kind === 'connection')
    .filter(({ id, label }) => `${label}\n${id}`.toLowerCase().includes(words))
    .map((resource) => describe(store, resource));
  const problems = rows.flatMap(({ problem }) => (problem ? `${problem.what} ${problem.why}` : []));
  return { items, problems };
}

/** The rows of an account; where entities stand between, the rows below them. */
async function rowsBelow(
  store: Store,
  path: Resource['path'],
  signal: AbortSignal,
): Promise<readonly Resource[]> {
  const rows = await store.load(path, { all: true, signal });
  const deeper = rows.filter(({ kind }) => kind === 'entity');
  const below = await Promise.all(deeper.map((entity) => rowsBelow(store, entity.path, signal)));
  return [...rows, ...below.flat()];
}
