import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunTimes } from '../../src/services/runs';
import type { Resource, ResourceKind } from '../../src/services/service';
import { runRow } from '../../src/watch/runRow';
import { account, resource } from '../store/fakes';

const now = Date.parse('2026-11-21T12:00:00Z');

function described(
  kind: ResourceKind,
  change: Partial<Resource>,
  times: RunTimes,
  of = ['Shop', 'Users'],
): string {
  const run: Resource = {
    ...resource(account, kind, 'r1', '2026-11-21 10:00'),
    status: { state: 'running', word: 'RUNNING' },
    ...change,
  };
  const judge = { isLive: () => true, times: () => times };
  return runRow({ run, of, live: true, judge }, false, 'en', now).description;
}

describe('the row of a run', () => {
  const started = '2026-11-21T10:00:00Z';

  it('tells age, status, what it belongs to, what the service counted, and which run it is', () => {
    const description = '10 received, 8 finished';
    assert.equal(
      described('run', { description }, { started }),
      '2 hours ago · RUNNING · Shop · 10 received, 8 finished · 2026-11-21 10:00',
    );
    assert.equal(
      described('run', {}, { started, progress: 0.256 }),
      '2 hours ago · RUNNING · 26% · Shop · 2026-11-21 10:00',
    );
  });

  it('leaves out what is not known, and the date of a backfill, of which the age tells', () => {
    assert.equal(
      described('backfill', { description: '2026-11-21 10:00' }, { created: started }),
      '2 hours ago · RUNNING · Shop · 2026-11-21 10:00',
    );
    assert.equal(described('run', {}, {}, []), 'RUNNING');
    assert.equal(described('run', {}, { started: 'soon' }, []), 'RUNNING');
  });
});
