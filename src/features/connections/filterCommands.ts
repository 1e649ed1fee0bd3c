import * as vscode from 'vscode';
import { inTurns } from '../../core/base/turns';
import type { Store } from '../../core/store/store';
import { views } from '../../shared/contributions';
import type { TreeFilter } from './filter';
import { loadedItems } from '../../ui/commands/loadedItems';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { askFilter } from '../../ui/filter/filterBox';

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

function filter({ store, treeFilter }: FilterContext): Handler {
  return async () => {
    // A view that opens after the box may take the focus, which closes the box.
    await vscode.commands.executeCommand(`${views.connections}.focus`, { preserveFocus: true });
    const datasets = await inTurns(loadedItems(store.loaded(), ['dataset'], ({ label }) => label));
    const accepted = await askFilter(treeFilter, {
      title: vscode.l10n.t('Filter Connections'),
      all: vscode.l10n.t('All connections'),
      count: () => countText(treeFilter),
      source: () => ({ of: 'connections', rows: treeFilter.connections(), datasets }),
    });
    if (accepted) await treeFilter.findDatasets();
  };
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
