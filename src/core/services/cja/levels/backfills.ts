import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { decodeItems } from '../../common/items';
import { idInPath } from '../../contract/path';
import { problemItem } from '../../common/problem';
import type { Page, PageItem, PageRequest } from '../../contract/page';
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
  const newestFirst = backfills.toSorted((a: unknown, b: unknown) =>
    compareText(createdDate(b), createdDate(a)),
  );
  const items = backfillItems(dataset, newestFirst, 'backfills');
  return { items, nextCursors: [], total: items.length, loading: 'onDemand' };
}

function backfillItems(
  dataset: Resource,
  values: readonly unknown[],
  place: number | string,
): readonly PageItem[] {
  return decodeItems(values, dataset, place, backfillSchema, (backfill, json) => ({
    resource: backfillResource(dataset, backfill, json),
  }));
}

/** ISO dates sort as text. */
function createdDate(value: unknown): string {
  const decoded = v.safeParse(backfillSchema, value);
  return decoded.success ? (decoded.output.createdDate ?? '') : '';
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
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
