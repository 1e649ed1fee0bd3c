import type * as vscode from 'vscode';
import type { Resource } from '../../core/services/contract/resource';

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
  readonly #registrations: readonly vscode.Disposable[];
  #last: SelectableView | undefined;

  constructor(views: readonly SelectableView[]) {
    this.#registrations = views.map((view) =>
      view.onDidChangeSelection(() => {
        if (view.selectedRows().length > 0) this.#last = view;
      }),
    );
    [this.#last] = views;
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
  }

  /** @throws HttpError `notFound` if a selected row no longer exists. */
  rows(): readonly Resource[] {
    return this.#last?.selectedRows() ?? [];
  }
}
