import * as l10n from '@vscode/l10n';
import { withBudget } from '../../http/budget';
import type { CallOptions, HttpResponse } from '../../http/client';
import { HttpError } from '../../http/errors';
import { parseJson } from '../../http/json';
import { gone } from '../gone';
import { itemText } from '../jsonText';
import { idInPath } from '../path';
import type { PageRequest, Resource } from '../service';
import { wholeBody } from '../wholeBody';
import { connectionFull, dataViewRow } from './expansions';
import type { Operations } from './operations';
import { nextCursors, readListing, readPosition } from './paging';

/** Items on a page while one of them is looked for. */
const LIMIT = 100;

/**
 * The JSON text of a resource, exactly as the service sent it. Datasets, backfills and data views are cut out of the
 * answer that lists them, for there is no operation that gives one alone.
 * @throws HttpError kind `notFound` where it is gone, `rejected` where the resource has no JSON.
 */
export async function readText(
  operations: Operations,
  resource: Resource,
  locale: string | undefined,
  call: CallOptions,
  onBeginning?: CallOptions['onBeginning'],
): Promise<string> {
  const connectionId = idInPath(resource.path, 'connection') ?? '';
  const connection = (how: CallOptions): Promise<HttpResponse> =>
    operations.connection(connectionId, { expansion: connectionFull, locale }, how);
  switch (resource.kind) {
    case 'connection': {
      const response = await connection(wholeBody(call, onBeginning));
      parseJson(response);
      return response.text;
    }
    case 'dataset':
      return (await cut(await connection(call), 'dataSets', 'dataSetId', resource)) ?? gone(resource);
    case 'backfill': {
      const question = withBudget(call);
      const datasetId = idInPath(resource.path, 'dataset') ?? '';
      return findText(resource, (page) =>
        operations.backfills(
          connectionId,
          datasetId,
          { page, limit: LIMIT, sortProperty: 'createdDate', sortDirection: 'DESC' },
          question,
        ),
      );
    }
    case 'dataView': {
      const question = withBudget(call);
      return findText(resource, (page) =>
        operations.dataViews(
          { parentDataGroupId: connectionId, expansion: dataViewRow, page, limit: LIMIT },
          question,
        ),
      );
    }
    default:
      throw new HttpError('rejected', l10n.t('"{0}" has no JSON of its own.', resource.label));
  }
}

/** Reads page after page until one holds the resource. */
async function findText(resource: Resource, page: (page: number) => Promise<HttpResponse>): Promise<string> {
  const request: PageRequest = { size: LIMIT, fresh: false, levels: 0 };
  for (let at = readPosition(request); ;) {
    const response = await page(at.page);
    const [cursor] = nextCursors(readListing(response), at, false);
    const text = await cut(response, 'content', 'id', resource);
    if (text !== undefined) return text;
    if (cursor === undefined) return gone(resource);
    at = readPosition({ ...request, cursor });
  }
}

async function cut(
  response: HttpResponse,
  listKey: string,
  idKey: string,
  { id }: Resource,
): Promise<string | undefined> {
  parseJson(response);
  return itemText(response.text, listKey, idKey, id);
}
