import * as vscode from 'vscode';
import { inTurns } from '../../core/base/turns';
import type { Store } from '../../core/store/store';
import { views } from '../../shared/contributions';
import type { TreeFilter } from './filter';
import { loadedItems } from '../../ui/commands/loadedItems';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { createQuickPick } from '../../ui/quickInput';
import { completeFilter, filterHint, type FilterSource } from './filterCompletions';

interface FilterContext {
  readonly store: Store;
  readonly treeFilter: TreeFilter;
}

/** Commands of the filter of the tree. */
export const filterCommands = {
  /** Shows only the connections that match, while you type, and completes keys and values. See [Filtering](filtering.md). */
  filter: { rows: 'none', handler: filter },
  /** Shows all connections again. */
  clearFilter: { rows: 'none', handler: clearFilter },
} satisfies CommandTable<FilterContext>;

/** Escape restores the previous filter. */
function filter({ store, treeFilter }: FilterContext): Handler {
  return async () => {
    const previous = treeFilter.text;
    // A view that opens after the box may take the focus, which closes the box.
    await vscode.commands.executeCommand(`${views.connections}.focus`, { preserveFocus: true });
    const datasets = await inTurns(loadedItems(store.loaded(), ['dataset'], ({ label }) => label));
    const accepted = await ask(treeFilter, datasets);
    treeFilter.set(accepted ? treeFilter.text : previous);
    if (accepted) await treeFilter.findDatasets();
  };
}

/** An entry below the filter: the filter as typed, what is wrong with it, and its completions. */
interface FilterItem extends vscode.QuickPickItem {
  /** The filter with a completion; absent for the entries that apply it as it was typed. */
  readonly completed?: string;
}

function ask(treeFilter: TreeFilter, datasets: readonly string[]): Promise<boolean> {
  const pick = createQuickPick<FilterItem>();
  pick.setTexts({
    title: vscode.l10n.t('Filter Connections'),
    placeholder: vscode.l10n.t('Name, ID, status, or a key such as owner:'),
  });
  /** False until VS Code has the entries for the text: an Enter before that belongs to the text, not to an entry. */
  let current = false;
  const update = (text: string): void => {
    treeFilter.preview(text);
    current = false;
    const items = toItems(text, treeFilter, { connections: treeFilter.connections(), datasets });
    pick.setItems(items);
    pick.setActiveItem(items[0]);
  };
  pick.value = treeFilter.text;
  update(pick.value);
  return new Promise((resolve) => {
    const registration = vscode.Disposable.from(
      pick,
      pick.onDidChangeValue(update),
      pick.onDidChangeActiveItem((item) => {
        if (item?.completed === undefined) current = true;
      }),
      pick.onDidAccept(() => {
        const completed = current ? pick.getActiveItem()?.completed : undefined;
        if (completed === undefined) {
          resolve(true);
          pick.hide();
        } else {
          pick.value = completed;
          update(completed);
        }
      }),
      pick.onDidHide(() => {
        resolve(false);
        registration.dispose();
      }),
    );
    pick.show();
  });
}

/**
 * The first entry is the filter itself, so that Enter applies it. VS Code moves entries up whose label has the typed
 * text, first of all the one that is equal to it.
 */
function toItems(text: string, treeFilter: TreeFilter, source: FilterSource): readonly FilterItem[] {
  const hint = filterHint(text, source);
  const all = vscode.l10n.t('All connections');
  return [
    {
      label: text.trim() || all,
      description: countText(treeFilter),
      iconPath: new vscode.ThemeIcon('filter'),
      alwaysShow: true,
    },
    ...(hint === undefined
      ? []
      : [{ label: hint, iconPath: new vscode.ThemeIcon('info'), alwaysShow: true }]),
    ...completeFilter(text, source).map(({ word, meaning, filter: completed }) => ({
      ...{ label: word, description: meaning, completed },
      ...{ iconPath: new vscode.ThemeIcon('symbol-keyword'), alwaysShow: true },
    })),
  ];
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
