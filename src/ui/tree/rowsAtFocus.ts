import * as vscode from 'vscode';

/** What is asked of a view. */
type View<T> = Pick<vscode.TreeView<T>, 'selection' | 'onDidChangeSelection'>;

/**
 * The rows that a key acts on, in a view that has the focus: the selection where the focused row is in it, else the
 * focused row.
 *
 * VS Code tells extensions what is selected, and not what is focused. Its own command that adds the focused row to the
 * selection, or takes it out, shows which row that is; run twice it changes nothing. Both run in one go, before the
 * window takes another key.
 */
export class RowsAtFocus<T> {
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly view: View<T>) {}

  /** One question after the other: each needs the selection as it was before. */
  get(): Promise<readonly T[]> {
    const rows = this.#last.then(() => this.#ask());
    this.#last = rows.catch(() => undefined);
    return rows;
  }

  async #ask(): Promise<readonly T[]> {
    const selected = this.view.selection;
    const changes: (readonly T[])[] = [];
    const registration = this.view.onDidChangeSelection(({ selection }) => {
      changes.push(selection);
    });
    try {
      const commands = ['list.toggleSelection', 'list.toggleSelection'];
      await vscode.commands.executeCommand('runCommands', { commands });
    } finally {
      registration.dispose();
    }
    const added = changes[0]?.filter((row) => !selected.includes(row)) ?? [];
    return added.length === 1 ? added : selected;
  }
}
