import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ColumnModel, RowModel } from '../../../../../src/shared/models';
import { filtered, ordered, slice } from '../../../../../src/webview/tabs/overview/rows';

const columns: readonly ColumnModel[] = [
  { id: 'n', label: 'n', kind: 'number' },
  { id: 'd', label: 'd', kind: 'date' },
];
const row = (name: string, cells: readonly string[] = []): RowModel => ({
  path: name,
  id: name,
  name,
  cells,
});
const names = (rows: readonly RowModel[]): string => rows.map(({ name }) => name).join(' ');

describe('The order of a table', () => {
  it('is that of numbers, then of other texts, then of empty cells, in both directions', () => {
    const rows = [row('none', ['']), row('ten', ['10']), row('word', ['many']), row('nine', ['9'])];
    assert.equal(names(ordered(rows, columns, { key: 0, descending: false }, 'en')), 'nine ten word none');
    assert.equal(names(ordered(rows, columns, { key: 0, descending: true }, 'en')), 'ten nine word none');
  });

  it('is that of moments, whatever their time zones', () => {
    const rows = [
      row('later', ['', '2026-01-01T00:00:00-05:00']),
      row('earlier', ['', '2026-01-01T04:00:00Z']),
    ];
    assert.equal(names(ordered(rows, columns, { key: 1, descending: false }, 'en')), 'earlier later');
  });

  it('puts file2 before file10, and failures before successes', () => {
    const rows = [row('file10'), row('file2')];
    assert.equal(names(ordered(rows, [], { key: 'name', descending: false }, 'en')), 'file2 file10');
    const status = (state: 'ok' | 'failed') => ({ state, label: state, text: state });
    const states = [
      { ...row('well'), status: status('ok') },
      row('silent'),
      { ...row('bad'), status: status('failed') },
    ];
    assert.equal(names(ordered(states, [], { key: 'status', descending: false }, 'en')), 'bad well silent');
  });

  it('loses no row and leaves equal ones in order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('', '1', '2', 'x')), fc.boolean(), (cells, descending) => {
        const rows = cells.map((cell, at) => row(String(at), [cell]));
        const sorted = ordered(rows, columns, { key: 0, descending }, 'en');
        assert.deepEqual(new Set(sorted), new Set(rows));
        for (const cell of ['', '1', 'x']) {
          const places = sorted.filter((each) => each.cells[0] === cell).map(({ name }) => Number(name));
          assert.deepEqual(
            places,
            places.toSorted((a, b) => a - b),
          );
        }
      }),
    );
  });
});

describe('The filter of a table', () => {
  it('finds a text in any cell, whatever its case', () => {
    const rows = [row('One', ['x', 'Lookup']), row('Two', ['y'])];
    assert.equal(names(filtered(rows, ' LOOK ')), 'One');
    assert.equal(names(filtered(rows, 'tw')), 'Two');
    assert.equal(filtered(rows, ' '), rows);
  });
});

describe('The slice of a table', () => {
  it('contains every visible row, and the pinned one', () => {
    const view = fc.record({
      count: fc.nat(2000),
      rowHeight: fc.integer({ min: 10, max: 50 }),
      top: fc.nat(50_000),
      height: fc.nat(1000),
      pinned: fc.integer({ min: -1, max: 2000 }),
    });
    fc.assert(
      fc.property(view, (given) => {
        const places = slice(given);
        assert.deepEqual(
          places,
          [...new Set(places)].toSorted((a, b) => a - b),
        );
        for (let at = Math.floor(given.top / given.rowHeight); at < given.count; at++) {
          if (at * given.rowHeight >= given.top + given.height) break;
          assert.ok(places.includes(at));
        }
        if (given.pinned >= 0 && given.pinned < given.count) assert.ok(places.includes(given.pinned));
      }),
    );
  });
});
