import * as l10n from '@vscode/l10n';
import { texts } from '../decode';
import { dated, decodedRows, type FactRow, knownFacts } from '../factRows';
import type { Fact, Resource } from '../service';
import { backfillSpan, ownerName } from './resources';
import {
  type Backfill,
  backfillSchema,
  type Connection,
  connectionSchema,
  type Dataset,
  datasetSchema,
  type DataView,
  dataViewSchema,
} from './schemas';
import { validationSentences } from './validationErrors';

/** Rows about a resource, for tooltips and the panel, the most important first. The status has its own place. */
export function factsOf({ kind, id, json }: Resource): readonly Fact[] {
  return knownFacts(json === undefined && kind === 'connection' ? [['ID', id]] : rowsOf(kind, json));
}

function rowsOf(kind: Resource['kind'], json: unknown): readonly FactRow[] {
  switch (kind) {
    case 'connection':
      return decodedRows(connectionSchema, json, connectionRows);
    case 'dataset':
      return decodedRows(datasetSchema, json, datasetRows);
    case 'backfill':
      return decodedRows(backfillSchema, json, backfillRows);
    case 'dataView':
      return decodedRows(dataViewSchema, json, dataViewRows);
    default:
      return [];
  }
}

function connectionRows(connection: Connection): readonly FactRow[] {
  const { dataRetentionMonths: months } = connection;
  return [
    ...validationSentences(connection.connectionValidationErrors).map((text): FactRow => [
      l10n.t('Validation'),
      text,
    ]),
    [l10n.t('Description'), connection.description],
    [l10n.t('Owner'), ownerName(connection)],
    [l10n.t('Sandbox'), connection.sandboxName],
    [l10n.t('Created'), dated(connection.createdDate)],
    [l10n.t('Modified'), dated(connection.modifiedDate)],
    [l10n.t('Modified by'), connection.modifiedByFullName ?? connection.modifiedBy],
    [l10n.t('Data retention'), months === undefined ? undefined : l10n.t('{0} months', months)],
    [l10n.t('Tags'), texts(connection.tags).join(', ')],
    ['ID', connection.id],
  ];
}

function datasetRows(dataset: Dataset): readonly FactRow[] {
  return [
    [l10n.t('Type'), dataset.type],
    [l10n.t('Import new data'), onOff(dataset.streaming)],
    [l10n.t('Last data added'), dated(dataset.lastIngestedTime)],
    [l10n.t('Import since'), dated(dataset.streamingEnabledAt)],
    [l10n.t('Data source type'), dataset.dataSourceType?.type ?? dataset.dataSourceType?.id],
    [l10n.t('Schema'), dataset.schemaInfo?.schemaName ?? dataset.schemaInfo?.schemaId],
    [l10n.t('Person ID'), dataset.visitorId],
    [l10n.t('Namespace'), dataset.identityNamespace],
    [l10n.t('Timestamp'), dataset.timestampId],
    ['ID', dataset.dataSetId],
  ];
}

function backfillRows(backfill: Backfill): readonly FactRow[] {
  return [
    [l10n.t('Data'), backfillSpan(backfill)],
    [l10n.t('Created'), dated(backfill.createdDate)],
    ['ID', backfill.id],
  ];
}

function dataViewRows(dataView: DataView): readonly FactRow[] {
  return [
    [l10n.t('Description'), dataView.description],
    [l10n.t('Owner'), ownerName({ ownerFullName: undefined, owner: { ...dataView.owner } })],
    [l10n.t('Created'), dated(dataView.createdDate)],
    [l10n.t('Modified'), dated(dataView.modifiedDate)],
    ['ID', dataView.id],
  ];
}

function onOff(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value ? l10n.t('On') : l10n.t('Off');
}
