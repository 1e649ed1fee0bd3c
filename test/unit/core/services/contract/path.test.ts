import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  getAccountId,
  accountPath,
  childPath,
  idInPath,
  isWithin,
  parentPath,
  parsePath,
  pathSegments,
  type ResourcePath,
} from '../../../../../src/core/services/contract/path';

const loneSurrogates = fc
  .array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { maxLength: 6 })
  .map((units) => String.fromCharCode(...units));
const anyId = fc.oneof(fc.string({ unit: 'binary' }), loneSurrogates, fc.constantFrom('%ud800', '%', '%25u'));

describe('paths', () => {
  const account = accountPath('a1');
  const connection = childPath(account, 'connection', 'dg_1');
  const dataset = childPath(connection, 'dataset', 'a/b c:d%');

  it('distinguishes the same dataset below two connections', () => {
    const other = childPath(childPath(account, 'connection', 'dg_2'), 'dataset', 'a/b c:d%');
    assert.notEqual(dataset, other);
  });

  it('returns every step, whatever its ID contains', () => {
    fc.assert(
      fc.property(fc.array(anyId, { minLength: 1, maxLength: 4 }), (ids) => {
        const path = ids.reduce<ResourcePath>((parent, id) => childPath(parent, 'dataset', id), account);
        const expected = ids.map((id) => ({ kind: 'dataset', id }));
        assert.deepEqual(pathSegments(path).slice(1), expected);
        assert.equal(parsePath(path), path);
      }),
    );
  });

  it('distinguishes IDs with unpaired surrogates', () => {
    const [first, second] = ['a\uD800', 'a\uD801'].map((id) => childPath(account, 'dataset', id));
    assert.notEqual(first, second);
  });

  it('finds account, parent and ancestors', () => {
    assert.equal(getAccountId(dataset), 'a1');
    assert.equal(parentPath(dataset), connection);
    assert.equal(parentPath(account), undefined);
    assert.equal(idInPath(dataset, 'connection'), 'dg_1');
    assert.equal(idInPath(dataset, 'dataset'), 'a/b c:d%');
    assert.equal(idInPath(connection, 'dataset'), undefined);
  });

  it('does not mistake a sibling with a longer ID for a descendant', () => {
    const longer = childPath(account, 'connection', 'dg_12');
    assert.equal(isWithin(longer, connection), false);
    assert.equal(isWithin(dataset, connection), true);
    assert.equal(isWithin(connection, connection), true);
  });

  it('rejects text that is not a path', () => {
    for (const text of [
      '',
      'a1',
      'connection:x',
      'account:%E0%A4%A',
      'account:a//',
      'account:a/connection:b:c',
      'account',
    ]) {
      assert.equal(parsePath(text), undefined, text);
    }
  });
});
