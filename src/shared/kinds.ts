import * as l10n from '@vscode/l10n';

/** Properties shared by all resources of one kind. */
interface KindTraits {
  /** A codicon. */
  readonly icon: string;
  /** The kind in the user's language; empty for a row that is not a resource. A function, because the language is not known at load time. */
  readonly noun: () => string;
  /** It has an ID and JSON in the service. */
  readonly hasId?: true;
  /** Its ID is used in documents, so IDs in text are looked up. */
  readonly isIndexed?: true;
  /** It may have children. */
  readonly hasChildren?: true;
  /** It has a page in the service's own UI. */
  readonly hasLink?: true;
  /** It has a status of backfills, or resources below it have. */
  readonly hasBackfillStatus?: true;
  /** It is a run, or has runs below it. */
  readonly isWatchable?: true;
  /** It is a single run, which never restarts once it has ended. */
  readonly isRun?: true;
  /** It is made by the tree: neither the store nor services know it. */
  readonly isOfTree?: true;
}

/**
 * Every kind of row of the tree, in the terms of the services. `group`, `problem`, `more`, `noMatch` and `section` are
 * not resources: a collection, an error, pages not loaded yet, what a filter leaves of a list, and connections that have
 * something in common.
 */
export const KINDS = {
  account: {
    ...{ icon: 'account', noun: () => l10n.t('Account') },
    ...{ hasChildren: true, hasLink: true, hasBackfillStatus: true },
  },
  connection: {
    ...{ icon: 'plug', noun: () => l10n.t('Connection') },
    ...{ hasId: true, isIndexed: true, hasChildren: true, hasLink: true },
    ...{ hasBackfillStatus: true, isWatchable: true },
  },
  dataset: {
    ...{ icon: 'table', noun: () => l10n.t('Dataset') },
    ...{ hasId: true, isIndexed: true, hasChildren: true, hasLink: true },
    ...{ hasBackfillStatus: true, isWatchable: true },
  },
  backfill: {
    ...{ icon: 'history', noun: () => l10n.t('Backfill') },
    ...{ hasId: true, hasLink: true, hasBackfillStatus: true, isWatchable: true, isRun: true },
  },
  dataView: {
    ...{ icon: 'eye', noun: () => l10n.t('Data view') },
    ...{ hasId: true, isIndexed: true, hasChildren: true, hasLink: true },
  },
  dimension: {
    ...{ icon: 'symbol-variable', noun: () => l10n.t('Dimension') },
    ...{ hasId: true, isIndexed: true, hasLink: true },
  },
  metric: {
    ...{ icon: 'symbol-numeric', noun: () => l10n.t('Metric') },
    ...{ hasId: true, isIndexed: true, hasLink: true },
  },
  entity: {
    ...{ icon: 'symbol-namespace', noun: () => l10n.t('Entity') },
    ...{ hasId: true, hasChildren: true },
  },
  field: { icon: 'symbol-field', noun: () => l10n.t('Field'), hasId: true },
  pipeline: {
    ...{ icon: 'git-merge', noun: () => l10n.t('Pipeline') },
    ...{ hasId: true, isIndexed: true, hasChildren: true, hasLink: true, isWatchable: true },
  },
  run: {
    ...{ icon: 'history', noun: () => l10n.t('Run') },
    ...{ hasId: true, hasLink: true, isWatchable: true, isRun: true },
  },
  identity: { icon: 'person', noun: () => l10n.t('Identity'), hasId: true, hasLink: true },
  dataObject: {
    ...{ icon: 'symbol-class', noun: () => l10n.t('Data object') },
    ...{ hasId: true, isIndexed: true, hasChildren: true },
  },
  task: {
    ...{ icon: 'checklist', noun: () => l10n.t('Task') },
    ...{ hasId: true, isIndexed: true, hasChildren: true, isWatchable: true },
  },
  group: {
    ...{ icon: 'folder', noun: () => l10n.t('Group') },
    ...{ hasChildren: true, hasLink: true },
  },
  problem: { icon: 'error', noun: () => l10n.t('Problem') },
  more: { icon: 'ellipsis', noun: () => '' },
  noMatch: { icon: 'search-stop', noun: () => '', isOfTree: true },
  section: { icon: 'layers', noun: () => l10n.t('Group'), hasChildren: true, isOfTree: true },
} as const satisfies Readonly<Record<string, KindTraits>>;

export type ResourceKind = keyof typeof KINDS;

export type KindTrait = Exclude<keyof KindTraits, 'icon' | 'noun'>;

export function traitsOfKind(kind: ResourceKind): KindTraits {
  return KINDS[kind];
}

/** The kinds that have a trait, in the order of the table. */
export function kindsThat(trait: KindTrait): readonly ResourceKind[] {
  return (Object.keys(KINDS) as ResourceKind[]).filter((kind) => traitsOfKind(kind)[trait]);
}
