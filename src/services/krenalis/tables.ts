import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { texts } from '../decode';
import { parentPath, type ResourcePath } from '../path';
import type { Table } from '../portrait';
import type { Resource } from '../service';
import { columnsOf } from '../tables';
import { linkedIds, scheduleText, yesNo } from './resources';
import { connectionSchema, identitySchema, pipelineSchema, runSchema } from './schemas';
import { countsText } from './steps';

/** The tables of a resource: what lies below it, and the connections that one is linked with. */
export function tablesOf(resource: Resource): readonly Table[] {
  const { kind, path } = resource;
  switch (kind) {
    case 'account':
      return [connectionTable('connections', l10n.t('Connections'), path, () => true)];
    case 'connection':
      return [pipelineTable(path), ...linkedTable(resource)];
    case 'pipeline':
      return resource.hasChildren ? [runTable(path)] : [];
    case 'group':
      return [identityTable(path)];
    default:
      return [];
  }
}

/** Linked connections stand in the list of the account. */
function linkedTable({ path, json }: Resource): readonly Table[] {
  const decoded = v.safeParse(connectionSchema, json);
  const ids = new Set(decoded.success ? linkedIds(decoded.output) : []);
  const source = parentPath(path);
  if (ids.size === 0 || !source) return [];
  return [connectionTable('linked', l10n.t('Linked Connections'), source, ({ id }) => ids.has(id))];
}

function connectionTable(
  id: string,
  title: string,
  source: ResourcePath,
  includes: (connection: Resource) => boolean,
): Table {
  return {
    id,
    title,
    source,
    columns: columnsOf(connectionSchema, [
      ['role', l10n.t('Role'), 'text', ({ role }) => role],
      ['connector', l10n.t('Connector'), 'text', ({ connector }) => connector],
      ['pipelines', l10n.t('Pipelines'), 'number', ({ pipelines = [] }) => pipelines.length],
    ]),
    includes: (resource) => resource.kind === 'connection' && includes(resource),
  };
}

/** Only pipelines that run now and then, rather than being passed by events, say whether they are running. */
function pipelineTable(source: ResourcePath): Table {
  return {
    id: 'pipelines',
    title: l10n.t('Pipelines'),
    source,
    columns: columnsOf(pipelineSchema, [
      ['target', l10n.t('Target'), 'text', ({ target }) => target],
      ['enabled', l10n.t('Enabled'), 'text', ({ enabled }) => yesNo(enabled)],
      ['schedule', l10n.t('Schedule'), 'text', scheduleText],
      ['running', l10n.t('Running'), 'text', ({ running }) => yesNo(running)],
    ]),
    includes: ({ kind }) => kind === 'pipeline',
  };
}

function runTable(source: ResourcePath): Table {
  return {
    id: 'runs',
    title: l10n.t('Runs'),
    source,
    columns: columnsOf(runSchema, [
      ['started', l10n.t('Started'), 'date', ({ startTime }) => startTime],
      ['ended', l10n.t('Ended'), 'date', ({ endTime }) => endTime],
      ['counts', l10n.t('Records'), 'text', countsText],
      ['error', l10n.t('Error'), 'text', ({ error }) => error],
    ]),
    includes: ({ kind }) => kind === 'run',
  };
}

function identityTable(source: ResourcePath): Table {
  return {
    id: 'identities',
    title: l10n.t('Identities'),
    source,
    columns: columnsOf(identitySchema, [
      [
        'anonymous',
        l10n.t('Anonymous IDs'),
        'text',
        ({ anonymousIds }) => texts(anonymousIds).join(', ') || undefined,
      ],
      ['pipeline', l10n.t('Pipeline'), 'text', ({ pipeline }) => pipeline],
      ['updated', l10n.t('Updated'), 'date', ({ updatedAt }) => updatedAt],
    ]),
    includes: ({ kind }) => kind === 'identity',
  };
}
