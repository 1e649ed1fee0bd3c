import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { CallOptions } from '../../../http/types';
import type { JsonPart, JsonParts } from '../../../http/jsonPart';
import { decodeItems } from '../../common/items';
import { type BuiltItem, decodeTextItems, readItem, readText, type TextList } from '../../common/textList';
import { problemItem } from '../../common/problem';
import { readOne } from '../../common/readOne';
import type { JsonObject } from '../../../http/json';
import type { Page, PageItem, PageRequest } from '../../contract/page';
import type { Resource } from '../../contract/resource';
import { backfillsInText, inlineBackfills } from './backfills';
import { backfillRow, connectionDetail } from '../client/expansions';
import type { Operations } from '../client/operations';
import { connectionAt, datasetAttributes, datasetResource, dataViewsGroup } from './resources';
import { connectionIdentity, connectionSchema, type Dataset, datasetSchema } from '../client/schemas';
import type { CjaSettings } from '../signIn/settings';

/**
 * The datasets of a connection, and its group of data views (GET /data/connections/{id}). One response contains them,
 * the connection itself, and with `depth` the backfills.
 * @throws HttpError kind `notFound` if the connection no longer exists.
 */
export async function datasetsPage(
  operations: Operations,
  connection: Resource,
  { depth }: PageRequest,
  { locale, backfillStatus }: CjaSettings,
  call: CallOptions,
): Promise<Page> {
  // Included backfills are unfiltered: an account that filters them requests them by dataset.
  const withBackfills = depth > 0 && backfillStatus.length === 0;
  const expansion = [...connectionDetail, ...(withBackfills ? backfillRow : [])];
  const response = await operations.connection(connection.id, { expansion, locale }, call);
  const page = await readText(response, call.turns, (parts) => pageInText(connection, parts));
  if (page) return page;
  const { decoded, json } = readOne(response, connectionIdentity, connection.id);
  const parent = connectionAt(connection.path, { ...decoded, id: connection.id }, json);
  return { ...toDatasets(connection, json), parent };
}

/** The page from the text of a connection; undefined if that has no list of datasets, or is another connection. */
function* pageInText(connection: Resource, parts: JsonParts): Generator<void, Page | undefined> {
  const { value, json, inner } = yield* readItem(parts, ['dataSets', 'backfills']);
  const decoded = v.safeParse(connectionSchema, value);
  if (!json || !inner || !decoded.success) return undefined;
  if (!connectionIdentity.isSame?.(connection.id, decoded.output.id)) return undefined;
  const parent = connectionAt(connection.path, { ...decoded.output, id: connection.id }, json);
  return { ...(yield* datasetsInText(connection, inner)), parent };
}

/** As `toDatasets`, for datasets in a text. A generator for `inTurns`. */
export function* datasetsInText(connection: Resource, dataSets: TextList): Generator<void, Page> {
  const attributes = datasetAttributes(connection);
  const build = (dataset: Dataset, json: JsonPart, backfills: TextList | undefined): BuiltItem => {
    const resource = datasetResource(connection, dataset, json, attributes);
    return { resource, children: backfills && backfillsInText(resource, backfills) };
  };
  const items = yield* decodeTextItems(dataSets, connection, 'dataSets', datasetSchema, build);
  return withGroup(connection, items);
}

/** The page of datasets in the JSON of a connection. Included backfills are their children. */
export function toDatasets(connection: Resource, json: JsonObject): Page {
  const { dataSets } = json;
  const isMissing = dataSets !== null && !Array.isArray(dataSets);
  return { ...withGroup(connection, datasetItems(connection, dataSets)), isPartial: isMissing };
}

function withGroup(connection: Resource, datasets: readonly PageItem[]): Page {
  const group: PageItem = { resource: dataViewsGroup(connection) };
  return { items: [...datasets, group], nextCursors: [], loading: 'eager' };
}

function datasetItems(connection: Resource, dataSets: unknown): readonly PageItem[] {
  if (dataSets === null) return [];
  if (!Array.isArray(dataSets)) return [noDatasets(connection)];
  return decodeItems(dataSets, connection, 'dataSets', datasetSchema, (dataset, json) => {
    const resource = datasetResource(connection, dataset, json);
    const children = inlineBackfills(resource, json.backfills);
    return { resource, ...(children && { children }) };
  });
}

function noDatasets(connection: Resource): PageItem {
  return problemItem(connection, 'dataSets', {
    title: l10n.t('The datasets cannot be shown'),
    detail: l10n.t('The service did not return a list of datasets.'),
    advice: l10n.t('Open the JSON of the connection to see the response.'),
    retryable: true,
  });
}
