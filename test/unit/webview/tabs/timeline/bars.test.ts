import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BarModel } from '../../../../../src/shared/models';
import { placed, toSpan } from '../../../../../src/webview/tabs/timeline/bars';
import { fitting, ticks } from '../../../../../src/webview/tabs/timeline/ticks';

const hour = 3_600_000;
const now = Date.parse('2026-03-01T12:00:00Z');
const at = (hours: number): string => new Date(now + hours * hour).toISOString();
const bar = (path: string, state: 'ok' | 'running', others: Partial<BarModel>): BarModel => ({
  ...{ path, label: path, status: { state, label: state, text: state } },
  ...others,
});
const span = { from: now - 10 * hour, to: now };

describe('Bars of a timeline', () => {
  it('end when the run ended, or now while it runs', () => {
    const bars = [
      bar('done', 'ok', { created: at(-5), started: at(-4), completed: at(-3) }),
      bar('going', 'running', { created: at(-2) }),
      bar('unknown', 'ok', {}),
    ];
    const [done, going, ...others] = placed(bars, 'ran', span, now, 0);
    assert.deepEqual([done?.from, done?.to], [now - 4 * hour, now - 3 * hour]);
    assert.deepEqual([going?.from, going?.to], [now - 2 * hour, now]);
    assert.deepEqual(others, []);
  });

  it('are below each other if they overlap, or are too short to be side by side', () => {
    const bars = [
      bar('a', 'ok', { started: at(-5), completed: at(-3) }),
      bar('b', 'ok', { started: at(-4), completed: at(-2) }),
      bar('c', 'ok', { started: at(-2), completed: at(-2) }),
      bar('d', 'ok', { started: at(-1.9), completed: at(-1.9) }),
    ];
    assert.deepEqual(
      placed(bars, 'ran', span, now, hour).map(({ bar: { path }, line }) => `${path}${line}`),
      ['a0', 'b1', 'c0', 'd1'],
    );
  });

  it('cover days, or all of the time', () => {
    const bars = [
      bar('all', 'ok', { covers: { all: true } }),
      bar('days', 'ok', { covers: { from: '2026-01-01', to: '2026-01-31', all: false } }),
      bar('nothing', 'ok', { started: at(-1) }),
    ];
    const whole = toSpan(bars, 'covers', now);
    assert.ok(whole.from < Date.parse('2026-01-01') && whole.to > Date.parse('2026-01-31'));
    const [all, days, ...others] = placed(bars, 'covers', whole, now, 0);
    assert.deepEqual([all?.open, all?.from, all?.to], [true, whole.from, whole.to]);
    assert.equal(days?.from, Date.parse('2026-01-01'));
    assert.deepEqual(others, []);
  });

  it('have a range even if none has a time', () => {
    const { from, to } = toSpan([bar('a', 'ok', { started: 'soon' })], 'ran', now);
    assert.ok(from < to);
  });
});

describe('Marks of the time axis', () => {
  it('are in order, within the range, and the first of them shows a year that is not this one', () => {
    for (const days of [0.01, 1, 30, 400, 4000]) {
      const range = { from: now - days * 24 * hour, to: now };
      const marks = ticks(range, 8, 'en', Date.UTC(2040, 5));
      assert.ok(marks.length > 1 && marks.length < 30);
      assert.ok(marks.every((mark) => mark.at >= range.from && mark.at <= range.to));
      assert.match(marks[0]?.label ?? '', /20\d\d/);
    }
    const marks = ticks({ from: now - 30 * 24 * hour, to: now }, 8, 'en', now);
    assert.doesNotMatch(marks.map(({ label }) => label).join(), /20\d\d/);
  });

  it('lose labels that would overlap, or leave the picture', () => {
    const marks = [0, 60, 120, 380].map((at) => ({ at, label: 'Sep 20, 2026' }));
    const shown = fitting(marks, { from: 0, to: 400 }, 400);
    assert.deepEqual(
      shown.map(({ at, label }) => [at, label !== '']),
      [
        [0, true],
        [60, false],
        [120, true],
        [380, false],
      ],
    );
  });
});
