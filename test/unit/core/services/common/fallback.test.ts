import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../../src/core/http/errors';
import { Fallback } from '../../../../../src/core/services/common/fallback';
import { getFailure } from '../../../../support/rows';

/** Two paths of a service that only supports those that the test selects, and the requests. */
function ways(): {
  known: Set<string>;
  asked: () => readonly string[];
  ask: () => Promise<string>;
  pass: (minutes: number) => void;
} {
  const known = new Set<string>();
  let asked: string[] = [];
  let now = 0;
  const fallback = new Fallback(['new', 'old'], () => now);
  return {
    known,
    asked: () => {
      const those = asked;
      asked = [];
      return those;
    },
    ask: () =>
      fallback.ask((way) => {
        asked.push(way);
        if (known.has(way)) return Promise.resolve(way);
        return Promise.reject(new HttpError('notFound', way, { status: 404 }));
      }),
    pass: (minutes) => (now += minutes * 60_000),
  };
}

describe('a fallback', () => {
  it('is not kept before it has answered', async () => {
    const { known, asked, ask } = ways();
    assert.equal((await getFailure(ask())).message, 'new');
    assert.deepEqual(asked(), ['new', 'old']);
    known.add('new');
    assert.equal(await ask(), 'new');
    assert.deepEqual(asked(), ['new']);
  });

  it('is kept for ten minutes once it has answered', async () => {
    const { known, asked, ask, pass } = ways();
    known.add('old');
    await ask();
    assert.equal(await ask(), 'old');
    assert.deepEqual(asked(), ['new', 'old', 'old']);
    known.add('new');
    pass(9);
    assert.equal(await ask(), 'old');
    asked();
    pass(1);
    assert.equal(await ask(), 'new');
    assert.deepEqual(asked(), ['new']);
  });

  it('is dropped if it no longer answers and the usual path does', async () => {
    const { known, asked, ask } = ways();
    known.add('old');
    await ask();
    known.delete('old');
    known.add('new');
    asked();
    assert.equal(await ask(), 'new');
    assert.equal(await ask(), 'new');
    assert.deepEqual(asked(), ['old', 'new', 'new']);
  });
});
