import * as l10n from '@vscode/l10n';
import { parentPath, type ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';

/**
 * The rows below a path as the tree shows them. A failure with the same cause as one of a parent level is
 * shortened to "same problem as above", without its suggestion.
 */
export function withoutRepetition(
  store: Pick<Store, 'rows'>,
  path: ResourcePath,
  rows: readonly Resource[],
): readonly Resource[] {
  if (!rows.some(({ problem }) => problem?.cause !== undefined)) return rows;
  const shown = causesAbove(store, path);
  return rows.map((row) => {
    const { cause } = row.problem ?? {};
    return cause !== undefined && shown.has(cause) ? shortened(row) : row;
  });
}

function causesAbove(store: Pick<Store, 'rows'>, path: ResourcePath): ReadonlySet<string> {
  const causes = new Set<string>();
  for (let above = parentPath(path); above; above = parentPath(above)) {
    for (const { problem } of store.rows(above) ?? [])
      if (problem?.cause !== undefined) causes.add(problem.cause);
  }
  return causes;
}

function shortened(row: Resource): Resource {
  if (!row.problem) return row;
  const { title, detail, retryable } = row.problem;
  const problem = { title, detail, retryable };
  return { ...row, description: l10n.t('same problem as above'), problem };
}
