import * as vscode from 'vscode';
import { readEditorSettings } from '../settings';
import { idLines } from '../tree/idLines';
import { idText } from '../tree/idText';
import type { LastTextEditor } from '../ui/lastTextEditor';
import { showWarning } from '../ui/messages';
import type { Handler } from './handler';
import { identified } from './kinds';
import type { Targets } from './targets';

/**
 * Puts the ids of the selected resources at every cursor of the text editor that was active last, several as the setting
 * says.
 */
export function insertId(targets: Targets, editors: LastTextEditor): Handler {
  return async (path, paths) => {
    if (!editors.document) {
      sayNoEditor();
      return;
    }
    const resources = await targets.some(identified, path, paths, vscode.l10n.t('Insert the ID of'));
    if (resources.length === 0) return;
    const layout = readEditorSettings(editors.document).insertAs;
    const outcome = await editors.insert(idText(idLines(resources), layout));
    if (outcome === 'none') sayNoEditor();
    else if (outcome === 'refused')
      void showWarning(vscode.l10n.t('Nothing was inserted: the document is read-only.'));
  };
}

function sayNoEditor(): void {
  void showWarning(vscode.l10n.t('There is no cursor to insert at: open a file in an editor first.'));
}
