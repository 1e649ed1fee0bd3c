import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { toDate } from '../../common/dates';
import { texts } from '../../../base/texts';
import {
  dateRow,
  decodedRows,
  type FactRow,
  idRow,
  knownFacts,
  userRow,
  yesNo,
} from '../../common/overviewRows';
import type { Property, ResourceFacts } from '../../contract/properties';
import type { Resource } from '../../contract/resource';
import { backfillSpan, onOff, getOwner, typeText } from '../levels/resources';
import { type BackfillSummary, countWork } from '../levels/status';
import {
  type Backfill,
  backfillSchema,
  type Component,
  componentSchema,
  type Connection,
  connectionSchema,
  type Dataset,
  datasetSchema,
  type DataView,
  dataViewSchema,
  sessionSchema,
} from '../client/schemas';
import { validationErrors } from '../client/errors';
import { decodedJson, type Json } from '../../../http/jsonPart';

/** Properties for tooltips and the panel, most important first. The status is shown separately. */
export function toProperties({ kind, id, json }: Resource): readonly Property[] {
  return knownFacts(json === undefined && kind === 'connection' ? [idRow('ID', id)] : toRows(kind, json));
}

function toRows(kind: Resource['kind'], json: Json | undefined): readonly FactRow[] {
  switch (kind) {
    case 'connection':
      return decodedRows(connectionSchema, json, connectionRows);
    case 'dataset':
      return decodedRows(datasetSchema, json, datasetRows);
    case 'backfill':
      return decodedRows(backfillSchema, json, backfillRows);
    case 'dataView':
      return decodedRows(dataViewSchema, json, dataViewRows);
    case 'dimension':
    case 'metric':
      return decodedRows(componentSchema, json, componentRows);
    default:
      return [];
  }
}

function connectionRows(connection: Connection): readonly FactRow[] {
  const { dataRetentionMonths: months } = connection;
  return [
    ...validationErrors(connection.connectionValidationErrors).map(({ text, code }): FactRow => [
      l10n.t('Validation'),
      text,
      { status: { state: 'warning', label: code } },
    ]),
    dateRow(l10n.t('Last data added'), lastIngestedTime(connection)),
    [l10n.t('Description'), connection.description],
    userRow(l10n.t('Owner'), getOwner(connection)),
    [l10n.t('Sandbox'), connection.sandboxName],
    dateRow(l10n.t('Created'), connection.createdDate),
    dateRow(l10n.t('Modified'), connection.modifiedDate),
    userRow(l10n.t('Modified by'), {
      name: connection.modifiedByFullName,
      id: connection.modifiedBy,
    }),
    [l10n.t('Data retention'), months === undefined ? undefined : l10n.t('{0} months', months)],
    [l10n.t('Tags'), texts(connection.tags).join(', ')],
    idRow('ID', connection.id),
  ];
}

/** When any of its datasets last ingested data, if they are included. */
function lastIngestedTime({ dataSets = [] }: Connection): string | undefined {
  const times = dataSets.flatMap((value) => {
    const decoded = v.safeParse(datasetSchema, value);
    return decoded.success ? (toDate(decoded.output.lastIngestedTime) ?? []) : [];
  });
  return times.toSorted((a, b) => Date.parse(b) - Date.parse(a))[0];
}

function datasetRows(dataset: Dataset): readonly FactRow[] {
  return [
    [l10n.t('Type'), dataset.type],
    [l10n.t('Import new data'), onOff(dataset.streaming)],
    dateRow(l10n.t('Last data added'), dataset.lastIngestedTime),
    dateRow(l10n.t('Import since'), dataset.streamingEnabledAt),
    [l10n.t('Data source type'), dataset.dataSourceType?.type ?? dataset.dataSourceType?.id],
    [l10n.t('Schema'), dataset.schemaInfo?.schemaName ?? dataset.schemaInfo?.schemaId],
    idRow(l10n.t('Person ID'), dataset.visitorId),
    [l10n.t('Namespace'), dataset.identityNamespace],
    idRow(l10n.t('Lookup key'), dataset.lookupKeyField),
    idRow(l10n.t('Matched with'), dataset.lookupParentFields?.join(', ')),
    [l10n.t('Timestamp'), dataset.timestampId],
    idRow('ID', dataset.dataSetId),
  ];
}

function backfillRows(backfill: Backfill): readonly FactRow[] {
  return [
    [l10n.t('Data'), backfillSpan(backfill)],
    dateRow(l10n.t('Created'), backfill.createdDate),
    idRow('ID', backfill.id),
  ];
}

function dataViewRows(dataView: DataView): readonly FactRow[] {
  return [
    [l10n.t('Description'), dataView.description],
    userRow(l10n.t('Owner'), getOwner({ ownerFullName: undefined, owner: { ...dataView.owner } })),
    [l10n.t('Time zone'), dataView.timezoneDesignator],
    [l10n.t('Session'), (dataView.sessionDefinition ?? []).map(sessionText).filter(Boolean).join(', ')],
    dateRow(l10n.t('Created'), dataView.createdDate),
    dateRow(l10n.t('Modified'), dataView.modifiedDate),
    idRow('ID', dataView.id),
  ];
}

function componentRows(component: Component): readonly FactRow[] {
  return [
    [l10n.t('Description'), component.description],
    [l10n.t('Type'), component.type && typeText(component.type)],
    idRow(l10n.t('Schema path'), component.schemaPath),
    [l10n.t('Source field'), component.sourceFieldName],
    [l10n.t('Dataset type'), component.dataSetType?.toLowerCase()],
    [l10n.t('Has data'), yesNo(component.hasData)],
    [l10n.t('Approved'), yesNo(component.approved)],
    idRow('ID', component.id),
  ];
}

/** `30 minutes of inactivity`, else in the service's own words. */
function sessionText(session: unknown): string {
  const decoded = v.safeParse(sessionSchema, session);
  if (!decoded.success) return '';
  const { numPeriods, granularity, func } = decoded.output;
  if (
    numPeriods !== undefined &&
    granularity?.toLowerCase() === 'minute' &&
    func?.toLowerCase() === 'inactivity'
  )
    return numPeriods === 1
      ? l10n.t('1 minute of inactivity')
      : l10n.t('{0} minutes of inactivity', numPeriods);
  return [numPeriods, granularity, func && `(${func})`].filter((word) => word !== undefined).join(' ');
}

/** Times and counts of a connection, a dataset or a data view. */
export function toFacts({ kind, json }: Resource): ResourceFacts {
  switch (kind) {
    case 'connection': {
      const decoded = v.safeParse(connectionSchema, decodedJson(json));
      if (!decoded.success) return {};
      const { createdDate, modifiedDate, backfillSummary } = decoded.output;
      return {
        created: toDate(createdDate),
        modified: toDate(modifiedDate),
        lastData: lastIngestedTime(decoded.output),
        ...toCounts(backfillSummary),
      };
    }
    case 'dataset': {
      const decoded = v.safeParse(datasetSchema, decodedJson(json));
      if (!decoded.success) return {};
      return {
        lastData: toDate(decoded.output.lastIngestedTime),
        ...toCounts(decoded.output.backfillSummary),
      };
    }
    case 'dataView': {
      const decoded = v.safeParse(dataViewSchema, decodedJson(json));
      if (!decoded.success) return {};
      return { created: toDate(decoded.output.createdDate), modified: toDate(decoded.output.modifiedDate) };
    }
    default:
      return {};
  }
}

function toCounts(summary: BackfillSummary): ResourceFacts {
  if (summary === undefined) return {};
  return {
    backfills: summary.total,
    failedBackfills: summary.failed,
    activeBackfills: countWork(summary),
  };
}
