import assert from 'node:assert/strict';
import { it } from 'node:test';
import { accountPath, childPath } from '../../../../src/core/services/contract/path';
import { findHolder } from '../../../../src/features/editor/holders';

it('the holder of a resource is its data view, else its connection', () => {
  const account = accountPath('a');
  const connection = childPath(account, 'connection', 'dg_1');
  const dataView = childPath(childPath(connection, 'group', 'dataViews'), 'dataView', 'dv_1');
  const dimension = childPath(childPath(dataView, 'group', 'dimensions'), 'dimension', 'variables/a');
  assert.deepEqual(findHolder(dimension), { path: dataView, kind: 'dataView', id: 'dv_1' });
  assert.deepEqual(findHolder(dataView), { path: connection, kind: 'connection', id: 'dg_1' });
  assert.equal(findHolder(connection), undefined);
});
