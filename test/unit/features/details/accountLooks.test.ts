import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Resource, Status } from '../../../../src/core/services/contract/resource';
import { compareLooks, isSameLook, toLook } from '../../../../src/features/details/accountLooks';
import { account, resource } from '../../../support/fakes/store';

function row(id: string, label: string, status?: Status): Resource {
  return { ...resource(account, 'connection', id, label), ...(status && { status }) };
}

const failed: Status = { state: 'failed', label: '2 failed' };
const fine: Status = { state: 'ok', label: '9 completed' };

describe('The changes of an account', () => {
  it('are other statuses, new rows, and removed rows', () => {
    const before = toLook([row('a', 'A', fine), row('b', 'B', fine), row('c', 'C')], 1);
    const now = [row('a', 'A', failed), row('b', 'B renamed', fine), row('d', 'D', fine)];
    const changes = compareLooks(before, now).map(({ path, before: was, after }) => [
      path,
      was?.status,
      after?.status?.label,
    ]);
    assert.deepEqual(changes, [
      [row('a', 'A').path, '9 completed', '2 failed'],
      [row('d', 'D').path, undefined, '9 completed'],
      [row('c', 'C').path, '', undefined],
    ]);
  });

  it('are none if the rows are equal, in any order, and otherwise include each row once', () => {
    const status = fc.option(fc.constantFrom(failed, fine), { nil: undefined });
    const rows = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 3 }), status), {
      selector: ([id]) => id,
    });
    const toRows = (list: readonly (readonly [string, Status | undefined])[]): readonly Resource[] =>
      list.map(([id, of]) => row(id, id, of));
    fc.assert(
      fc.property(rows, rows, (one, other) => {
        const [before, now] = [toLook(toRows(one), 0), toRows(other)];
        const again = toRows(one.toReversed());
        assert.deepEqual(compareLooks(before, again), []);
        assert.ok(isSameLook(before, toLook(again, 5)));
        const changes = compareLooks(before, now);
        assert.equal(new Set(changes.map(({ path }) => path)).size, changes.length);
        assert.equal(changes.length === 0, isSameLook(before, toLook(now, 5)));
      }),
    );
  });

  it('make a different snapshot if only a name differs', () => {
    assert.ok(!isSameLook(toLook([row('a', 'A')], 0), toLook([row('a', 'B')], 0)));
  });
});
