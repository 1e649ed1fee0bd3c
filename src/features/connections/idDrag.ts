import * as vscode from 'vscode';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';
import { draggedIdsType } from '../../shared/identifiers';
import { traitsOfKind } from '../../shared/kinds';
import { readEditorSettings } from '../../ui/configuration';
import { idLines } from '../../ui/idLines';
import type { LastTextEditor } from '../../ui/lastTextEditor';
import { idText } from '../../ui/text';

/**
 * Fills what is dragged from the tree with the IDs of rows.
 * @param editors provides the language that plain text is formatted for.
 */
export function dragIds(
  store: Pick<Store, 'get'>,
  editors: Pick<LastTextEditor, 'document'>,
  rows: readonly ResourcePath[],
  transfer: vscode.DataTransfer,
): void {
  const dragged = rows.flatMap((path) => {
    const resource = store.get(path);
    return resource && traitsOfKind(resource.kind).hasId ? [resource] : [];
  });
  if (dragged.length === 0) return;
  const ids = idLines(dragged);
  const text = idText(ids, readEditorSettings(editors.document).insertAs);
  transfer.set('text/plain', new vscode.DataTransferItem(text));
  // For editors, where our own provider adds the quotes of the language.
  transfer.set(draggedIdsType, new vscode.DataTransferItem(JSON.stringify(ids)));
}
