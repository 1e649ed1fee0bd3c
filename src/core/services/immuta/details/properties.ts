import * as l10n from '@vscode/l10n';
import { constantText } from '../../../../shared/status';
import * as v from 'valibot';
import { toDate } from '../../common/dates';
import { dateRow, decodedRows, type FactRow, idRow, knownFacts, userRow } from '../../common/overviewRows';
import { toUser } from '../../common/users';
import type { Property, ResourceFacts } from '../../contract/properties';
import type { Resource } from '../../contract/resource';
import { healthRows } from '../levels/status';
import {
  type Connection,
  connectionSchema,
  type DataObject,
  dataObjectSchema,
  type Run,
  runSchema,
  type Task,
  taskSchema,
} from '../client/schemas';
import { decodedJson } from '../../../http/jsonPart';

/** Properties for tooltips and the panel, most important first. The status is shown separately. */
export function toProperties({ kind, json }: Resource): readonly Property[] {
  switch (kind) {
    case 'connection':
      return knownFacts(decodedRows(connectionSchema, json, connectionRows));
    case 'dataObject':
      return knownFacts(decodedRows(dataObjectSchema, json, dataObjectRows));
    case 'task':
      return knownFacts(decodedRows(taskSchema, json, taskRows));
    case 'run':
      return knownFacts(decodedRows(runSchema, json, runRows));
    default:
      return [];
  }
}

function connectionRows(connection: Connection): readonly FactRow[] {
  return [
    ...healthRows(connection.health),
    [l10n.t('Technology'), connection.technology],
    ...originRows(connection),
    idRow(l10n.t('Key'), connection.connectionKey),
  ];
}

function dataObjectRows(object: DataObject): readonly FactRow[] {
  return [
    [l10n.t('Type'), object.type],
    [l10n.t('Level'), object.normalizedType],
    [l10n.t('Technology'), object.technology],
    idRow(l10n.t('Remote ID'), object.remoteId),
    [l10n.t('Remote type'), object.remoteType],
    [l10n.t('Remote format'), object.remoteFormat],
    [l10n.t('Remote kind'), object.remoteKind],
    dateRow(l10n.t('Created on the platform'), object.remoteCreatedAt),
    dateRow(l10n.t('Updated on the platform'), object.remoteUpdatedAt),
    dateRow(l10n.t('Last synced'), object.lastSyncedAt),
    ...originRows(object),
    idRow('ID', object.id),
  ];
}

function taskRows(task: Task): readonly FactRow[] {
  return [
    [l10n.t('Type'), task.type],
    [l10n.t('Trigger'), task.trigger && constantText(task.trigger)],
    userRow(l10n.t('Created by'), toUser(task.createdBy)),
    dateRow(l10n.t('Created'), task.createdAt),
    idRow(l10n.t('Parent task'), task.parentId),
    idRow('ID', task.taskId),
  ];
}

function runRows(run: Run): readonly FactRow[] {
  return [
    dateRow(l10n.t('Created'), run.createdAt),
    dateRow(l10n.t('Started'), run.startedAt),
    dateRow(l10n.t('Completed'), run.completedAt),
    dateRow(l10n.t('Updated'), run.updatedAt),
    userRow(l10n.t('Canceled by'), toUser(run.canceledBy)),
    idRow('ID', run.runId),
  ];
}

function originRows({
  createdBy,
  createdAt,
  updatedBy,
  updatedAt,
}: Connection | DataObject): readonly FactRow[] {
  return [
    userRow(l10n.t('Created by'), toUser(createdBy)),
    dateRow(l10n.t('Created'), createdAt),
    userRow(l10n.t('Updated by'), toUser(updatedBy)),
    dateRow(l10n.t('Updated'), updatedAt),
  ];
}

/** The times of a connection or a data object. */
export function toFacts({ kind, json }: Resource): ResourceFacts {
  if (kind !== 'connection' && kind !== 'dataObject') return {};
  const decoded = v.safeParse(kind === 'connection' ? connectionSchema : dataObjectSchema, decodedJson(json));
  if (!decoded.success) return {};
  return { created: toDate(decoded.output.createdAt), modified: toDate(decoded.output.updatedAt) };
}
