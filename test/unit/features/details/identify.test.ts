import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { identify } from '../../../../src/features/details/jsonTabPresenter';
import { accountPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { ResourceKind } from '../../../../src/shared/kinds';
import { account, resource } from '../../../support/fakes/store';

describe('the resource of an ID in JSON', () => {
  const connection = resource(account, 'connection', 'c1');
  const other = resource(account, 'connection', 'c2');
  const here = resource(connection.path, 'dataset', 'ds');
  const there = resource(other.path, 'dataset', 'ds');
  const found = (from: ResourcePath, ...resources: readonly Resource[]): ResourcePath | undefined =>
    identify({ find: () => resources }, from, 'ds');

  it('is first the one below the resource that names it', () => {
    assert.equal(found(connection.path, there, here), here.path);
    assert.equal(found(other.path, here, there), there.path);
    assert.equal(found(resource(account, 'connection', 'c3').path, here, there), here.path);
  });

  it('is never the resource itself, of another account, or in between', () => {
    assert.equal(found(here.path, here, there), undefined);
    assert.equal(found(connection.path, resource(accountPath('b'), 'dataset', 'ds')), undefined);
    const kinds: readonly ResourceKind[] = ['group', 'more', 'problem'];
    for (const kind of kinds)
      assert.equal(found(connection.path, resource(connection.path, kind, 'ds')), undefined);
    assert.equal(found(connection.path), undefined);
  });
});
