import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import {
  backfillStatus,
  connectionStatus,
  summaryStatus,
} from '../../../../../src/core/services/cja/levels/status';
import { backfillSummary } from '../../../../../src/core/services/cja/client/schemas';
import { validationErrors } from '../../../../../src/core/services/cja/client/errors';

type Summary = Parameters<typeof summaryStatus>[0];

describe('status of backfill counts', () => {
  const cases: readonly (readonly [Summary, number, string, string])[] = [
    [
      { total: 6, failed: 1, inProgress: 2, completed: 3 },
      2,
      'failed',
      '1 failed, 2 validation errors, 2 in progress, 3 completed',
    ],
    [
      { total: 3, inProgress: 2, completed: 1, invalid: true },
      0,
      'warning',
      'invalid backfills, 2 in progress, 1 completed',
    ],
    [{ total: 4, completed: 1, invalid: 3 }, 0, 'warning', '3 invalid, 3 queued, 1 completed'],
    [{ total: 1, completed: 1, invalid: 0 }, 0, 'ok', '1 completed'],
    [{ total: 1, completed: 1 }, 1, 'warning', '1 validation error, 1 completed'],
    [{ total: 3, inProgress: 1, completed: 1 }, 0, 'running', '1 in progress, 1 queued, 1 completed'],
    [{ total: 2, completed: 1 }, 0, 'queued', '1 queued, 1 completed'],
    [{ total: 2, completed: 2, invalid: false }, 0, 'ok', '2 completed'],
    [{ total: 0, failed: 0 }, 0, 'inactive', 'no backfills'],
    [{}, 0, 'inactive', 'no backfills'],
    [undefined, 0, 'unknown', 'no backfill counts'],
    [undefined, 1, 'warning', '1 validation error'],
    [{ total: 1, failed: -3, completed: 5 }, 0, 'ok', '5 completed'],
  ];
  for (const [summary, errors, state, word] of cases) {
    it(`${JSON.stringify(summary)} and ${errors} validation errors: ${state}`, () => {
      assert.deepEqual(summaryStatus(summary, errors), { state, label: word });
    });
  }
});

describe('the number of invalid backfills', () => {
  it('may be a boolean, a number or a text of either', () => {
    const read = (invalid: unknown): unknown => v.parse(backfillSummary, { invalid })?.invalid;
    assert.deepEqual([true, 'true', 'True', 3, '3', 0, false].map(read), [true, true, true, 3, 3, 0, false]);
    assert.deepEqual(['no', null, {}, []].map(read), [undefined, undefined, undefined, undefined]);
  });
});

describe('a connection that is disabled', () => {
  it('says so first, and keeps its counts', () => {
    const status = connectionStatus({ backfillSummary: { total: 2, completed: 2 }, isDisabled: true });
    assert.deepEqual(status, { state: 'inactive', label: 'disabled, 2 completed' });
    assert.equal(connectionStatus({ backfillSummary: undefined, isDisabled: true }).label, 'disabled');
    assert.equal(
      connectionStatus({ backfillSummary: { total: 1, failed: 1 }, isDisabled: false }).state,
      'failed',
    );
  });
});

describe('status of a backfill', () => {
  it('is parsed in any spelling, and kept verbatim', () => {
    const words = {
      COMPLETED: 'ok',
      inProgress: 'running',
      IN_PROGRESS: 'running',
      queued: 'queued',
      FAILED: 'failed',
      PAUSED: 'unknown',
    };
    for (const [word, state] of Object.entries(words))
      assert.deepEqual(backfillStatus(word), { state, label: word });
    assert.equal(backfillStatus(undefined).state, 'unknown');
  });
});

describe('validation errors', () => {
  it('become sentences, also with unknown codes', () => {
    const errors = [
      { errorCode: 'MISSING_FIELD', dataSetName: 'Web', missingField: 'timestamp' },
      { errorCode: 'DATA_SET_DOES_NOT_EXIST', dataSetId: '5f24' },
      { errorCode: 'INVALID_LOOKUP_KEY_FIELD' },
      {},
      null,
      'x',
    ];
    assert.deepEqual(
      validationErrors(errors).map(({ text }) => text),
      [
        'Web: the field timestamp is missing',
        '5f24: the dataset does not exist',
        'invalid lookup key field',
        'an error without a code',
      ],
    );
    assert.deepEqual(validationErrors(undefined), []);
  });
});
