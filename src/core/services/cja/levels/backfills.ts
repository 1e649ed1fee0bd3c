import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { compareText } from '../../../base/texts';
import type { CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { isJsonObject, type JsonObject } from '../../../http/json';
import type { Json, JsonPart } from '../../../http/jsonPart';
import { text } from '../../common/decode';
import { decodeItems } from '../../common/items';
import type { TextList } from '../../common/textList';
import { idInPath } from '../../contract/path';
import { problemItem } from '../../common/problem';
import { EMPTY_PAGE, type Page, type PageItem, type PageRequest } from '../../contract/page';
import type { Resource } from '../../contract/resource';
import type { Operations } from '../client/operations';
import { cutOffRows, nextCursors, readListing, readPosition } from '../client/paging';
import { backfillResource } from './resources';
import { backfillSchema } from '../client/schemas';

/**
 * The backfills of a dataset, newest first (GET …/datasets/{id}/backfills). Only the guide documents this operation, so
 * a 404 becomes a row that says that it is unavailable (inference).
 */
export async function backfillsPage(
  operations: Operations,
  dataset: Resource,
  includeStatus: readonly string[],
  request: PageRequest,
  call: CallOptions,
): Promise<Page> {
  const at = readPosition(request);
  const query = {
    includeStatus,
    limit: at.limit,
    page: at.page,
    sortDirection: 'DESC',
    sortProperty: 'createdDate',
  } as const;
  try {
    const connectionId = idInPath(dataset.path, 'connection') ?? '';
    const listing = readListing(await operations.backfills(connectionId, dataset.id, query, call));
    const { total } = listing;
    return {
      items: [...backfillItems(dataset, listing.values, at.page), ...cutOffRows(dataset, listing, at)],
      nextCursors: nextCursors(listing, at, false),
      ...(total !== undefined && { total }),
      loading: 'onDemand',
    };
  } catch (error) {
    if (!(error instanceof HttpError) || error.kind !== 'notFound') throw error;
    const items = [unavailable(dataset, error)];
    return { items, nextCursors: [], loading: 'onDemand', isPartial: true };
  }
}

/**
 * The page of backfills included in a dataset (expansion `granularBackfills`), newest first.
 * @returns undefined if none are included, so that they are requested when needed.
 */
export function inlineBackfills(dataset: Resource, backfills: unknown): Page | undefined {
  if (!Array.isArray(backfills)) return undefined;
  return toPage(backfillItems(dataset, newestFirst(backfills), 'backfills'));
}

/** As `inlineBackfills`, for backfills in a text. A generator for `inTurns`. */
export function* backfillsInText(dataset: Resource, list: TextList): Generator<void, Page> {
  const parts = new Map<unknown, JsonPart | undefined>();
  for (let index = 0; index < list.length; index++) {
    const { value, json } = yield* list.read(index);
    parts.set(value, json);
    yield;
  }
  const values = newestFirst([...parts.keys()]);
  return toPage(backfillItems(dataset, values, 'backfills', (value) => parts.get(value) ?? value));
}

function toPage(items: readonly PageItem[]): Page {
  return { ...EMPTY_PAGE, items, total: items.length };
}

/** @param getJson what a row keeps of a value. */
function backfillItems(
  dataset: Resource,
  values: readonly unknown[],
  place: number | string,
  getJson: (value: JsonObject) => Json = (value) => value,
): readonly PageItem[] {
  return decodeItems(values, dataset, place, backfillSchema, (backfill, value) => ({
    resource: backfillResource(dataset, backfill, getJson(value)),
  }));
}

function newestFirst(values: readonly unknown[]): readonly unknown[] {
  const dated = values.map((value) => [createdDate(value), value] as const);
  return dated.sort(([a], [b]) => compareText(b, a)).map(([, value]) => value);
}

function createdDate(value: unknown): string {
  return (isJsonObject(value) ? v.parse(text, value.createdDate) : undefined) ?? '';
}

function unavailable(dataset: Resource, error: HttpError): PageItem {
  return problemItem(dataset, 'unavailable', {
    title: l10n.t('Backfills are not available'),
    detail: error.message,
    advice: l10n.t(
      'The dataset may have been removed from the connection. Refresh the connection. Some organizations do not have this feature.',
    ),
    retryable: false,
  });
}
