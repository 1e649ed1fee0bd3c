import * as vscode from 'vscode';
import type { Comparisons } from '../compare/comparisons';
import { compareTwo } from './compare';
import { plainText } from '../text/plainText';
import type { Handler } from './handler';
import { identified } from './kinds';
import type { Targets } from './targets';
import { showWarning } from '../ui/messages';

/** Compares a resource with the one that was selected for it. */
export function compareWithSelected(targets: Targets, comparisons: Comparisons): Handler {
  return async (path, paths) => {
    const { selected } = comparisons;
    if (!selected) {
      void showWarning(vscode.l10n.t('What was selected for the comparison is gone. Select it again.'));
      return;
    }
    const title = vscode.l10n.t('Compare "{0}" with', plainText(selected.label));
    const given = targets.among(identified, path, paths).filter((row) => row.path !== selected.path);
    const other =
      given.length > 1
        ? await targets.chooseAmong(given, title)
        : (given[0] ?? (await targets.choose([selected.kind], title, selected.path)));
    if (other) await compareTwo(comparisons, selected, other);
  };
}
