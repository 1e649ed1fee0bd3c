import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_SILENCE_MS } from '../../../../../src/core/http/pulse';
import { HttpError } from '../../../../../src/core/http/errors';
import { PastedToken, RenewableToken } from '../../../../../src/core/services/common/tokens';
import { MAX_TOKEN_CHARS, secretField } from '../../../../../src/core/services/common/signInFields';
import { isApiKey } from '../../../../../src/core/services/krenalis/signIn/signIn';

const refusal = new HttpError('authentication', 'refused', { status: 401 });

/** A source of tokens that makes the given ones, one after the other. */
function getSource(...texts: readonly string[]): RenewableToken {
  const left = [...texts];
  return new RenewableToken('the-secret', () => {
    const text = left.shift();
    return text === undefined ? Promise.reject(refusal) : Promise.resolve({ text, renewAt: Infinity });
  });
}

describe('renewable tokens', () => {
  it('are masked in use, while they are renewed, and until the token after the next', async () => {
    const source = getSource('one', 'two', 'three');
    assert.deepEqual(source.secrets(), ['the-secret']);
    const first = await source.current({});
    assert.deepEqual(source.secrets(), ['the-secret', 'one']);
    const renewal = source.replace(first, refusal, {});
    assert.deepEqual(source.secrets(), ['the-secret', 'one']);
    const second = await renewal;
    assert.deepEqual(source.secrets(), ['the-secret', 'two', 'one']);
    const third = await source.replace(second, refusal, {});
    assert.deepEqual(source.secrets(), ['the-secret', 'three', 'two']);
    await assert.rejects(source.replace(third, refusal, {}), refusal);
    assert.deepEqual(source.secrets(), ['the-secret', 'three', 'two']);
  });

  it('are refused if no header could carry them, and masked all the same', async () => {
    const long = 't'.repeat(MAX_TOKEN_CHARS + 1);
    const source = getSource(long, 't'.repeat(MAX_TOKEN_CHARS));
    await assert.rejects(source.current({}), { kind: 'protocol', message: /16385 characters/ });
    assert.deepEqual(source.secrets(), ['the-secret', long]);
    assert.equal((await source.current({})).length, MAX_TOKEN_CHARS);
  });
});

describe('a token that the service does not answer about', () => {
  it('is requested again for a user who asks again, and not for work in the background', async (t) => {
    t.mock.timers.enable({ apis: ['Date'] });
    let asked = 0;
    const source = new RenewableToken('the-secret', () => {
      asked += 1;
      return asked === 1
        ? new Promise<never>(() => undefined)
        : Promise.resolve({ text: 'two', renewAt: Infinity });
    });
    for (const priority of ['interactive', 'background'] as const) void source.current({ priority });
    t.mock.timers.tick(MAX_SILENCE_MS + 1);
    void source.current({ priority: 'background' });
    assert.equal(asked, 1);
    assert.equal(await source.current({ priority: 'interactive' }), 'two');
  });
});

describe('a pasted token', () => {
  it('is masked', () => {
    const source = new PastedToken('pasted', () => ({ message: 'Ended.', advice: 'Paste another.' }));
    assert.deepEqual(source.secrets(), ['pasted']);
  });
});

describe('typed keys', () => {
  it('typed keys have the same limit as tokens', () => {
    const field = secretField('key', 'Key', '', 'odd');
    assert.equal(field.validate('k'.repeat(MAX_TOKEN_CHARS)), undefined);
    assert.match(field.validate('k'.repeat(MAX_TOKEN_CHARS + 1)) ?? '', /16384 characters/);
    assert.equal(isApiKey(`api_${'k'.repeat(MAX_TOKEN_CHARS)}`), false);
  });
});
