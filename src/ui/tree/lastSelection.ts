import type * as vscode from 'vscode';
import type { Resource } from '../../core/services/contract/resource';
import { DisposableStore } from '../../core/base/disposableStore';

/** A view with rows that can be selected. */
export interface SelectableView {
  /** The selected rows of resources. */
  selectedRows(): readonly Resource[];
  /** Fires when rows are selected, and when none are any longer. */
  readonly onDidChangeSelection: vscode.Event<unknown>;
}

/**
 * The rows that a command from the palette acts on: those of the view in which rows were selected last. VS Code does
 * not report to extensions which view has the focus, and the palette takes it anyway.
 */
export class LastSelection implements vscode.Disposable {
  readonly #registrations = new DisposableStore();
  #last: SelectableView | undefined;

  constructor(views: readonly SelectableView[]) {
    for (const view of views) {
      const note = (): void => {
        if (view.selectedRows().length > 0) this.#last = view;
      };
      this.#registrations.add(view.onDidChangeSelection(note));
    }
    [this.#last] = views;
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  /** @throws HttpError `notFound` if a selected row no longer exists. */
  rows(): readonly Resource[] {
    return this.#last?.selectedRows() ?? [];
  }
}
