import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { ids } from '../../common/decode';
import { dateRow, decodedRows, type FactRow, idRow, knownFacts, yesNo } from '../../common/overviewRows';
import type { Property } from '../../contract/properties';
import type { Resource } from '../../contract/resource';
import { linkedIds, scheduleText } from '../levels/resources';
import {
  type Connection,
  connectionSchema,
  eventTypeSchema,
  type Identity,
  identitySchema,
  type Pipeline,
  pipelineSchema,
  type Run,
  runSchema,
} from '../client/schemas';
import { toSteps } from '../levels/steps';
import type { Json } from '../../../http/jsonPart';

/** Properties for tooltips and the panel, most important first. The status is shown separately. */
export function toProperties({ kind, json }: Resource): readonly Property[] {
  return knownFacts(toRows(kind, json));
}

function toRows(kind: Resource['kind'], json: Json | undefined): readonly FactRow[] {
  switch (kind) {
    case 'connection':
      return decodedRows(connectionSchema, json, connectionRows);
    case 'pipeline':
      return decodedRows(pipelineSchema, json, pipelineRows);
    case 'run':
      return decodedRows(runSchema, json, runRows);
    case 'identity':
      return decodedRows(identitySchema, json, identityRows);
    default:
      return [];
  }
}

function connectionRows(connection: Connection): readonly FactRow[] {
  const { pipelines = [], eventTypes = [] } = connection;
  return [
    [l10n.t('Role'), connection.role],
    [l10n.t('Connector'), joined([connection.connector, connection.connectorType])],
    [l10n.t('Strategy'), connection.strategy],
    [l10n.t('Sending mode'), connection.sendingMode],
    [l10n.t('Pipelines'), String(pipelines.length)],
    idRow(l10n.t('Linked connections'), linkedIds(connection).join(', ')),
    [l10n.t('Event types'), eventTypes.flatMap(eventTypeName).join(', ')],
    idRow('ID', connection.id),
  ];
}

function pipelineRows(pipeline: Pipeline): readonly FactRow[] {
  return [
    [l10n.t('Target'), pipeline.target],
    [l10n.t('Schedule'), scheduleText(pipeline)],
    [l10n.t('Event type'), pipeline.eventType],
    [l10n.t('Export mode'), pipeline.exportMode],
    [l10n.t('File'), joined([pipeline.path, pipeline.format])],
    [l10n.t('Table'), pipeline.tableName],
    [l10n.t('Query'), pipeline.query],
    [l10n.t('Incremental'), yesNo(pipeline.incremental)],
    idRow('ID', pipeline.id),
  ];
}

function runRows(run: Run): readonly FactRow[] {
  return [
    [l10n.t('Error'), run.error],
    dateRow(l10n.t('Started'), run.startTime),
    dateRow(l10n.t('Ended'), run.endTime),
    ...toSteps(run).map(({ name, passed, failed }): FactRow => [
      name,
      failed > 0 ? l10n.t('{0} passed, {1} failed', passed, failed) : l10n.t('{0} passed', passed),
    ]),
    idRow('ID', run.id),
  ];
}

function identityRows(identity: Identity): readonly FactRow[] {
  return [
    idRow(l10n.t('User ID'), identity.userId),
    idRow(l10n.t('Anonymous IDs'), ids(identity.anonymousIds).join(', ')),
    dateRow(l10n.t('Updated'), identity.updatedAt),
    idRow(l10n.t('Pipeline'), identity.pipeline),
  ];
}

function eventTypeName(value: unknown): readonly string[] {
  const decoded = v.safeParse(eventTypeSchema, value);
  return decoded.success ? [decoded.output.name ?? decoded.output.id] : [];
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(', ');
}
