import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dateOf, day, minute } from '../../src/services/dates';

describe('dates', () => {
  it('are short, in UTC', () => {
    assert.equal(day('2022-10-16T14:06:04.816Z'), '2022-10-16');
    assert.equal(minute('2022-03-11T14:44:16Z'), '2022-03-11 14:44 UTC');
    assert.equal(minute('2022-03-11T23:30:00-02:00'), '2022-03-12 01:30 UTC');
    assert.equal(dateOf('2022-10-16T14:06:04.816Z'), '2022-10-16T14:06:04.816Z');
  });

  it('stay as they came where they are none', () => {
    for (const text of [
      '20XX-10-16T14:06:04.816Z',
      '',
      '5',
      'soon',
      '2022-13-45',
      '+275760-09-13T00:00:01Z',
    ]) {
      assert.equal(day(text), text);
      assert.equal(minute(text), text);
      assert.equal(dateOf(text), undefined);
    }
  });
});
