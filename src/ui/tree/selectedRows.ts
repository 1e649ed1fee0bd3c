import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Time between two checks of the selection. */
const RETRY_MS = 25;

/** After this the row is considered gone. */
const GIVE_UP_MS = 2000;

/**
 * The row that was clicked or opened with Enter: VS Code selects it before it runs the row's command.
 *
 * The command has no arguments, because VS Code keeps them in a table that it clears whenever a row is
 * redrawn, so that a click meanwhile would fail. During that time the selection is empty too, so this waits
 * for it.
 * @returns undefined for a row that no longer exists, or if several are selected.
 */
export async function clickedRow<T>(view: Pick<vscode.TreeView<T>, 'selection'>): Promise<T | undefined> {
  for (let waited = 0; view.selection.length === 0 && waited < GIVE_UP_MS; waited += RETRY_MS) {
    await wait(RETRY_MS);
  }
  return view.selection.length === 1 ? view.selection[0] : undefined;
}

/** The members of a view that are used. */
type View<T> = Pick<vscode.TreeView<T>, 'selection' | 'onDidChangeSelection'>;

/**
 * The rows that a key binding acts on, in the focused view: the selection if it contains the focused row, else the
 * focused row.
 *
 * VS Code reports to extensions what is selected, but not what is focused. Its command that toggles the selection of
 * the focused row reveals it; run twice, it changes nothing. Both run as one command, before the window handles
 * another key.
 */
export class RowsAtFocus<T> {
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly view: View<T>) {}

  /** One query at a time, because each needs the unchanged selection. */
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
