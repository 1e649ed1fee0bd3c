import * as l10n from '@vscode/l10n';
import { dated, decodedRows, type FactRow, knownFacts } from '../factRows';
import type { Fact, Resource } from '../service';
import { healthRows } from './health';
import {
  type Connection,
  connectionSchema,
  type DataObject,
  dataObjectSchema,
  type Run,
  runSchema,
  type Task,
  taskSchema,
} from './schemas';

/** Rows about a resource, for tooltips and the panel, the most important first. The status has its own place. */
export function factsOf({ kind, json }: Resource): readonly Fact[] {
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
  ];
}

function dataObjectRows(object: DataObject): readonly FactRow[] {
  return [
    [l10n.t('Type'), object.type],
    [l10n.t('Level'), object.normalizedType],
    [l10n.t('Technology'), object.technology],
    [l10n.t('Remote ID'), object.remoteId],
    [l10n.t('Remote type'), object.remoteType],
    [l10n.t('Remote format'), object.remoteFormat],
    [l10n.t('Remote kind'), object.remoteKind],
    [l10n.t('Created on the platform'), dated(object.remoteCreatedAt)],
    [l10n.t('Updated on the platform'), dated(object.remoteUpdatedAt)],
    [l10n.t('Last synchronized'), dated(object.lastSyncedAt)],
    ...originRows(object),
    ['ID', object.id],
  ];
}

function taskRows(task: Task): readonly FactRow[] {
  return [
    [l10n.t('Type'), task.type],
    [l10n.t('Trigger'), task.trigger],
    [l10n.t('Created by'), task.createdBy],
    [l10n.t('Created'), dated(task.createdAt)],
    [l10n.t('Parent task'), task.parentId],
    ['ID', task.taskId],
  ];
}

function runRows(run: Run): readonly FactRow[] {
  return [
    [l10n.t('Created'), dated(run.createdAt)],
    [l10n.t('Started'), dated(run.startedAt)],
    [l10n.t('Completed'), dated(run.completedAt)],
    [l10n.t('Updated'), dated(run.updatedAt)],
    [l10n.t('Canceled by'), run.canceledBy],
    ['ID', run.runId],
  ];
}

function originRows({
  createdBy,
  createdAt,
  updatedBy,
  updatedAt,
}: Connection | DataObject): readonly FactRow[] {
  return [
    [l10n.t('Created by'), createdBy],
    [l10n.t('Created'), dated(createdAt)],
    [l10n.t('Updated by'), updatedBy],
    [l10n.t('Updated'), dated(updatedAt)],
  ];
}
