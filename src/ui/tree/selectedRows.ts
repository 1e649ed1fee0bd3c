import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Between two looks at the selection. */
const RETRY_MS = 25;

/** After this the row is taken for gone. */
const GIVE_UP_MS = 2000;

/**
 * The row that was clicked or opened with Enter: VS Code selects it before it runs the row's command.
 *
 * Such a command has no arguments, because VS Code keeps arguments in a table that it clears whenever a row is drawn
 * again, and a click meanwhile would fail. For as long it knows no selection either: that is waited for.
 * @returns undefined for a row that has gone, or if several are selected.
 */
export async function clickedRow<T>(view: Pick<vscode.TreeView<T>, 'selection'>): Promise<T | undefined> {
  for (let waited = 0; view.selection.length === 0 && waited < GIVE_UP_MS; waited += RETRY_MS) {
    await wait(RETRY_MS);
  }
  return view.selection.length === 1 ? view.selection[0] : undefined;
}

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
