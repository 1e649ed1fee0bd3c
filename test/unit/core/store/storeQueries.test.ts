import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findById } from '../../../../src/core/store/storeQueries';
import { account, resource } from '../../../support/fakes/store';

it('accounts are asked for an ID only if no loaded resource has it', async () => {
  const loaded = resource(account, 'connection', 'c');
  const remote = resource(account, 'connection', 'd');
  const asked: string[] = [];
  const store = {
    find: (id: string) => (id === 'c' ? [loaded] : []),
    lookUp: (id: string) => {
      asked.push(id);
      return Promise.resolve({ found: [remote], failures: [] });
    },
  };
  assert.deepEqual((await findById(store, 'c')).found, [loaded]);
  assert.deepEqual((await findById(store, 'd')).found, [remote]);
  assert.deepEqual(asked, ['d']);
});
