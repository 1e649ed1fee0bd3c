import * as vscode from 'vscode';
import { showInformation } from '../../ui/messages';
import { showQuickPick } from '../../ui/quickInput';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { groupValue } from './arrangeGroups';
import type { TreeFilter } from './filter';
import { GROUP_KINDS, type GroupKind } from './groupKinds';
import type { TreeGroups } from './groups';

interface GroupContext {
  readonly treeFilter: Pick<TreeFilter, 'connections'>;
  readonly treeGroups: TreeGroups;
}

/** The command that groups connections in the tree. */
export const groupCommands = {
  /** Groups the connections in the tree by sandbox, owner or state, or not. See [Groups](tree.md#groups). */
  groupConnections: { rows: 'none', handler: groupConnections },
} satisfies CommandTable<GroupContext>;

interface GroupItem extends vscode.QuickPickItem {
  readonly by: GroupKind | undefined;
}

function groupConnections({ treeFilter, treeGroups }: GroupContext): Handler {
  return async () => {
    const loaded = treeFilter.connections();
    const isOffered = (kind: GroupKind): boolean =>
      kind === treeGroups.kind ||
      loaded.length === 0 ||
      loaded.some((connection) => groupValue(connection, kind) !== undefined);
    const offered = GROUP_KINDS.filter(isOffered);
    if (offered.length === 0) {
      void showInformation(
        vscode.l10n.t('These connections cannot be grouped: they have no sandbox, owner or state.'),
      );
      return;
    }
    const items = [...offered, undefined].map((by) => toItem(by, by === treeGroups.kind));
    const chosen = await showQuickPick(items, {
      title: vscode.l10n.t('Group Connections By'),
      placeHolder: vscode.l10n.t('Select what to group connections by'),
    });
    if (chosen) treeGroups.set(chosen.by);
  };
}

function toItem(by: GroupKind | undefined, isCurrent: boolean): GroupItem {
  return {
    label: kindLabel(by),
    iconPath: new vscode.ThemeIcon(isCurrent ? 'check' : 'blank'),
    ...(isCurrent && { description: vscode.l10n.t('Current') }),
    by,
  };
}

function kindLabel(by: GroupKind | undefined): string {
  switch (by) {
    case 'sandbox':
      return vscode.l10n.t('Sandbox');
    case 'owner':
      return vscode.l10n.t('Owner');
    case 'state':
      return vscode.l10n.t('State');
    case undefined:
      return vscode.l10n.t('None');
  }
}
