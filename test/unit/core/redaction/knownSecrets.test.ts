import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KnownSecrets } from '../../../../src/core/redaction/knownSecrets';
import { redact } from '../../../../src/core/redaction/redact';

describe('the secrets of the window', () => {
  it('are those that every source returns at the moment', () => {
    const known = new KnownSecrets();
    assert.equal(redact('first-1 second-2', known), 'first-1 second-2');
    let token = 'first-1';
    known.add(() => [token]);
    known.add(() => ['other-3']);
    assert.equal(redact('first-1 second-2 other-3', known), '*** second-2 ***');
    token = 'second-2';
    assert.equal(redact('first-1 second-2 other-3', known), 'first-1 *** ***');
  });

  it('are those of a source that has more than before, others, or fewer', () => {
    const known = new KnownSecrets();
    const tokens = ['first-1'];
    known.add(() => [...tokens]);
    assert.equal(redact('first-1 second-2', known), '*** second-2');
    tokens.push('second-2');
    assert.equal(redact('first-1 second-2', known), '*** ***');
    tokens.splice(0, 2, 'third-3', 'fourth-4');
    assert.equal(redact('third-3 fourth-4', known), '*** ***');
    tokens.pop();
    assert.equal(redact('third-3 fourth-4', known), '*** fourth-4');
  });

  it('stay known for a while after their source is gone, up to a limit', () => {
    const known = new KnownSecrets();
    const end = known.add(() => ['secret-1']);
    end();
    end();
    assert.equal(redact('secret-1', known), '***');
    for (let index = 0; index < 100; index++) known.add(() => [`another-${index}`])();
    assert.equal(redact('secret-1, another-99', known), 'secret-1, ***');
  });

  it('are found even if a source fails', () => {
    const known = new KnownSecrets();
    known.add(() => assert.fail('not yet'));
    known.add(() => ['secret-1']);
    assert.equal(redact('secret-1', known), '***');
  });
});
