import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toDate, day, minute } from '../../../../../src/core/services/common/dates';

describe('dates', () => {
  it('are short', () => {
    assert.equal(day('2022-10-16T14:06:04.816Z'), '2022-10-16');
    assert.equal(minute('2022-03-11T14:44:16Z'), '2022-03-11 14:44 UTC');
    assert.equal(minute('2022-03-11T23:30:00-02:00'), '2022-03-12 01:30 UTC');
    assert.equal(toDate('2022-10-16T14:06:04.816Z'), '2022-10-16T14:06:04.816Z');
  });

  it('without a zone are in UTC, and shown in the time zone of the reader', () => {
    const zone = process.env.TZ;
    try {
      const there = {
        'Asia/Tokyo': '2024-04-01 08:30 UTC+9',
        'Asia/Kolkata': '2024-04-01 05:00 UTC+5:30',
        'America/Los_Angeles': '2024-03-31 16:30 UTC-7',
        'America/St_Johns': '2024-03-31 21:00 UTC-2:30',
        UTC: '2024-03-31 23:30 UTC',
      };
      for (const [name, told] of Object.entries(there)) {
        process.env.TZ = name;
        assert.equal(minute('2024-03-31T23:30:00'), told);
        assert.equal(minute('2024-03-31 23:30'), told);
        assert.equal(minute('2024-03-31'), '2024-03-31', 'a day is the same everywhere');
        assert.equal(day('2024-03-31'), '2024-03-31');
        assert.equal(toDate('2024-03-31T23:30:00'), '2024-03-31T23:30:00.000Z');
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('at the ends of the calendar, which stand for "never", are readable everywhere', () => {
    const zone = process.env.TZ;
    try {
      for (const [name, told] of [
        ['Asia/Tokyo', ['9999-12-31 23:59 UTC', '0000-01-01 09:18 UTC+9:18']],
        ['America/New_York', ['9999-12-31 18:59 UTC-5', '0000-01-01 00:00 UTC']],
      ] as const) {
        process.env.TZ = name;
        assert.deepEqual(['9999-12-31T23:59:59Z', '0000-01-01T00:00:00Z'].map(minute), told);
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
    const beyond = '9999-12-31T23:59:59-05:00';
    assert.deepEqual([day(beyond), minute(beyond), toDate(beyond)], [beyond, beyond, undefined]);
  });

  it('are parsed in every spelling of the zone', () => {
    for (const zone of ['+02:00', '+0200', '+02'])
      assert.equal(minute(`2024-03-31T02:00:00${zone}`), '2024-03-31 00:00 UTC');
  });

  it('stay verbatim if they are invalid', () => {
    for (const text of [
      '20XX-10-16T14:06:04.816Z',
      '',
      '5',
      'soon',
      '2022-13-45',
      '2024-02-31',
      '2023-02-29T10:00:00Z',
      '2024-04-31T10:00',
      '2024-03-31T25:00:00Z',
      '2024-03-31 and more',
      '+275760-09-13T00:00:01Z',
    ]) {
      assert.equal(day(text), text);
      assert.equal(minute(text), text);
      assert.equal(toDate(text), undefined);
    }
  });
});
