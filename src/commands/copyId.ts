import * as vscode from 'vscode';
import { idLines } from '../tree/idLines';
import { nameOf } from '../tree/nameOf';
import { showStatusMessage } from '../ui/messages';
import { copyLines } from './copyLines';
import type { Handler } from './handler';
import { identified } from './kinds';
import type { Targets } from './targets';

/** Copies the ids of the selected resources, one a line; by its key those at the focus. */
export function copyId(targets: Targets): Handler {
  return async (path, paths) => {
    const atFocus = await targets.atFocus(identified, path);
    if (atFocus?.length === 0) {
      showStatusMessage(vscode.l10n.t('This row has no ID'));
      return;
    }
    const resources =
      atFocus ?? (await targets.some(identified, path, paths, vscode.l10n.t('Copy the ID of')));
    await copyLines(idLines(resources), () =>
      resources.length === 1
        ? vscode.l10n.t('Copied ID of {0}', ...resources.map(nameOf))
        : vscode.l10n.t('Copied {0} IDs', resources.length),
    );
  };
}
