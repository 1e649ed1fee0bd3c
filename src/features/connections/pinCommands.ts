import * as vscode from 'vscode';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { views } from '../../shared/contributions';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { nameOrId, type Targets, toPaths } from '../../ui/commands/targets';
import { showInformation, showStatusMessage } from '../../ui/messages';
import { showGroupedQuickPick } from '../../ui/quickInput';
import type { WorkspacePaths } from '../../ui/storage/workspacePaths';
import { getName } from '../../ui/text';
import { PINNABLE_KINDS } from './pinnedRows';
import type { ConnectionsView } from './view';

interface PinContext {
  readonly targets: Targets;
  readonly store: Pick<Store, 'get'>;
  readonly view: Pick<ConnectionsView, 'rowsAtFocus'>;
  readonly pins: WorkspacePaths;
}

/** Commands of pinned rows. */
export const pinCommands = {
  /** Keeps the rows on top of their list, in this workspace. The shortcut pins the focused row, or unpins it. */
  pin: { rows: 'several', handler: pin },
  /** Puts the rows back to their place in the list. */
  unpin: { rows: 'several', handler: unpin },
} satisfies CommandTable<PinContext>;

function pin({ targets, view, store, pins }: PinContext): Handler {
  return async (path, paths) => {
    if (path === views.connections) {
      toggle(await view.rowsAtFocus(), store, pins);
      return;
    }
    const chosen = await targets.some(PINNABLE_KINDS, path, paths, vscode.l10n.t('Pin'));
    add(chosen, pins);
  };
}

/** Unpins the rows if all are pinned, otherwise pins those that can be. */
function toggle(paths: readonly ResourcePath[], store: Pick<Store, 'get'>, pins: WorkspacePaths): void {
  if (paths.length > 0 && paths.every((path) => pins.has(path))) {
    remove(paths, pins);
    return;
  }
  const rows = paths.flatMap((path) => store.get(path) ?? []);
  const pinnable = rows.filter(({ kind }) => PINNABLE_KINDS.includes(kind));
  if (pinnable.length === 0) showStatusMessage(vscode.l10n.t('This row cannot be pinned'));
  else add(pinnable, pins);
}

/** Rows that are gone are among them, which only the pins know. */
function unpin({ targets, view, pins }: PinContext): Handler {
  return async (path, paths) => {
    const named = toPaths(path, paths);
    const given = (named.length > 0 ? named : await view.rowsAtFocus()).filter((each) => pins.has(each));
    const chosen = given.length > 0 ? given : await choose(targets, pins);
    remove(chosen, pins);
  };
}

async function choose(targets: Targets, pins: WorkspacePaths): Promise<readonly ResourcePath[]> {
  const items = targets.getItems(pins.list());
  if (items.length === 0) {
    void showInformation(vscode.l10n.t('Nothing is pinned.'));
    return [];
  }
  const options = {
    ...{ title: vscode.l10n.t('Unpin'), placeHolder: nameOrId() },
    ...{ matchOnDescription: true, matchOnDetail: true },
  };
  const chosen = await showGroupedQuickPick(targets.groups(items), options);
  return chosen ? [chosen.path] : [];
}

function add(rows: readonly Resource[], pins: WorkspacePaths): void {
  if (rows.length === 0) return;
  pins.add(rows);
  showStatusMessage(
    rows.length === 1
      ? vscode.l10n.t('Pinned {0}', ...rows.map(getName))
      : vscode.l10n.t('Pinned {0} rows', rows.length),
  );
}

function remove(paths: readonly ResourcePath[], pins: WorkspacePaths): void {
  const names = paths.flatMap((path) => pins.list().get(path) ?? []);
  if (names.length === 0) return;
  pins.remove(paths);
  showStatusMessage(
    names.length === 1
      ? vscode.l10n.t('Unpinned {0}', ...names.map((label) => getName({ label })))
      : vscode.l10n.t('Unpinned {0} rows', names.length),
  );
}
