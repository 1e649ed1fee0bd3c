import * as vscode from 'vscode';
import { idsAt } from '../editor/idsAt';
import type { ResourcePath } from '../services/path';
import type { Resource } from '../services/service';
import type { Store } from '../store/store';
import type { Handler } from './handler';
import { inView } from './progress';
import type { Targets } from './targets';
import { showInformation } from '../ui/messages';
import { showQuickPick } from '../ui/quickInput';

/** Shows in the tree what the id under the cursor stands for. @param reveal shows the resource at a path. */
export function revealId(targets: Targets, store: Store, reveal: Handler): Handler {
  return async () => {
    const target = await atCursor(targets, store);
    if (target) await reveal(target);
  };
}

async function atCursor(targets: Targets, store: Store): Promise<ResourcePath | undefined> {
  const words = wordsAtCursor();
  const loaded = words.map((word) => store.find(word)).find((found) => found.length > 0);
  const found = loaded ?? (await inView(() => locate(store, words)));
  if (found.length === 0) {
    void showInformation(
      vscode.l10n.t(
        'There is no ID at the cursor that an account knows. Refresh the view if it was made lately.',
      ),
    );
  }
  return choose(targets, found);
}

/** The selected text, or what may be an id at the cursor. */
function wordsAtCursor(): readonly string[] {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return [];
  const { document, selection } = editor;
  const { line, character } = selection.active;
  if (!selection.isEmpty && selection.isSingleLine) return [document.getText(selection).trim()];
  return idsAt(document.lineAt(line).text, character).map(({ text }) => text);
}

async function locate(store: Store, words: readonly string[]): Promise<readonly Resource[]> {
  for (const word of words) {
    const found = await store.locate(word);
    if (found.length > 0) return found;
  }
  return [];
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
