import * as vscode from 'vscode';
import type { Comparisons } from '../compare/comparisons';
import type { Resource } from '../services/service';
import { plainText } from '../text/plainText';
import type { Handler } from './handler';
import { identified } from './kinds';
import { inView } from './progress';
import type { Targets } from './targets';
import { showWarning } from '../ui/messages';

/** Compares two resources of one kind: the selected ones, or those that the user chooses. */
export function compare(targets: Targets, comparisons: Comparisons): Handler {
  return async (path, paths) => {
    const [left, right, ...others] = targets.given(identified, path, paths);
    if (others.length > 0) {
      void showWarning(vscode.l10n.t('Two rows can be compared, and {0} are selected.', others.length + 2));
      return;
    }
    const first = left ?? (await targets.choose(identified, vscode.l10n.t('Compare')));
    if (!first) return;
    const title = vscode.l10n.t('Compare "{0}" with', plainText(first.label));
    const other = right ?? (await targets.choose([first.kind], title, first.path));
    if (other) await compareTwo(comparisons, first, other);
  };
}

/** Compares two resources, where they are of one kind: of others everything differs. */
export async function compareTwo(comparisons: Comparisons, left: Resource, right: Resource): Promise<void> {
  if (left.kind !== right.kind) {
    void showWarning(vscode.l10n.t('Only resources of the same kind can be compared.'));
    return;
  }
  await inView((signal) => comparisons.open(sideOf(left), sideOf(right), signal));
}

/** A resource as one side of a comparison. */
export function sideOf({ label, path }: Resource): { label: string; source: { path: Resource['path'] } } {
  return { label, source: { path } };
}
