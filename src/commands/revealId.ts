import * as vscode from 'vscode';
import { inLowerCase, isGenerated } from '../editor/generatedId';
import { findLoaded } from '../editor/knownIds';
import { selectedIds } from '../editor/selectedIds';
import type { ResourcePath } from '../services/path';
import type { Resource } from '../services/service';
import type { Store } from '../store/store';
import type { Handler } from './handler';
import { inView } from './progress';
import type { Targets } from './targets';
import { showInformation } from '../ui/messages';
import { showQuickPick } from '../ui/quickInput';

/** So many ids that are not loaded are asked for at once. */
const MAX_LOOK_UPS = 10;

/** Shows in the tree what the id under the cursor stands for. @param reveal shows the resource at a path. */
export function revealId(targets: Targets, store: Store, reveal: Handler): Handler {
  return async () => {
    const target = await atCursor(targets, store);
    if (target) await reveal(target);
  };
}

async function atCursor(targets: Targets, store: Store): Promise<ResourcePath | undefined> {
  const selections = idsAtCursors();
  const loaded = unique(selections.flatMap((groups) => loadedOf(store, groups)));
  const found = loaded.length > 0 ? loaded : await inView(() => located(store, selections));
  if (found.length === 0) {
    void showInformation(
      vscode.l10n.t(
        'There is no ID at the cursor that an account knows. Refresh the view if it was made lately.',
      ),
    );
  }
  return choose(targets, found);
}

/** What may be an id, in the groups of `selectedIds`, for every cursor of the active editor. */
function idsAtCursors(): readonly (readonly (readonly string[])[])[] {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return [];
  const lineAt = (line: number): string => editor.document.lineAt(line).text;
  return editor.selections.map((selection) => selectedIds(lineAt, selection));
}

/** The resources of the first group that has any. An id that people choose counts here, for somebody asks about it. */
function loadedOf(store: Store, groups: readonly (readonly string[])[]): readonly Resource[] {
  for (const group of groups) {
    const found = group.flatMap((text) => findLoaded(store, text));
    if (found.length > 0) return found;
  }
  return [];
}

/** What services say of the first ids that have their form. */
async function located(
  store: Store,
  selections: readonly (readonly (readonly string[])[])[],
): Promise<readonly Resource[]> {
  const ids = new Set(selections.flat(2).filter(isGenerated).map(inLowerCase));
  const found: Resource[] = [];
  for (const id of [...ids].slice(0, MAX_LOOK_UPS)) found.push(...(await store.locate(id)));
  return unique(found);
}

function unique(resources: readonly Resource[]): readonly Resource[] {
  return [...new Map(resources.map((resource) => [resource.path, resource])).values()];
}

async function choose(targets: Targets, found: readonly Resource[]): Promise<ResourcePath | undefined> {
  const [first, ...others] = found;
  if (others.length === 0) return first?.path;
  const chosen = await showQuickPick(
    found.map((resource) => targets.item(resource)),
    { title: vscode.l10n.t('Reveal in the tree'), matchOnDetail: true },
  );
  return chosen?.path;
}
