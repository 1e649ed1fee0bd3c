import * as vscode from 'vscode';
import { views } from '../../shared/contributions';
import type { TreeFilter } from './filter';
import type { Handler } from '../../ui/commands/register';
import { createInputBox } from '../../ui/quickInput';

/** Asks for a filter; the tree follows as the user types. Escape brings the former one back. */
export function filter(treeFilter: TreeFilter): Handler {
  return async () => {
    const former = treeFilter.text;
    // A view that opens after the box may take the focus, which closes the box.
    await vscode.commands.executeCommand(`${views.connections}.focus`, { preserveFocus: true });
    const accepted = await ask(treeFilter);
    treeFilter.set(accepted ? treeFilter.text : former);
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

/** Shows every connection again. */
export function clearFilter(treeFilter: TreeFilter): Handler {
  return () => {
    treeFilter.set('');
  };
}
