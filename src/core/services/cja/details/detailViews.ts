import * as l10n from '@vscode/l10n';
import type { AccountLevel, DetailViews, Timeline, Table } from '../../contract/detailViews';
import { toTallies } from '../../common/tallies';
import {
  isHiddenConnection,
  componentGroups,
  getComponentKind,
  dataViewsGroup,
  onOff,
  getOwner,
  typeText,
} from '../levels/resources';
import { countStates } from '../levels/status';
import {
  connectionSchema,
  datasetSchema,
  backfillSchema,
  componentSchema,
  dataViewSchema,
} from '../client/schemas';
import { parentPath, type ResourcePath } from '../../contract/path';
import type { Resource } from '../../contract/resource';
import { toStructure } from './structure';
import { toTable } from '../../common/overviewRows';
import type { ComponentKind } from '../client/operations';

/** What the overview of an account counts: connections with their backfills and validation errors, and datasets. */
export function toAccountLevels(): readonly AccountLevel[] {
  return [
    {
      kind: 'connection',
      title: l10n.t('Connections'),
      tallies: toTallies(connectionSchema, [
        [
          'failedBackfills',
          l10n.t('failed backfills'),
          'failed',
          ({ backfillSummary }) => countStates(backfillSummary).failed,
        ],
        [
          'queuedBackfills',
          l10n.t('queued backfills'),
          'queued',
          ({ backfillSummary }) => countStates(backfillSummary).queued,
        ],
        [
          'validationErrors',
          l10n.t('validation errors'),
          'warning',
          ({ connectionValidationErrors }) => connectionValidationErrors?.length,
        ],
      ]),
    },
    {
      kind: 'dataset',
      title: l10n.t('Datasets'),
      load: {
        title: l10n.t('Load Datasets'),
        prefetchable: true,
        missing: (count, total) => l10n.t('Not loaded for {0} of {1} connections', count, total),
        isBelow: (connection) => !isHiddenConnection(connection),
      },
      tallies: toTallies(datasetSchema, [
        [
          'switchedOff',
          l10n.t('with import of new data off'),
          'inactive',
          ({ streaming }) => Number(streaming === false),
        ],
      ]),
    },
  ];
}

/** A connection without JSON, which is only known from its data views, has neither timeline nor structure. */
export const cjaPortrait: DetailViews = {
  accountLevels: () => toAccountLevels(),
  tables: toTables,
  timeline: toTimeline,
  structureInputs: getSources,
  structure: toStructure,
};

/** Backfills by dataset: one request returns those of a whole connection (expansion `granularBackfills`). */
function toTimeline({ kind, path, json }: Resource): Timeline | undefined {
  if (json === undefined) return undefined;
  const lanes = { lanes: 'dataset', bars: 'backfill' } as const;
  if (kind === 'connection') return { source: path, ...lanes, prefetchable: true };
  const parent = parentPath(path);
  return kind === 'dataset' && parent ? { source: parent, ...lanes, laneFilter: path } : undefined;
}

function getSources({ kind, path, json }: Resource): readonly ResourcePath[] {
  if (json === undefined) return [];
  if (kind === 'connection') return [path];
  const parent = parentPath(path);
  return kind === 'dataset' && parent ? [parent] : [];
}

/** Tables of the children of a resource. A connection without JSON is only known from its data views. */
function toTables(resource: Resource): readonly Table[] {
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
    case 'dataView': {
      const [dimensions, metrics] = componentGroups(resource);
      return [componentTable('dimension', dimensions), componentTable('metric', metrics)];
    }
    case 'group': {
      const component = getComponentKind(resource);
      return [component ? componentTable(component, resource) : dataViewTable(path)];
    }
    default:
      return [];
  }
}

function connectionTable(source: ResourcePath): Table {
  return toTable(l10n.t('Connections'), source, 'connection', connectionSchema, [
    ['sandbox', l10n.t('Sandbox'), 'text', ({ sandboxName }) => sandboxName],
    ['owner', l10n.t('Owner'), 'text', getOwner],
    ['created', l10n.t('Created'), 'date', ({ createdDate }) => createdDate],
    ['modified', l10n.t('Modified'), 'date', ({ modifiedDate }) => modifiedDate],
  ]);
}

function datasetTable(source: ResourcePath): Table {
  return toTable(l10n.t('Datasets'), source, 'dataset', datasetSchema, [
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
  return toTable(l10n.t('Data Views'), source, 'dataView', dataViewSchema, [
    ['description', l10n.t('Description'), 'text', ({ description }) => description],
    [
      'owner',
      l10n.t('Owner'),
      'text',
      (dataView) => getOwner({ ownerFullName: undefined, owner: dataView.owner }),
    ],
    ['created', l10n.t('Created'), 'date', ({ createdDate }) => createdDate],
    ['modified', l10n.t('Modified'), 'date', ({ modifiedDate }) => modifiedDate],
  ]);
}

function componentTable(kind: ComponentKind, { path, label }: Resource): Table {
  return toTable(label, path, kind, componentSchema, [
    ['id', 'ID', 'text', ({ id }) => id],
    ['type', l10n.t('Type'), 'text', ({ type }) => type && typeText(type)],
    ['schemaPath', l10n.t('Schema path'), 'text', ({ schemaPath }) => schemaPath],
    ['description', l10n.t('Description'), 'text', ({ description }) => description],
  ]);
}

/** A backfill is labeled by the data that it loads. */
function backfillTable(source: ResourcePath): Table {
  return toTable(l10n.t('Backfills'), source, 'backfill', backfillSchema, [
    ['created', l10n.t('Created'), 'date', ({ createdDate }) => createdDate],
  ]);
}
