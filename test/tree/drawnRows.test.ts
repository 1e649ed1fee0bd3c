import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childPath } from '../../src/services/path';
import { DrawnRows } from '../../src/tree/drawnRows';
import { account, resource } from '../store/fakes';

const [a, b, c] = [
  resource(account, 'connection', 'a'),
  resource(account, 'connection', 'b'),
  resource(account, 'connection', 'c'),
];
const below = resource(a.path, 'dataset', 'd');

function drawn(): DrawnRows {
  const rows = new DrawnRows();
  rows.handOut(undefined, [a, b]);
  rows.handOut(a.path, [below]);
  for (const row of [a, b, below]) {
    rows.draw(row.path, row);
    rows.draw(row.path, row, ['watch']);
  }
  return rows;
}

describe('rows that were drawn', () => {
  it('are up to date while resource and abilities are equal', () => {
    const rows = drawn();
    assert.equal(rows.isOutdated(a.path, structuredClone(a), ['watch']), false);
    assert.equal(rows.isOutdated(a.path, { ...a, label: 'A' }, ['watch']), true);
    assert.equal(rows.isOutdated(a.path, { ...a, stale: true }, ['watch']), true);
    assert.equal(rows.isOutdated(a.path, a, ['unwatch']), true);
    assert.equal(rows.isOutdated(c.path, c, []), false, 'never drawn');
  });

  it('are outdated if the resource changed while it was asked what can be done with it', () => {
    const rows = drawn();
    rows.draw(a.path, a);
    const newer = { ...a, label: 'A' };
    assert.equal(rows.isOutdated(a.path, newer, ['watch']), true);
    rows.draw(a.path, newer);
    rows.draw(a.path, a, ['watch']);
    assert.equal(rows.isOutdated(a.path, newer, ['watch']), false);
  });

  it('keep their list while the same rows stand in the same order, whatever they look like', () => {
    const rows = drawn();
    assert.equal(rows.update(undefined, [{ ...a, stale: true }, b]), true);
    assert.equal(rows.get(a.path)?.stale, true);
    for (const list of [[b, a], [a], [a, b, c], []]) assert.equal(rows.update(undefined, list), false);
    assert.equal(rows.update(childPath(account, 'connection', 'x'), []), false, 'never handed out');
  });

  it('are forgotten with all below them when they are gone', () => {
    const rows = drawn();
    assert.deepEqual(rows.handOut(undefined, [b, c]), [a.path, below.path]);
    for (const path of [a.path, below.path])
      assert.deepEqual([rows.get(path), rows.has(path)], [undefined, false]);
    assert.equal(rows.list(a.path), undefined);
    assert.ok(rows.has(b.path));
  });
});
