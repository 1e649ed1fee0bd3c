import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childPath } from '../../src/services/path';
import type { RunEntry, Runs } from '../../src/services/runs';
import type { StatusState } from '../../src/services/service';
import { RunBook } from '../../src/watch/runBook';
import { account } from '../store/fakes';

const runs: Pick<Runs, 'isLive' | 'times'> = {
  isLive: ({ status }) => status?.state === 'running',
  times: ({ description }) => (description === undefined ? {} : { started: description }),
};

function entry(id: string, state: StatusState, started?: string): RunEntry {
  const run = {
    path: childPath(account, 'run', id),
    kind: 'run' as const,
    id,
    label: id,
    hasChildren: false,
    status: { state, word: state },
    ...(started !== undefined && { description: started }),
  };
  return { run, of: [] };
}

describe('what the Runs view shows', () => {
  it('is the newest first, what has no date before all, and nothing that went well', () => {
    const book = new RunBook({ noticedSince: () => undefined });
    const entries = [
      entry('old', 'failed', '2026-01-01'),
      entry('new', 'running', '2026-03-01'),
      entry('done', 'ok', '2026-04-01'),
      entry('undated', 'warning'),
      entry('middle', 'running', '2026-02-01'),
    ];
    book.take({ account, within: [], runs, report: { entries, seen: [] } });
    assert.deepEqual(
      book.entries().map(({ run }) => run.id),
      ['undated', 'new', 'middle', 'old'],
    );
    assert.deepEqual(book.counts(), { running: 2, failed: 1 });
  });
});
