import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { healthRows } from '../../../../../src/core/services/immuta/levels/status';
import { statusText } from '../../../../../src/shared/status';

describe('the health of an Immuta connection', () => {
  for (const [word, state] of [
    ['HEALTHY', 'ok'],
    ['OK', 'ok'],
    ['UNHEALTHY', 'failed'],
    ['CHECK_FAILED', 'failed'],
    ['DEGRADED', 'warning'],
    ['NOT_CONFIGURED', 'inactive'],
    ['PENDING', 'queued'],
    ['constructor', 'unknown'],
  ] as const) {
    it(`understands ${word}`, () => {
      assert.deepEqual(healthRows({ client: word })[0], [
        'Client health',
        statusText({ state, label: word }),
        { status: { state, label: word } },
      ]);
    });
  }

  it('has no status if only a reason is given, and no value if nothing is', () => {
    const [client, policy, audit] = healthRows({ client: { message: 'why' }, policy: 5, audit: null });
    assert.deepEqual(
      [client, policy, audit],
      [
        ['Client health', 'why'],
        ['Policy health', undefined],
        ['Audit health', undefined],
      ],
    );
  });
});
