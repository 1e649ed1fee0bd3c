import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import { clickedRow, RowsAtFocus } from '../../../../src/ui/tree/selectedRows';
import { TreeView } from '../../../support/vscode/views';
import { settle } from '../../../support/fakes/store';

function treeView(): TreeView<string> {
  return new TreeView<string>({
    treeDataProvider: { getChildren: () => [], getTreeItem: () => assert.fail() },
  });
}

/** A view whose focus is on a row: VS Code's command takes it into the selection, or out of it. */
function focusedOn(row: string | undefined, ...selection: readonly string[]): TreeView<string> {
  const view = treeView();
  view.select(...selection);
  const toggle = (): void => {
    if (row === undefined) return;
    const isIn = view.selection.includes(row);
    view.select(...(isIn ? view.selection.filter((each) => each !== row) : [...view.selection, row]));
  };
  editor.commands.set('runCommands', async (arg) => {
    const { commands } = arg as { readonly commands: readonly string[] };
    for (const command of commands) {
      assert.equal(command, 'list.toggleSelection');
      await settle();
      toggle();
    }
  });
  return view;
}

describe('The rows that a key acts on', () => {
  afterEach(() => editor.commands.delete('runCommands'));

  it('are the selection if the focus is in it, else the focused row', async () => {
    const cases = [
      { focus: 'a', selected: ['a', 'b'], rows: ['a', 'b'] },
      { focus: 'c', selected: ['a', 'b'], rows: ['c'] },
      { focus: 'a', selected: [], rows: ['a'] },
      { focus: undefined, selected: ['a'], rows: ['a'] },
      { focus: undefined, selected: [], rows: [] },
    ];
    for (const { focus, selected, rows } of cases) {
      const view = focusedOn(focus, ...selected);
      assert.deepEqual(await new RowsAtFocus(view).get(), rows);
      assert.deepEqual(view.selection.toSorted(), selected, 'the selection is as it was');
      assert.equal(view.selected.listeners, 0);
    }
  });

  it('are determined one after the other, also after a failure', async () => {
    const view = focusedOn('c', 'a');
    const rows = new RowsAtFocus(view);
    assert.deepEqual(await Promise.all([rows.get(), rows.get()]), [['c'], ['c']]);
    const command = editor.commands.get('runCommands') ?? assert.fail();
    editor.commands.set('runCommands', () => Promise.reject(new Error('no')));
    const failing = rows.get();
    const next = rows.get();
    await assert.rejects(failing, /no/);
    await assert.rejects(next, /no/);
    assert.equal(view.selected.listeners, 0);
    editor.commands.set('runCommands', command);
    assert.deepEqual(await rows.get(), ['c']);
  });
});

describe('The row that was clicked', () => {
  /** The found rows, and the time in milliseconds. */
  const found = async (view: TreeView<string>, during: (waited: number) => void): Promise<unknown> => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      let row: unknown = 'not found yet';
      void clickedRow(view).then((each) => (row = each));
      let waited = 0;
      for (; row === 'not found yet' && waited < 10_000; waited += 25) {
        await Promise.resolve();
        during(waited);
        mock.timers.tick(25);
        await settle();
      }
      return [row, waited];
    } finally {
      mock.timers.reset();
    }
  };

  it('is the one that is selected by then', async () => {
    const view = treeView();
    view.select('a');
    assert.equal(await clickedRow(view), 'a');
    view.select('a', 'b');
    assert.equal(await clickedRow(view), undefined);
  });

  it('is waited for, and given up after two seconds', async () => {
    const late = treeView();
    const select = (waited: number): void => {
      if (waited === 500) late.select('a');
    };
    assert.deepEqual(await found(late, select), ['a', 525]);
    assert.deepEqual(await found(treeView(), () => undefined), [undefined, 2000]);
  });
});
