import * as vscode from 'vscode';
import { readEditorSettings } from '../../ui/configuration';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';
import type { LastTextEditor } from '../../ui/lastTextEditor';
import { traitsOfKind } from '../../shared/kinds';
import { idLines } from '../../ui/idLines';
import { idText } from '../../ui/idText';

/** Lets rows be dragged from the tree into an editor, where their ids are dropped. Nothing is dropped on the tree. */
export class IdDrag implements vscode.TreeDragAndDropController<ResourcePath> {
  readonly dragMimeTypes = ['text/plain'];
  readonly dropMimeTypes = [];

  /** @param editors tells for which language the ids are laid out. */
  constructor(
    private readonly store: Store,
    private readonly editors: Pick<LastTextEditor, 'document'>,
  ) {}

  handleDrag(source: readonly ResourcePath[], transfer: vscode.DataTransfer): void {
    const dragged = source.flatMap((path) => {
      const resource = this.store.get(path);
      return resource && traitsOfKind(resource.kind).hasId ? [resource] : [];
    });
    if (dragged.length > 0)
      transfer.set(
        'text/plain',
        new vscode.DataTransferItem(
          idText(idLines(dragged), readEditorSettings(this.editors.document).insertAs),
        ),
      );
  }
}
