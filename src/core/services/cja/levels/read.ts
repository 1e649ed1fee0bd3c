import * as l10n from '@vscode/l10n';
import type { HttpResponse, CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { everyPage } from '../../common/everyPage';
import { orOn404 } from '../../common/fallback';
import { throwNotFound } from '../../common/answerErrors';
import { itemText } from '../../common/jsonText';
import { idInPath } from '../../contract/path';
import { readTextOfOne, wholeBody } from '../../common/readOne';
import type { Resource } from '../../contract/resource';
import { connectionFull, dataViewFull, fullComponents } from '../client/expansions';
import type { Operations } from '../client/operations';
import { nextCursors, readListing, readPosition } from '../client/paging';
import { componentIdentity, connectionIdentity, dataViewIdentity } from '../client/schemas';

/** Page size when searching for one item. */
const LIMIT = 100;

/**
 * The JSON text of a resource, exactly as the service sent it. Datasets and backfills are extracted from their lists,
 * because no operation returns a single one.
 * @throws HttpError kind `notFound` if it no longer exists, `rejected` if the resource has no JSON.
 */
export async function readText(
  operations: Operations,
  resource: Resource,
  locale: string | undefined,
  call: CallOptions,
  onPart?: CallOptions['onPart'],
): Promise<string> {
  const connectionId = idInPath(resource.path, 'connection') ?? '';
  const connection = (how: CallOptions): Promise<HttpResponse> =>
    operations.connection(connectionId, { expansion: connectionFull, locale }, how);
  switch (resource.kind) {
    case 'connection':
      return readTextOfOne(await connection(wholeBody(call, onPart)), connectionIdentity, connectionId);
    case 'dataset': {
      const text = await readTextOfOne(await connection(call), connectionIdentity, connectionId);
      return (await itemText(text, 'dataSets', 'dataSetId', resource.id)) ?? throwNotFound(resource);
    }
    case 'backfill': {
      const datasetId = idInPath(resource.path, 'dataset') ?? '';
      return findText(resource, call, (page, question) =>
        operations.backfills(
          connectionId,
          datasetId,
          { page, limit: LIMIT, sortProperty: 'createdDate', sortDirection: 'DESC' },
          question,
        ),
      );
    }
    case 'dataView':
      return orOn404(
        async () => {
          const query = { expansion: dataViewFull };
          const response = await operations.dataView(resource.id, query, wholeBody(call, onPart));
          return readTextOfOne(response, dataViewIdentity, resource.id);
        },
        () => findDataView(operations, resource, connectionId, call),
      );
    case 'dimension':
    case 'metric': {
      const query = { expansion: fullComponents[resource.kind], locale };
      const dataViewId = idInPath(resource.path, 'dataView') ?? '';
      const response = await operations.component(
        resource.kind,
        dataViewId,
        resource.id,
        query,
        wholeBody(call, onPart),
      );
      return readTextOfOne(response, componentIdentity, resource.id);
    }
    default:
      throw new HttpError('rejected', l10n.t('"{0}" has no JSON.', resource.label));
  }
}

/**
 * A data view from the list, for services that only support the older path, which has no operation for a single one.
 */
async function findDataView(
  operations: Operations,
  dataView: Resource,
  parentDataGroupId: string,
  call: CallOptions,
): Promise<string> {
  return findText(dataView, call, (page, question) =>
    operations.dataViews(
      { parentDataGroupId, expansion: dataViewFull, cached: false, page, limit: LIMIT },
      question,
    ),
  );
}

/** Loads pages until one contains the resource. */
async function findText(
  resource: Resource,
  call: CallOptions,
  page: (page: number, call: CallOptions) => Promise<HttpResponse>,
): Promise<string> {
  const pages = everyPage(call, async (cursor, question) => {
    const at = readPosition({ size: LIMIT, cursor });
    const response = await page(at.page, question);
    const [next] = nextCursors(readListing(response), at, false);
    return { value: response.text, next };
  });
  for await (const text of pages) {
    const found = await itemText(text, 'content', 'id', resource.id);
    if (found !== undefined) return found;
  }
  return throwNotFound(resource);
}
