import type { DetailViews, Table } from '../../contract/detailViews';
import { toStructure } from './structure';
import * as l10n from '@vscode/l10n';
import { idInPath, type ResourcePath } from '../../contract/path';
import type { Resource } from '../../contract/resource';
import { toTable } from '../../common/overviewRows';
import { groupsText, joinText, originText } from '../levels/resources';
import { attributeSchema, connectionSchema, fieldSchema } from '../client/schemas';

/** Datadog has no runs, so there is no timeline. */
export const datadogPortrait: DetailViews = {
  accountLevels: () => [
    { kind: 'entity', title: l10n.t('Entities'), tallies: [] },
    {
      kind: 'connection',
      title: l10n.t('Connections'),
      tallies: [],
      load: {
        title: l10n.t('Load Connections'),
        prefetchable: false,
        missing: (count, total) => l10n.t('Not loaded for {0} of {1} entities', count, total),
      },
    },
  ],
  tables: toTables,
  timeline: () => undefined,
  structureInputs: ({ kind, path }) => (kind === 'entity' || kind === 'connection' ? [path] : []),
  structure: toStructure,
};

/** Tables of the children of a resource. */
function toTables({ kind, path }: Resource): readonly Table[] {
  switch (kind) {
    case 'entity':
      return [connectionTable(path)];
    case 'connection':
      return [fieldTable(path)];
    case 'group':
      return idInPath(path, 'entity') === undefined ? [] : [attributeTable(path)];
    default:
      return [];
  }
}

function connectionTable(source: ResourcePath): Table {
  return toTable(l10n.t('Connections'), source, 'connection', connectionSchema, [
    ['type', l10n.t('Type'), 'text', ({ type }) => type],
    ['join', l10n.t('Joined by'), 'text', joinText],
    ['fields', l10n.t('Fields'), 'number', ({ fields = [] }) => fields.length],
  ]);
}

/** The rows are ordered as in the tree: grouped. */
function fieldTable(source: ResourcePath): Table {
  return toTable(l10n.t('Fields'), source, 'field', fieldSchema, [
    ['groups', l10n.t('Groups'), 'text', groupsText],
    ['type', l10n.t('Type'), 'text', ({ type }) => type],
    ['column', l10n.t('Source column'), 'text', ({ source_name: column }) => column],
    ['description', l10n.t('Description'), 'text', ({ description }) => description],
  ]);
}

function attributeTable(source: ResourcePath): Table {
  return toTable(l10n.t('Attributes'), source, 'field', attributeSchema, [
    ['groups', l10n.t('Groups'), 'text', groupsText],
    ['type', l10n.t('Type'), 'text', ({ type }) => type],
    ['origin', l10n.t('Origin'), 'text', originText],
    ['description', l10n.t('Description'), 'text', ({ description }) => description],
  ]);
}
