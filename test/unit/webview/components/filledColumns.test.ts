import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FilledColumns } from '../../../../src/webview/components/filledColumns';

const columns = ['Name', 'Description', 'Records'].map((label) => ({ label }));
const isFilled = (row: readonly string[], { at }: { readonly at: number }): boolean => (row[at] ?? '') !== '';

describe('The columns of a table', () => {
  const shown = (filled: FilledColumns, ...rows: readonly (readonly string[])[]): readonly string[] =>
    filled.of(columns, rows, isFilled).map(({ label, at }) => `${label} ${at}`);

  it('are those in which a row has a value, with the indices of their cells', () => {
    const filled = new FilledColumns();
    assert.deepEqual(shown(filled, ['a', '', '1'], ['b', '', '']), ['Name 0', 'Records 2']);
    assert.deepEqual(shown(new FilledColumns(), ['a']), ['Name 0']);
    assert.deepEqual(shown(new FilledColumns()), []);
  });

  it('become more with more rows, and never fewer', () => {
    const filled = new FilledColumns();
    shown(filled, ['a', '', '1']);
    assert.deepEqual(shown(filled, ['a', '', '1'], ['b', 'x', '']), ['Name 0', 'Description 1', 'Records 2']);
    assert.deepEqual(shown(filled, ['a', '', '']), ['Name 0', 'Description 1', 'Records 2']);
    assert.deepEqual(shown(filled), ['Name 0', 'Description 1', 'Records 2']);
  });

  it('are others if the service has others in their places', () => {
    const filled = new FilledColumns();
    shown(filled, ['a', 'x', '1']);
    const others = filled.of([{ label: 'Name' }, { label: 'Owner' }], [['a', '']], isFilled);
    assert.deepEqual(
      others.map(({ label }) => label),
      ['Name'],
    );
  });
});
