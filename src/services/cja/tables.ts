import * as l10n from '@vscode/l10n';
import type { ResourcePath } from '../path';
import type { Table } from '../portrait';
import type { Resource } from '../service';
import { tableOf } from '../tables';
import { dataViewsGroup, onOff, ownerName } from './resources';
import { backfillSchema, connectionSchema, datasetSchema, dataViewSchema } from './schemas';

/** The tables of a resource: what lies below it. A connection without JSON is known by its data views only. */
export function tablesOf(resource: Resource): readonly Table[] {
  const { kind, path, json } = resource;
  switch (kind) {
    case 'account':
      return [connectionTable(path)];
    case 'connection':
      return json === undefined
        ? [dataViewTable(path)]
        : [datasetTable(path), dataViewTable(dataViewsGroup(resource).path)];
    case 'dataset':
      return [backfillTable(path)];
    case 'group':
      return [dataViewTable(path)];
    default:
      return [];
  }
}

function connectionTable(source: ResourcePath): Table {
  return tableOf(l10n.t('Connections'), source, 'connection', connectionSchema, [
    ['sandbox', l10n.t('Sandbox'), 'text', ({ sandboxName }) => sandboxName],
    ['owner', l10n.t('Owner'), 'text', ownerName],
    ['created', l10n.t('Created'), 'date', ({ createdDate }) => createdDate],
    ['modified', l10n.t('Modified'), 'date', ({ modifiedDate }) => modifiedDate],
  ]);
}

function datasetTable(source: ResourcePath): Table {
  return tableOf(l10n.t('Datasets'), source, 'dataset', datasetSchema, [
    ['type', l10n.t('Type'), 'text', ({ type }) => type],
    ['lastIngested', l10n.t('Last data added'), 'date', ({ lastIngestedTime }) => lastIngestedTime],
    ['schema', l10n.t('Schema'), 'text', ({ schemaInfo }) => schemaInfo?.schemaName ?? schemaInfo?.schemaId],
    ['key', l10n.t('Person ID or lookup key'), 'text', (set) => set.visitorId ?? set.lookupKeyField],
    ['namespace', l10n.t('Namespace'), 'text', ({ identityNamespace }) => identityNamespace],
    ['streaming', l10n.t('Import new data'), 'text', ({ streaming }) => onOff(streaming)],
    [
      'sourceType',
      l10n.t('Data source type'),
      'text',
      ({ dataSourceType }) => dataSourceType?.type ?? dataSourceType?.id,
    ],
    ['backfills', l10n.t('Backfills'), 'number', ({ backfillSummary }) => backfillSummary?.total],
    ['failed', l10n.t('Failed backfills'), 'number', ({ backfillSummary }) => backfillSummary?.failed],
  ]);
}

function dataViewTable(source: ResourcePath): Table {
  return tableOf(l10n.t('Data Views'), source, 'dataView', dataViewSchema, [
    ['description', l10n.t('Description'), 'text', ({ description }) => description],
    ['owner', l10n.t('Owner'), 'text', ({ owner }) => owner?.name ?? owner?.imsUserId],
    ['created', l10n.t('Created'), 'date', ({ createdDate }) => createdDate],
    ['modified', l10n.t('Modified'), 'date', ({ modifiedDate }) => modifiedDate],
  ]);
}

/** A backfill is named by the data that it loads. */
function backfillTable(source: ResourcePath): Table {
  return tableOf(l10n.t('Backfills'), source, 'backfill', backfillSchema, [
    ['created', l10n.t('Created'), 'date', ({ createdDate }) => createdDate],
  ]);
}
