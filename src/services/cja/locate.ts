import * as v from 'valibot';
import type { CallOptions, HttpResponse } from '../../http/client';
import { HttpError } from '../../http/errors';
import { parseJson } from '../../http/json';
import { isJsonObject } from '../decode';
import { childPath } from '../path';
import type { JsonObject, Resource } from '../service';
import { connectionsByDataset } from './connections';
import { connectionDetail, dataViewRow } from './expansions';
import type { Operations } from './operations';
import { connectionResource, dataViewResource, dataViewsGroup } from './resources';
import { connectionSchema, dataViewSchema } from './schemas';
import type { CjaSettings } from './settings';

/**
 * The resources of an account by id, one request for each: a connection (`dg_…`) and a data view (`dv_…`) by
 * themselves, a dataset through the connections that use it.
 * @returns nothing where the account does not know the id, or may not see what it stands for.
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
    const json = await objectOf(operations.connection(id, query, call));
    const decoded = v.safeParse(connectionSchema, json);
    return json && decoded.success ? [connectionResource(account, decoded.output, json)] : [];
  }
  if (id.startsWith('dv_')) {
    const json = await objectOf(operations.dataView(id, { expansion: dataViewRow }, call));
    return json ? dataViewAt(account, json) : [];
  }
  const connections = await connectionsByDataset(operations, account, settings, id, 1, call);
  const datasets = connections.flatMap(({ children }) => children?.items ?? []);
  return datasets.flatMap(({ resource }) =>
    resource.kind === 'dataset' && resource.id === id ? [resource] : [],
  );
}

/** The row of a data view in its place, which is below its connection. */
function dataViewAt(account: Resource, json: JsonObject): readonly Resource[] {
  const decoded = v.safeParse(dataViewSchema, json);
  const connection = decoded.success ? decoded.output.parentDataGroupId : undefined;
  if (!decoded.success || connection === undefined) return [];
  const group = dataViewsGroup({ path: childPath(account.path, 'connection', connection) });
  return [dataViewResource(group, decoded.output, json)];
}

/** The object that was answered; undefined where there is none, or none for this account. */
async function objectOf(answer: Promise<HttpResponse>): Promise<JsonObject | undefined> {
  try {
    const json = parseJson(await answer);
    return isJsonObject(json) ? json : undefined;
  } catch (error) {
    const none = error instanceof HttpError && ['notFound', 'permission'].includes(error.kind);
    if (!none) throw error;
    return undefined;
  }
}
