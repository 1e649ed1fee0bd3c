import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childPath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { DrawnRows } from '../../../../src/features/connections/drawnRows';
import { render } from '../../../../src/ui/tree/render';
import { account, resource } from '../../../support/fakes/store';

const [a, b, c] = [
  resource(account, 'connection', 'a'),
  resource(account, 'connection', 'b'),
  resource(account, 'connection', 'c'),
];
const below = resource(a.path, 'dataset', 'd');

function drawn(): DrawnRows {
  const rows = new DrawnRows();
  rows.setRows(undefined, [a, b]);
  rows.setRows(a.path, [below]);
  for (const row of [a, b, below]) {
    rows.draw(row.path, row);
    rows.draw(row.path, row, render(row, ['watch']));
  }
  return rows;
}

describe('drawn rows', () => {
  it('are up to date while they look the same, whatever else changes in their resource', () => {
    const rows = drawn();
    const isOutdated = (changes: Partial<Resource>, abilities = ['watch']): boolean => {
      const now = { ...structuredClone(a), ...changes };
      return rows.isOutdated(a.path, now, render(now, abilities));
    };
    assert.equal(isOutdated({}), false);
    assert.equal(isOutdated({ json: { details: 'came in' } }), false);
    assert.equal(isOutdated({ searchAttributes: { owner: 'somebody' } }), false);
    assert.equal(isOutdated({ label: 'A' }), true);
    assert.equal(isOutdated({ stale: true }), true);
    assert.equal(isOutdated({ hasChildren: !a.hasChildren }), true);
    assert.equal(isOutdated({ status: { state: 'failed', label: 'FAILED' } }), true);
    assert.equal(isOutdated({}, ['unwatch']), true);
    assert.equal(isOutdated({}, ['watch', 'can-edit']), true, 'the menu differs');
    assert.equal(rows.isOutdated(c.path, c, render(c)), false, 'never drawn');
  });

  it('are outdated if the resource changed while its actions were determined', () => {
    const rows = drawn();
    rows.draw(a.path, a);
    const newer = { ...a, label: 'A' };
    assert.equal(rows.isOutdated(a.path, newer, render(newer, ['watch'])), true);
    assert.equal(
      rows.isOutdated(a.path, { ...a }, render(a, ['unwatch'])),
      false,
      'nobody knows yet how it is shown',
    );
    rows.draw(a.path, newer);
    rows.draw(a.path, a, render(a, ['watch']));
    assert.equal(rows.isOutdated(a.path, newer, render(newer, ['watch'])), false);
  });

  it('keep their tooltip until they are redrawn', () => {
    const rows = drawn();
    assert.equal(rows.getTooltip(a.path), undefined);
    rows.describe(a.path, 'about a');
    rows.describe(c.path, 'never drawn');
    assert.deepEqual([rows.getTooltip(a.path), rows.getTooltip(c.path)], ['about a', undefined]);
    rows.draw(a.path, a);
    assert.equal(rows.getTooltip(a.path), undefined);
  });

  it('keep their list while the same rows are in the same order, whatever they look like', () => {
    const rows = drawn();
    assert.equal(rows.update(undefined, [{ ...a, stale: true }, b]), true);
    assert.equal(rows.get(a.path)?.stale, true);
    for (const list of [[b, a], [a], [a, b, c], []]) assert.equal(rows.update(undefined, list), false);
    assert.equal(rows.update(childPath(account, 'connection', 'x'), []), false, 'never handed out');
  });

  it('are forgotten with all rows below them when they are gone', () => {
    const rows = drawn();
    assert.deepEqual(rows.setRows(undefined, [b, c]), [a.path, below.path]);
    for (const path of [a.path, below.path])
      assert.deepEqual([rows.get(path), rows.has(path)], [undefined, false]);
    assert.equal(rows.list(a.path), undefined);
    assert.ok(rows.has(b.path));
  });
});
