import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messageText } from '../../src/accounts/messageText';
import { problemText } from '../../src/accounts/problemText';

describe('messageText', () => {
  it('leaves no link in a message', () => {
    assert.equal(messageText('a [b](command:c) d'), 'a [b] (command:c) d');
    const problem = { what: 'x.', why: '[click](command:workbench.action.quit)', retry: true };
    assert.ok(!problemText(problem).includes(']('));
  });
});
