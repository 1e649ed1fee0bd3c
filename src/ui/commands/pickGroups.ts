import * as l10n from '@vscode/l10n';
import { type ResourcePath, getAccountPath } from '../../core/services/contract/path';
import type { ResourceKind } from '../../shared/kinds';
import type { PickGroup } from '../quickInput';

/** The kinds of a quick pick in their order, with the titles of their groups: what changes by itself is last. */
const GROUPS = {
  connection: () => l10n.t('Connections'),
  dataset: () => l10n.t('Datasets'),
  dataView: () => l10n.t('Data views'),
  dimension: () => l10n.t('Dimensions'),
  metric: () => l10n.t('Metrics'),
  pipeline: () => l10n.t('Pipelines'),
  entity: () => l10n.t('Entities'),
  dataObject: () => l10n.t('Data objects'),
  identity: () => l10n.t('Identities'),
  field: () => l10n.t('Fields'),
  group: () => l10n.t('Groups'),
  account: () => l10n.t('Accounts'),
  backfill: () => l10n.t('Backfills'),
  run: () => l10n.t('Runs'),
  task: () => l10n.t('Tasks'),
  problem: () => l10n.t('Problems'),
  more: () => l10n.t('Others'),
  noMatch: () => l10n.t('Others'),
  section: () => l10n.t('Others'),
} satisfies Readonly<Record<ResourceKind, () => string>>;

// Object.keys forgets the keys.
const ORDER = Object.keys(GROUPS) as readonly ResourceKind[];

/** The number of recently used entries that a quick pick shows on top. */
export const MAX_RECENT_SHOWN = 5;

/** An entry that belongs to a group. */
interface Grouped {
  readonly path: ResourcePath;
  readonly resourceKind: ResourceKind;
}

/**
 * The entries of a quick pick by kind and account: connections first, runs and tasks last. Within a group they keep
 * their order.
 * @param accountName names the account of a path in the titles; undefined if there is only one.
 */
export function groupByKind<T extends Grouped>(
  items: readonly T[],
  accountName: (path: ResourcePath) => string | undefined,
): readonly PickGroup<T>[] {
  const groups = new Map<string, { readonly first: T; readonly items: T[] }>();
  for (const item of items) {
    const key = `${item.resourceKind} ${getAccountPath(item.path)}`;
    const group = groups.get(key);
    if (group) group.items.push(item);
    else groups.set(key, { first: item, items: [item] });
  }
  return [...groups.values()]
    .toSorted((a, b) => ORDER.indexOf(a.first.resourceKind) - ORDER.indexOf(b.first.resourceKind))
    .map(({ first, items: members }) => ({
      title: [GROUPS[first.resourceKind](), accountName(first.path)].filter(Boolean).join(' · '),
      items: members,
    }));
}

/** Puts recently used entries into a group of their own, on top. @param recent the latest first. */
export function withRecent<T extends Grouped>(
  recent: readonly T[],
  groups: readonly PickGroup<T>[],
): readonly PickGroup<T>[] {
  const shown = recent.slice(0, MAX_RECENT_SHOWN);
  const paths = new Set(shown.map(({ path }) => path));
  const others = groups.map(({ title, items }) => ({
    title,
    items: items.filter(({ path }) => !paths.has(path)),
  }));
  return [{ title: l10n.t('recently used'), items: shown }, ...others];
}
