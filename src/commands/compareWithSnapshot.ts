import * as vscode from 'vscode';
import type { Comparisons } from '../compare/comparisons';
import { sideOf } from './compare';
import { plainText } from '../text/plainText';
import type { Handler } from './handler';
import { identified } from './kinds';
import { inView } from './progress';
import type { Targets } from './targets';

/** Compares a resource as it is now with a snapshot of it, or with any other file of JSON. */
export function compareWithSnapshot(targets: Targets, comparisons: Comparisons): Handler {
  return async (path, paths) => {
    const resource = await targets.one(identified, path, paths, vscode.l10n.t('Compare with a snapshot'));
    const file = resource && (await chooseFile(plainText(resource.label)));
    if (!file) return;
    const snapshot = comparisons.choose(file);
    await inView((signal) => comparisons.open(snapshot, sideOf(resource), signal));
  };
}

async function chooseFile(label: string): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Compare "{0}" with', label),
    openLabel: vscode.l10n.t('Compare'),
    filters: { JSON: ['json'], [vscode.l10n.t('All Files')]: ['*'] },
  });
  return chosen?.[0];
}
