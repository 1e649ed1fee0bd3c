import { parentPath, type ResourcePath } from '../../contract/path';
import type { DetailViews, Timeline, Table } from '../../contract/detailViews';
import type { Resource } from '../../contract/resource';
import { tasksGroup } from '../levels/resources';
import { toStructure } from './structure';
import * as l10n from '@vscode/l10n';
import { constantText } from '../../../../shared/status';
import { toTable } from '../../common/overviewRows';
import { toUser } from '../../common/users';
import { connectionSchema, dataObjectSchema, runSchema, taskSchema } from '../client/schemas';

export const immutaPortrait: DetailViews = {
  accountLevels: () => [{ kind: 'connection', title: l10n.t('Connections'), tallies: [] }],
  tables: toTables,
  timeline: toTimeline,
  structureInputs: getSources,
  structure: toStructure,
};

/** Runs by task. Immuta returns the runs of one task at a time. */
function toTimeline(resource: Resource): Timeline | undefined {
  const { kind, path } = resource;
  const lanes = { lanes: 'task', bars: 'run' } as const;
  if (kind === 'connection') return { source: tasksGroup(resource).path, ...lanes };
  if (kind === 'group') return { source: path, ...lanes };
  const parent = parentPath(path);
  return kind === 'task' && parent ? { source: parent, ...lanes, laneFilter: path } : undefined;
}

function getSources({ kind, path }: Resource): readonly ResourcePath[] {
  return kind === 'connection' || kind === 'dataObject' ? [path] : [];
}

/** Tables of the children of a resource. */
function toTables(resource: Resource): readonly Table[] {
  const { kind, path } = resource;
  switch (kind) {
    case 'account':
      return [connectionTable(path)];
    case 'connection':
      return [taskTable(l10n.t('Tasks'), tasksGroup(resource).path), objectTable(path)];
    case 'dataObject':
      return [objectTable(path)];
    case 'group':
      return [taskTable(l10n.t('Tasks'), path)];
    case 'task':
      return [runTable(path), taskTable(l10n.t('Tasks of children'), path)];
    default:
      return [];
  }
}

function connectionTable(source: ResourcePath): Table {
  return toTable(l10n.t('Connections'), source, 'connection', connectionSchema, [
    ['technology', l10n.t('Technology'), 'text', ({ technology }) => technology],
    ['createdBy', l10n.t('Created by'), 'text', ({ createdBy }) => toUser(createdBy)],
    ['created', l10n.t('Created'), 'date', ({ createdAt }) => createdAt],
    ['updated', l10n.t('Updated'), 'date', ({ updatedAt }) => updatedAt],
  ]);
}

/** A task has no name: its type is shown instead. */
function taskTable(title: string, source: ResourcePath): Table {
  return toTable(title, source, 'task', taskSchema, [
    ['trigger', l10n.t('Trigger'), 'text', ({ trigger }) => trigger && constantText(trigger)],
    ['createdBy', l10n.t('Created by'), 'text', ({ createdBy }) => toUser(createdBy)],
    ['created', l10n.t('Created'), 'date', ({ createdAt }) => createdAt],
  ]);
}

function objectTable(source: ResourcePath): Table {
  return toTable(l10n.t('Data Objects'), source, 'dataObject', dataObjectSchema, [
    ['type', l10n.t('Type'), 'text', ({ type, normalizedType }) => type ?? normalizedType],
    ['technology', l10n.t('Technology'), 'text', ({ technology }) => technology],
    ['remoteId', l10n.t('Remote ID'), 'text', ({ remoteId }) => remoteId],
    ['synced', l10n.t('Last synced'), 'date', ({ lastSyncedAt }) => lastSyncedAt],
  ]);
}

function runTable(source: ResourcePath): Table {
  return toTable(l10n.t('Runs'), source, 'run', runSchema, [
    ['created', l10n.t('Created'), 'date', ({ createdAt }) => createdAt],
    ['started', l10n.t('Started'), 'date', ({ startedAt }) => startedAt],
    ['completed', l10n.t('Completed'), 'date', ({ completedAt }) => completedAt],
    ['canceledBy', l10n.t('Canceled by'), 'text', ({ canceledBy }) => toUser(canceledBy)],
  ]);
}
