import type * as v from 'valibot';
import type { HttpResponse, CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { childPath } from '../../contract/path';
import { type Identifying, type One, readOne } from '../../common/readOne';
import type { Resource } from '../../contract/resource';
import { connectionsByDataset } from './connections';
import { connectionDetail, dataViewRow } from '../client/expansions';
import type { Operations } from '../client/operations';
import { connectionResource, dataViewResource, dataViewsGroup } from './resources';
import { connectionIdentity, dataViewIdentity } from '../client/schemas';
import type { CjaSettings } from '../signIn/settings';

/**
 * Looks up resources of an account by ID, with one request per ID: a connection (`dg_…`) and a data view (`dv_…`)
 * directly, a dataset by the connections that use it.
 * @returns empty if the ID is unknown, or the account may not see the resource.
 */
export async function locate(
  operations: Operations,
  account: Resource,
  settings: CjaSettings,
  id: string,
  call: CallOptions,
): Promise<readonly Resource[]> {
  if (id.startsWith('dg_')) {
    const query = { expansion: connectionDetail, locale: settings.locale };
    const connection = await visible(operations.connection(id, query, call), connectionIdentity, id);
    return connection ? [connectionResource(account, connection.decoded, connection.json)] : [];
  }
  if (id.startsWith('dv_')) {
    const query = { expansion: dataViewRow };
    const dataView = await visible(operations.dataView(id, query, call), dataViewIdentity, id);
    return dataView ? dataViewAt(account, dataView) : [];
  }
  const connections = await connectionsByDataset(operations, account, settings, id, 1, call);
  const datasets = connections.flatMap(({ children }) => children?.items ?? []);
  return datasets.flatMap(({ resource }) =>
    resource.kind === 'dataset' && resource.id === id ? [resource] : [],
  );
}

/** The row of a data view below its connection. */
function dataViewAt(
  account: Resource,
  { decoded, json }: One<typeof dataViewIdentity.schema>,
): readonly Resource[] {
  const connection = decoded.parentDataGroupId;
  if (connection === undefined) return [];
  const group = dataViewsGroup({ path: childPath(account.path, 'connection', connection) });
  return [dataViewResource(group, decoded, json)];
}

/** The response; undefined if there is nothing, or nothing that the account may see. */
async function visible<S extends v.GenericSchema>(
  answer: Promise<HttpResponse>,
  identity: Identifying<S>,
  id: string,
): Promise<One<S> | undefined> {
  try {
    return readOne(await answer, identity, id);
  } catch (error) {
    const none = error instanceof HttpError && ['notFound', 'permission'].includes(error.kind);
    if (!none) throw error;
    return undefined;
  }
}
