import * as vscode from 'vscode';
import { formatJson, withoutSchemaReference } from '../services/jsonText';
import type { Store } from '../store/store';
import { nameOf } from '../tree/nameOf';
import { forEachRow } from './forEachRow';
import type { Handler } from './handler';
import { identified } from './kinds';
import type { Targets } from './targets';
import { showStatusMessage } from '../ui/messages';

/**
 * Copies the JSON of the selected resources as the service sends it; of several, as a list. Only no reference to a schema is
 * left in it: an editor into which it is pasted would follow that.
 */
export function copyJson(targets: Targets, store: Store): Handler {
  return async (path, paths) => {
    const resources = await targets.some(identified, path, paths, vscode.l10n.t('Copy the JSON of'));
    if (resources.length === 0) return;
    const title = vscode.l10n.t('Copy JSON');
    const texts = await forEachRow(title, resources, ({ path: of }, signal) =>
      store.read(of, signal, { asked: true }),
    );
    if (texts.length === 0) return;
    const inert = texts.map(withoutSchemaReference);
    const text = resources.length === 1 ? inert.join('') : `[${inert.join(',')}]`;
    await vscode.env.clipboard.writeText(formatJson(text, { insertSpaces: true, tabSize: 2 }));
    showStatusMessage(
      resources.length === 1
        ? vscode.l10n.t('Copied JSON of {0}', ...resources.map(nameOf))
        : vscode.l10n.t('Copied JSON of {0} resources', texts.length),
    );
  };
}
