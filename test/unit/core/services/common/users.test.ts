import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { userHint, toUser, userText } from '../../../../../src/core/services/common/users';

const ids = [
  'FA3A14D0@AdobeID',
  '1A2B3C@techacct.adobe.com',
  '0f8fad5b-d9cb-469f-a165-70867728950e',
  '4711',
] as const;

describe('A user of a service', () => {
  it('is shown by name, and without one as unknown, with the ID as a hint', () => {
    assert.deepEqual(
      [userText({ name: 'Ann', id: 'a1' }), userHint({ name: 'Ann', id: 'a1' })],
      ['Ann', undefined],
    );
    for (const id of ids) {
      assert.deepEqual([userText({ id }), userHint({ id })], ['Unknown user', id]);
      assert.deepEqual([userText({ name: '', id }), userHint({ name: '', id })], ['Unknown user', id]);
    }
    for (const none of [{}, { name: '' }, { id: '' }]) assert.equal(userText(none), undefined);
  });

  it('is a name or an ID if a service does not say which', () => {
    for (const id of ids) assert.deepEqual(toUser(id), { id });
    for (const name of ['Ann', 'ann@example.com', 'Ann Lee', 'ada']) assert.deepEqual(toUser(name), { name });
    assert.equal(userText(toUser(undefined)), undefined);
  });
});
