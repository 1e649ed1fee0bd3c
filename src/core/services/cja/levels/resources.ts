import * as l10n from '@vscode/l10n';
import type { User } from '../../common/users';
import { day, minute, toDate } from '../../common/dates';
import { childPath, type ResourcePath } from '../../contract/path';
import type { Json } from '../../../http/jsonPart';
import type { Resource } from '../../contract/resource';
import { compact } from '../../common/decode';
import type { ComponentKind } from '../client/operations';
import type { Backfill, Component, Connection, Dataset, DataView } from '../client/schemas';
import { backfillStatus, componentStatus, connectionStatus, summaryStatus } from './status';

/** The row of a connection in the list of its account. */
export function connectionResource(parent: Resource, connection: Connection, json: Json): Resource {
  return connectionAt(childPath(parent.path, 'connection', connection.id), connection, json);
}

/** The row of a connection with a known path. */
export function connectionAt(path: ResourcePath, connection: Connection, json: Json): Resource {
  const { id, sandboxName } = connection;
  return {
    path,
    kind: 'connection',
    id,
    label: connection.name ?? id,
    ...(sandboxName && { description: sandboxName }),
    status: connectionStatus(connection),
    hasChildren: true,
    json,
    searchAttributes: compact({ owner: ownerText(connection), sandbox: sandboxName }),
  };
}

/**
 * The row of a connection that the account may not list, although it may list its data views. Identified by its missing
 * JSON.
 */
export function hiddenConnection(parent: Resource, id: string, dataViews: number): Resource {
  return {
    path: childPath(parent.path, 'connection', id),
    kind: 'connection',
    id,
    label: id,
    description:
      dataViews === 1 ? l10n.t('1 data view, no details') : l10n.t('{0} data views, no details', dataViews),
    status: { state: 'unknown', label: l10n.t('not visible to this account') },
    hasChildren: true,
  };
}

/** True for the row of `hiddenConnection`. A connection stored with a draft has no JSON either, but also no status. */
export function isHiddenConnection({ kind, json, status }: Resource): boolean {
  return kind === 'connection' && json === undefined && status !== undefined;
}

/** What a filter matches of the datasets of a connection, which are in its sandbox. One object for all of them. */
export function datasetAttributes({ searchAttributes }: Resource): Resource['searchAttributes'] {
  return compact({ sandbox: searchAttributes?.sandbox });
}

/** The row of a dataset. @param searchAttributes of `datasetAttributes`. */
export function datasetResource(
  parent: Resource,
  dataset: Dataset,
  json: Json,
  searchAttributes = datasetAttributes(parent),
): Resource {
  const lastAt = toDate(dataset.lastIngestedTime);
  return {
    path: childPath(parent.path, 'dataset', dataset.dataSetId),
    kind: 'dataset',
    id: dataset.dataSetId,
    label: dataset.name ?? dataset.dataSetId,
    ...(dataset.type && { description: dataset.type }),
    status: summaryStatus(dataset.backfillSummary),
    hasChildren: true,
    json,
    ...(searchAttributes && { searchAttributes }),
    ...(lastAt !== undefined && { newData: { lastAt, isOff: dataset.streaming === false } }),
  };
}

/** The row of a backfill, labeled by the range of data that it loads. */
export function backfillResource(parent: Resource, backfill: Backfill, json: Json): Resource {
  return {
    path: childPath(parent.path, 'backfill', backfill.id),
    kind: 'backfill',
    id: backfill.id,
    label: backfillSpan(backfill),
    ...(backfill.createdDate && { description: minute(backfill.createdDate) }),
    status: backfillStatus(backfill.status),
    hasChildren: false,
    json,
  };
}

/** The group of a connection's data views. */
export function dataViewsGroup(parent: Pick<Resource, 'path'>): Resource {
  const id = 'dataViews';
  return {
    path: childPath(parent.path, 'group', id),
    kind: 'group',
    id,
    label: l10n.t('Data Views'),
    hasChildren: true,
  };
}

export function dataViewResource(parent: Resource, dataView: DataView, json: Json): Resource {
  return {
    path: childPath(parent.path, 'dataView', dataView.id),
    kind: 'dataView',
    id: dataView.id,
    label: dataView.name ?? dataView.id,
    hasChildren: true,
    json,
    searchAttributes: compact({ owner: ownerText(dataView) }),
  };
}

/** The groups of what a data view consists of. Their IDs are those of Adobe's lists. */
export function componentGroups(dataView: Pick<Resource, 'path'>): readonly [Resource, Resource] {
  const group = (id: string, label: string): Resource => ({
    path: childPath(dataView.path, 'group', id),
    ...({ kind: 'group', id, label, hasChildren: true } as const),
  });
  return [group('dimensions', l10n.t('Dimensions')), group('metrics', l10n.t('Metrics'))];
}

/** What a group of `componentGroups` holds; undefined for another group. */
export function getComponentKind({ kind, id }: Resource): ComponentKind | undefined {
  if (kind !== 'group') return undefined;
  return id === 'dimensions' ? 'dimension' : id === 'metrics' ? 'metric' : undefined;
}

/** The row of a dimension or metric. */
export function componentResource(
  parent: Pick<Resource, 'path'>,
  kind: ComponentKind,
  component: Component,
  json: Json,
): Resource {
  const { id, name, type } = component;
  const status = componentStatus(component);
  return {
    path: childPath(parent.path, kind, id),
    kind,
    id,
    label: name ?? id,
    ...(type && { description: typeText(type) }),
    ...(status && { status }),
    hasChildren: false,
    json,
  };
}

/** The data type of a component: `ORDERED_ENUM` as `ordered enum`. */
export function typeText(type: string): string {
  return type.replaceAll('_', ' ').toLowerCase();
}

/** The owner of a connection or data view. Adobe often leaves `owner.name` empty. */
export function getOwner({ ownerFullName, owner }: Pick<Connection, 'ownerFullName' | 'owner'>): User {
  return { name: ownerFullName ?? owner?.name, id: owner?.imsUserId };
}

/** What a filter and an export say of an owner: the name, else the user's ID. */
function ownerText(owned: Pick<Connection, 'ownerFullName' | 'owner'>): string | undefined {
  const { name, id } = getOwner(owned);
  return name ?? id;
}

/** The range of data that a backfill loads: two days, or all. */
export function backfillSpan({ allData, startDate, endDate }: Backfill): string {
  // Joined, because V8 keeps the parts of other concatenations beside the whole.
  if (startDate || endDate)
    return [startDate ? day(startDate) : '…', endDate ? day(endDate) : '…'].join(' – ');
  return allData === false ? l10n.t('No date range') : l10n.t('All data');
}

export function onOff(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value ? l10n.t('On') : l10n.t('Off');
}
