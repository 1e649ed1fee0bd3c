import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatError } from '../../../../src/core/http/errorLog';

const secret = 'c4narySecretValue';

describe('an unexpected error in the log', () => {
  it('has its class, its message without secrets, and its origin', () => {
    const cause = new SyntaxError(`Invalid regular expression: /${secret}\n    at fake (${secret}:1:1)/`);
    const error = new TypeError(`no ${encodeURIComponent(secret)}, password="hunter2"`, { cause });
    const text = formatError(error, [secret]);
    assert.doesNotMatch(text, /c4nary|hunter2/i);
    const [first = '', second = ''] = text.split('\n');
    assert.equal(first, 'TypeError: no ***, password="***"');
    assert.match(second, /^ +at .*\.js:\d+:\d+/);
    assert.match(text, /\ncaused by SyntaxError: Invalid regular expression: \/\*\*\*/);
    assert.ok(text.split('\n').length < 50);
  });

  it('has no frame that its message makes up, also without a name before the message', () => {
    const message = 'no\n    at fake (/made/up.js:1:1)';
    for (const before of ['TypeError: ', '']) {
      const error = new TypeError(message);
      error.stack = `${before}${message}\n    at real (/of/ours.js:2:2)`;
      const lines = formatError(error, []).split('\n');
      assert.deepEqual([lines.length, lines.at(-1)?.trim()], [3, 'at real (/of/ours.js:2:2)']);
    }
  });

  it('is short, whatever its message', () => {
    const text = formatError(new Error(`${'x'.repeat(990)}${secret.repeat(1000)}`), [secret]);
    assert.ok((text.split('\n')[0] ?? '').length < 1100);
    assert.doesNotMatch(text, /c4na/);
  });

  it('is logged, whatever was thrown', () => {
    const rude = {
      toString: () => {
        throw new Error('no');
      },
    };
    class Odd extends Error {
      override get message(): string {
        throw new Error('no');
      }
    }
    const endless = new Error('endless');
    endless.cause = endless;
    assert.equal(formatError(`text ${secret}`, [secret]), 'string: text ***');
    assert.equal(formatError(rude, []), 'unknown');
    assert.equal(formatError(new Odd(), []), 'unknown');
    assert.equal(formatError(endless, []).split('caused by').length, 4, 'itself and three causes');
    assert.match(formatError(Object.assign(new Error('x'), { name: `${secret} \n` }), []), /^Error: x/);
    assert.equal(formatError(undefined, []), 'undefined: undefined');
  });
});
