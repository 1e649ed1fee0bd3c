import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkConfirmation } from '../../../../src/core/http/confirmation';

it('an answer of blanks confirms a change as an empty one does, and one of words does not', () => {
  const confirm = (text: string): void => {
    checkConfirmation({ status: 200, headers: {}, text });
  };
  for (const text of ['', ' \r\n', '{"id":"c"}']) confirm(text);
  for (const text of ['Sign in', '{"message":"Later."}'])
    assert.throws(confirm.bind(undefined, text), { kind: 'protocol' });
});
