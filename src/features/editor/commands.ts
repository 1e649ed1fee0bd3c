import * as vscode from 'vscode';
import { idLines } from '../../ui/idLines';
import { insertText } from '../../ui/insertText';
import type { LastTextEditor } from '../../ui/lastTextEditor';
import { showWarning, showStatusMessage } from '../../ui/messages';
import { getName } from '../../ui/text';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { kindsThat } from '../../shared/kinds';
import { nameOrId, type Targets } from '../../ui/commands/targets';
import { idsFor } from './idDrop';
import { inLowerCase, isGenerated, selectedIds } from './idTokens';
import { findLoaded } from './knownIds';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import { errorText } from '../../core/services/common/problem';
import type { LookUp } from '../../core/store/remoteIdLookup';
import type { Store } from '../../core/store/store';
import { inView } from '../../ui/cancellation';
import { showGroupedQuickPick } from '../../ui/quickInput';
import type { ConnectionsView } from '../connections/view';
import type { JsonDocuments } from './jsonDocuments';
import { reportNotFound } from './reportNotFound';
import { confirmMany, forEachRow } from '../../ui/commands/rows';

interface EditorContext {
  readonly targets: Targets;
  readonly store: Store;
  readonly view: Pick<ConnectionsView, 'reveal'>;
  readonly editors: LastTextEditor;
  readonly documents: Pick<JsonDocuments, 'open'>;
}

/** Commands of IDs and JSON in editors. */
export const editorCommands = {
  /** Inserts the IDs at every cursor of the last active text editor. */
  insertId: { rows: 'several', handler: insertId },
  /** Selects the resource whose ID is at the cursor or selected. */
  revealId: { rows: 'none', handler: revealId },
  /** Opens the full JSON in a read-only editor, with keys and numbers as the service wrote them. */
  openJson: { rows: 'several', handler: openJson },
} satisfies CommandTable<EditorContext>;

function insertId({ targets, editors }: EditorContext): Handler {
  return async (path, paths) => {
    if (!editors.document) {
      warnNoEditor();
      return;
    }
    const resources = await targets.some(
      kindsThat('hasId'),
      path,
      paths,
      vscode.l10n.t('Insert ID at Cursor'),
    );
    if (resources.length === 0) return;
    const ids = idLines(resources);
    const outcome = await insertText(editors, (document, replaced) => idsFor(ids, document, replaced));
    if (outcome === 'none') warnNoEditor();
    else if (outcome === 'refused')
      void showWarning(vscode.l10n.t('Nothing was inserted. The document is read-only.'));
    else
      showStatusMessage(
        resources.length === 1
          ? vscode.l10n.t('Inserted ID of {0}', ...resources.map(getName))
          : vscode.l10n.t('Inserted {0} IDs', resources.length),
      );
  };
}

function warnNoEditor(): void {
  void showWarning(vscode.l10n.t('There is no cursor to insert at. Open a file in an editor first.'));
}

/** The maximum number of IDs that one command looks up at services. */
const MAX_LOOK_UPS = 10;

/** The handler throws as `ConnectionsView.reveal`. */
function revealId({ targets, store, view }: EditorContext): Handler {
  return async () => {
    const target = await atCursor(targets, store);
    if (target) await inView(() => view.reveal(target));
  };
}

async function atCursor(targets: Targets, store: Store): Promise<ResourcePath | undefined> {
  const selections = idsAtCursors();
  const loaded = unique(selections.flatMap((groups) => pickLoaded(store, groups)));
  const { found, failures } =
    loaded.length > 0 ? { found: loaded, failures: [] } : await inView(() => lookUpIds(store, selections));
  if (found.length === 0)
    reportNotFound(vscode.l10n.t('No known ID at the cursor. If it is new, refresh the view.'), failures);
  return choose(targets, found);
}

/** Candidates for IDs at each cursor of the active editor, in the groups of `selectedIds`. */
function idsAtCursors(): readonly (readonly (readonly string[])[])[] {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return [];
  const lineAt = (line: number): string => editor.document.lineAt(line).text;
  return editor.selections.map((selection) => selectedIds(lineAt, selection));
}

/** The resources of the first group that has any. IDs chosen by users count, because the user asks about this one. */
function pickLoaded(store: Store, groups: readonly (readonly string[])[]): readonly Resource[] {
  for (const group of groups) {
    const found = group.flatMap((text) => findLoaded(store, text));
    if (found.length > 0) return found;
  }
  return [];
}

/** Looks up the first IDs that have the form of generated ones. */
async function lookUpIds(
  store: Store,
  selections: readonly (readonly (readonly string[])[])[],
): Promise<LookUp> {
  const ids = new Set(selections.flat(2).filter(isGenerated).map(inLowerCase));
  const found: Resource[] = [];
  const failures = new Map<string, unknown>();
  for (const id of [...ids].slice(0, MAX_LOOK_UPS)) {
    const lookUp = await store.lookUp(id);
    found.push(...lookUp.found);
    // An account that fails for one ID fails for the others.
    for (const failure of lookUp.failures) failures.set(errorText(failure), failure);
  }
  return { found: unique(found), failures: [...failures.values()] };
}

function unique(resources: readonly Resource[]): readonly Resource[] {
  return [...new Map(resources.map((resource) => [resource.path, resource])).values()];
}

async function choose(targets: Targets, found: readonly Resource[]): Promise<ResourcePath | undefined> {
  const [first, ...others] = found;
  if (others.length === 0) return first?.path;
  const groups = targets.groups(found.map((resource) => targets.item(resource)));
  const options = { title: vscode.l10n.t('Reveal in tree'), placeHolder: nameOrId(), matchOnDetail: true };
  return (await showGroupedQuickPick(groups, options))?.path;
}

function openJson({ targets, documents }: EditorContext): Handler {
  return async (path, paths) => {
    const resources = await targets.some(kindsThat('hasId'), path, paths, vscode.l10n.t('Open JSON'));
    const { length } = resources;
    const question = vscode.l10n.t('Open {0} editors?', length);
    if (!(await confirmMany(length, question))) return;
    const open = (resource: Resource, signal: AbortSignal): Promise<void> =>
      documents.open(resource, { preview: length === 1, signal });
    // One after the other, so that the editors are in the order of the rows.
    await forEachRow(vscode.l10n.t('Open JSON'), resources, open, { atOnce: 1 });
  };
}
