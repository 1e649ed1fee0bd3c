import * as vscode from 'vscode';
import { cleanLine } from '../text/plainText';
import { nameOf } from '../tree/nameOf';
import { showWarning } from '../ui/messages';
import { copyLines } from './copyLines';
import type { Handler } from './handler';
import { identified } from './kinds';
import type { Targets } from './targets';

/** Copies the names of the selected resources as rows show them, one a line. */
export function copyName(targets: Targets): Handler {
  return async (path, paths) => {
    const resources = await targets.some(identified, path, paths, vscode.l10n.t('Copy the name of'));
    const named = resources.filter(({ label }) => cleanLine(label) !== '');
    if (resources.length > 0 && named.length === 0)
      void showWarning(vscode.l10n.t('There is no name to copy.'));
    await copyLines(
      named.map(({ label }) => cleanLine(label)),
      () =>
        named.length === 1
          ? vscode.l10n.t('Copied name {0}', ...named.map(nameOf))
          : vscode.l10n.t('Copied {0} names', named.length),
    );
  };
}
