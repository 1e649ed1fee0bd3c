import { parentPath, type ResourcePath } from '../../contract/path';
import type { DetailViews, Timeline, Table } from '../../contract/detailViews';
import { type Resource, getJson } from '../../contract/resource';
import { toStructure } from './structure';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { ids } from '../../common/decode';
import { toTable, yesNo } from '../../common/overviewRows';
import { linkedIds, scheduleText } from '../levels/resources';
import { connectionSchema, identitySchema, pipelineSchema, runSchema } from '../client/schemas';
import { countsText } from '../levels/steps';

export const krenalisPortrait: DetailViews = {
  accountLevels: () => [
    { kind: 'connection', title: l10n.t('Connections'), tallies: [] },
    {
      kind: 'pipeline',
      title: l10n.t('Pipelines'),
      tallies: [],
      load: {
        title: l10n.t('Load Pipelines'),
        prefetchable: true,
        missing: (count, total) => l10n.t('Not loaded for {0} of {1} connections', count, total),
      },
    },
  ],
  tables: toTables,
  timeline: toTimeline,
  structureInputs: getSources,
  structure: toStructure,
};

/** Runs by pipeline. The runs of all pipelines are in one response, which identical requests share. */
function toTimeline({ kind, path, hasChildren }: Resource): Timeline | undefined {
  const lanes = { lanes: 'pipeline', bars: 'run' } as const;
  if (kind === 'connection') return { source: path, ...lanes };
  const parent = parentPath(path);
  return kind === 'pipeline' && hasChildren && parent
    ? { source: parent, ...lanes, laneFilter: path }
    : undefined;
}

/** The pipelines, and the list that contains linked connections. */
function getSources({ kind, path }: Resource): readonly ResourcePath[] {
  const parent = parentPath(path);
  if (parent === undefined) return [];
  if (kind === 'connection') return [parent, path];
  const account = parentPath(parent);
  return kind === 'pipeline' && account ? [account, parent] : [];
}

/** Tables of the children of a resource, and of linked connections. */
function toTables(resource: Resource): readonly Table[] {
  const { kind, path } = resource;
  switch (kind) {
    case 'account':
      return [connectionTable(l10n.t('Connections'), path)];
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

/** Linked connections are in the list of the account. */
function linkedTable({ path, json }: Resource): readonly Table[] {
  const decoded = v.safeParse(connectionSchema, getJson({ json }));
  const linked = new Set(decoded.success ? linkedIds(decoded.output) : []);
  const source = parentPath(path);
  if (linked.size === 0 || !source) return [];
  const table = connectionTable(l10n.t('Linked Connections'), source);
  return [{ ...table, includes: (row) => table.includes(row) && linked.has(row.id) }];
}

function connectionTable(title: string, source: ResourcePath): Table {
  return toTable(title, source, 'connection', connectionSchema, [
    ['role', l10n.t('Role'), 'text', ({ role }) => role],
    ['connector', l10n.t('Connector'), 'text', ({ connector }) => connector],
    ['pipelines', l10n.t('Pipelines'), 'number', ({ pipelines = [] }) => pipelines.length],
  ]);
}

/** Only batch pipelines report whether they are running; event pipelines do not. */
function pipelineTable(source: ResourcePath): Table {
  return toTable(l10n.t('Pipelines'), source, 'pipeline', pipelineSchema, [
    ['target', l10n.t('Target'), 'text', ({ target }) => target],
    ['enabled', l10n.t('Enabled'), 'text', ({ enabled }) => yesNo(enabled)],
    ['schedule', l10n.t('Schedule'), 'text', scheduleText],
    ['running', l10n.t('Running'), 'text', ({ running }) => yesNo(running)],
  ]);
}

function runTable(source: ResourcePath): Table {
  return toTable(l10n.t('Runs'), source, 'run', runSchema, [
    ['started', l10n.t('Started'), 'date', ({ startTime }) => startTime],
    ['ended', l10n.t('Ended'), 'date', ({ endTime }) => endTime],
    ['counts', l10n.t('Records'), 'text', countsText],
    ['error', l10n.t('Error'), 'text', ({ error }) => error],
  ]);
}

function identityTable(source: ResourcePath): Table {
  return toTable(l10n.t('Identities'), source, 'identity', identitySchema, [
    [
      'anonymous',
      l10n.t('Anonymous IDs'),
      'text',
      ({ anonymousIds }) => ids(anonymousIds).join(', ') || undefined,
    ],
    ['pipeline', l10n.t('Pipeline'), 'text', ({ pipeline }) => pipeline],
    ['updated', l10n.t('Updated'), 'date', ({ updatedAt }) => updatedAt],
  ]);
}
