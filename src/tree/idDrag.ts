import * as vscode from 'vscode';
import { readEditorSettings } from '../settings';
import type { ResourcePath } from '../services/path';
import type { Store } from '../store/store';
import { identified } from './identified';
import { idText } from './idText';

/** Lets rows be dragged from the tree into an editor, where their ids are dropped. Nothing is dropped on the tree. */
export class IdDrag implements vscode.TreeDragAndDropController<ResourcePath> {
  readonly dragMimeTypes = ['text/plain'];
  readonly dropMimeTypes = [];
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  handleDrag(source: readonly ResourcePath[], transfer: vscode.DataTransfer): void {
    const ids = source.flatMap((path) => {
      const resource = this.#store.get(path);
      return resource && identified.includes(resource.kind) ? [resource.id] : [];
    });
    const document = vscode.window.activeTextEditor?.document;
    if (ids.length > 0)
      transfer.set(
        'text/plain',
        new vscode.DataTransferItem(idText(ids, readEditorSettings(document).insertAs)),
      );
  }
}
