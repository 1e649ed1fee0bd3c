import * as l10n from '@vscode/l10n';
import { parentPath, pathSegments, type ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import type { ResourceKind } from '../../shared/kinds';
import type { WorkspacePaths } from '../../ui/storage/workspacePaths';

/** What can be pinned: what stays, and is listed whole. */
export const PINNABLE_KINDS: readonly ResourceKind[] = [
  ...(['connection', 'dataset', 'dataView', 'entity', 'pipeline', 'dataObject'] as const),
];

/**
 * The rows of a list with the pinned ones on top, below its problems. A pinned one that a complete list lacks is a row
 * that says so.
 */
export function pinnedFirst(
  store: Pick<Store, 'get' | 'state' | 'getFailure'>,
  pins: Pick<WorkspacePaths, 'list' | 'has'>,
  list: ResourcePath,
  rows: readonly Resource[],
): readonly Resource[] {
  const isPinned = ({ path, kind }: Resource): boolean => kind !== 'problem' && pins.has(path);
  const pinned = rows.filter(isPinned);
  const missing = isComplete(store, list, rows)
    ? [...pins.list()].filter(([path]) => parentPath(path) === list && !store.get(path))
    : [];
  if (pinned.length + missing.length === 0) return rows;
  const problems = rows.filter(({ kind }) => kind === 'problem');
  const others = rows.filter((row) => row.kind !== 'problem' && !isPinned(row));
  return [...problems, ...pinned, ...missing.map(([path, name]) => missingRow(path, name)), ...others];
}

/** False if a resource may be in a part of the list that is not loaded, or could not be read. */
function isComplete(
  store: Pick<Store, 'state' | 'getFailure'>,
  list: ResourcePath,
  rows: readonly Resource[],
): boolean {
  const { loaded, total = loaded, reading, stale, readAt } = store.state(list);
  const isWhole = readAt !== undefined && !reading && !stale && loaded >= total;
  return (
    isWhole && !store.getFailure(list) && !rows.some(({ kind }) => kind === 'more' || kind === 'problem')
  );
}

function missingRow(path: ResourcePath, name: string): Resource {
  return {
    ...{ path, kind: 'problem', hasChildren: false },
    id: pathSegments(path).at(-1)?.id ?? '',
    label: name,
    description: l10n.t('no longer listed'),
    problem: {
      title: l10n.t('This pinned row is no longer listed.'),
      detail: l10n.t('It was deleted, or this account can no longer see it.'),
      advice: l10n.t('Unpin it.'),
      retryable: false,
    },
  };
}
