import * as vscode from 'vscode';
import { views } from '../../shared/contributions';
import type { TreeFilter } from './filter';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { createInputBox } from '../../ui/quickInput';

interface FilterContext {
  readonly treeFilter: TreeFilter;
}

/** Commands of the filter of the tree. */
export const filterCommands = {
  /** Shows only the connections that match, while you type. See [Filtering](filtering.md). */
  filter: { rows: 'none', handler: filter },
  /** Shows all connections again. */
  clearFilter: { rows: 'none', handler: clearFilter },
} satisfies CommandTable<FilterContext>;

/** Escape restores the previous filter. */
function filter({ treeFilter }: FilterContext): Handler {
  return async () => {
    const previous = treeFilter.text;
    // A view that opens after the box may take the focus, which closes the box.
    await vscode.commands.executeCommand(`${views.connections}.focus`, { preserveFocus: true });
    const accepted = await ask(treeFilter);
    treeFilter.set(accepted ? treeFilter.text : previous);
    if (accepted) await treeFilter.findDatasets();
  };
}

function ask(treeFilter: TreeFilter): Promise<boolean> {
  const box = createInputBox();
  box.value = treeFilter.text;
  box.setTexts({
    title: vscode.l10n.t('Filter Connections'),
    placeholder: vscode.l10n.t('Name or ID, or owner:… sandbox:… dataset:… status:failed'),
    prompt: countText(treeFilter),
  });
  return new Promise((resolve) => {
    const registration = vscode.Disposable.from(
      box,
      box.onDidChangeValue((text) => {
        treeFilter.preview(text);
        box.setTexts({ prompt: countText(treeFilter) });
      }),
      box.onDidAccept(() => {
        resolve(true);
        box.hide();
      }),
      box.onDidHide(() => {
        resolve(false);
        registration.dispose();
      }),
    );
    box.show();
  });
}

function countText(treeFilter: TreeFilter): string {
  const { shown, loaded } = treeFilter.count();
  return vscode.l10n.t('{0} of {1} connections', shown, loaded);
}

function clearFilter({ treeFilter }: FilterContext): Handler {
  return () => {
    treeFilter.set('');
  };
}
