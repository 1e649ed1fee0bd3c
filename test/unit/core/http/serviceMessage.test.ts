import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serviceMessage, withServiceMessage } from '../../../../src/core/http/serviceMessage';

describe('the message of a service', () => {
  it('is that of the first of its errors, of its error, or its own', () => {
    const cases: readonly (readonly [unknown, string | undefined])[] = [
      [{ errors: [{ detail: 'first' }, 'second'], error: { message: 'inner' }, message: 'own' }, 'first'],
      [{ errors: 'only', message: 'own' }, 'only'],
      [{ errors: [], error: { message: 'inner' }, message: 'own' }, 'inner'],
      [{ error: 'invalid_client', error_description: 'Wrong secret.' }, 'Wrong secret.'],
      [{ error: 500 }, '500'],
      [{ message: '', title: 'Gone' }, 'Gone'],
      ['plain', 'plain'],
      ['', undefined],
      [null, undefined],
      [{}, undefined],
    ];
    for (const [answer, message] of cases)
      assert.equal(serviceMessage(answer), message, JSON.stringify(answer));
  });

  it('follows the reason as the response quotes it, and nothing follows if there is none', () => {
    const quote = (text: string): string => text.toUpperCase();
    assert.equal(withServiceMessage('Why.', { quote }, { message: 'x' }), 'Why. The service says: X');
    assert.equal(withServiceMessage('Why.', { quote }, {}), 'Why.');
    assert.equal(withServiceMessage('Why.', { quote }, undefined), 'Why.');
    assert.equal(withServiceMessage('Why.', {}, { message: 'not checked for secrets' }), 'Why.');
  });
});
