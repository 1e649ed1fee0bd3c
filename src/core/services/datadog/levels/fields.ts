import * as l10n from '@vscode/l10n';
import { texts } from '../../../base/texts';
import { decodeItems } from '../../common/items';
import { problemItem } from '../../common/problem';
import type { JsonObject } from '../../../http/json';
import type { Page, PageItem } from '../../contract/page';
import { type Resource, getJson } from '../../contract/resource';
import { fieldResource } from './resources';
import { fieldSchema } from '../client/schemas';

/**
 * The page of fields in the JSON of a connection. Fields are grouped, with groups in order of first occurrence; within
 * a group, the order is the service's. A broken field becomes a problem row.
 */
export function toFields(connection: Resource, json: JsonObject): Page {
  const { fields } = json;
  const isPartial = fields !== undefined && fields !== null && !Array.isArray(fields);
  return { items: fieldItems(connection, fields), nextCursors: [], loading: 'onDemand', isPartial };
}

function fieldItems(connection: Resource, fields: unknown): readonly PageItem[] {
  if (fields === undefined || fields === null) return [];
  if (!Array.isArray(fields)) return [noFields(connection)];
  const items = decodeItems(fields, connection, 'fields', fieldSchema, (field, json) => ({
    resource: fieldResource(connection, field, json),
  }));
  const groups = items.map(({ resource }) => getGroup(resource));
  const places = new Map([...new Set(groups)].map((group, place) => [group, place]));
  const getPlace = ({ resource }: PageItem): number => places.get(getGroup(resource)) ?? 0;
  return items.toSorted((a, b) => getPlace(a) - getPlace(b));
}

/** The group under which a field is shown: its first; empty if it has none. */
export function getGroup(field: Resource): string {
  return texts(getJson(field)?.groups)[0] ?? '';
}

function noFields(connection: Resource): PageItem {
  return problemItem(connection, 'fields', {
    title: l10n.t('The fields cannot be shown.'),
    detail: l10n.t('The service did not return a list of fields.'),
    advice: l10n.t('Open the JSON of the connection to see the response.'),
    retryable: true,
  });
}
