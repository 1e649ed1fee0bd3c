import * as l10n from '@vscode/l10n';
import { childPath } from './path';
import type { Item, Problem, Resource } from './service';

/** A row below `parent` that says what went wrong there. `id` is unique among the problems of that parent. */
export function problemItem(parent: Resource, id: string, problem: Problem): Item {
  const path = childPath(parent.path, 'problem', id);
  return { resource: { path, kind: 'problem', id, label: problem.what, hasChildren: false, problem } };
}

/**
 * A row for an item of a list that cannot be shown.
 * @param position where the item stands, such as `0.12` for the 13th of the first page.
 * @param flaw what is wrong with it, such as `id: missing`.
 */
export function brokenItem(parent: Resource, position: string, flaw: string): Item {
  return problemItem(parent, `broken ${position}`, {
    what: l10n.t('An item cannot be shown'),
    why: l10n.t('Item {0} of the list is not as documented: {1}.', position, flaw),
    advice: l10n.t('The other items of the list are shown. Refresh later: the service may have mended it.'),
    retry: false,
  });
}
