import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { RunRegistry, type RunRegistryContext } from '../../../../src/features/runs/runRegistry';
import { account } from '../../../support/fakes/store';
import { countIn, createEntry, judge, createRun } from './work';

const connection = childPath(account, 'connection', 'c');
const elsewhere = childPath(account, 'connection', 'd');
const OCTOBER = Date.parse('2026-10-01');

/** A registry with its events, and a short way to update it. */
class Reader {
  readonly book: RunRegistry;
  readonly ended: string[] = [];
  changes = 0;

  constructor(context: Partial<RunRegistryContext> = {}) {
    this.book = new RunRegistry({ notifySince: () => undefined, ...context });
    this.book.onDidEnd((runs) => this.ended.push(...runs.map(({ run }) => run.id)));
    this.book.onDidChange(() => this.changes++);
  }

  /** Reports the runs within paths. */
  answer(within: readonly ResourcePath[], ...runs: readonly Resource[]): void {
    this.report({ within, entries: runs });
  }

  report({
    within = [],
    entries = [],
    updated = [],
  }: {
    readonly within?: readonly ResourcePath[];
    readonly entries?: readonly Resource[];
    readonly updated?: readonly Resource[];
  }): void {
    const report = { entries: entries.map((run) => createEntry(run)), updated };
    this.book.apply({ account, within, runs: judge, report });
  }

  get shown(): readonly string[] {
    return this.book.entries().map(({ run }) => run.id);
  }
}

/** A reader of whom all is watched since October. */
function watching(): Reader {
  return new Reader({ notifySince: (path) => (path === connection ? OCTOBER : undefined) });
}

const at = { parent: connection };

describe('the runs in the registry', () => {
  it('are newest first, those without a date before all, and none that succeeded', () => {
    const reader = new Reader();
    reader.answer(
      [],
      createRun('old', 'failed', { day: 1 }),
      createRun('new', 'running', { day: 20 }),
      createRun('done', 'ok', { day: 21 }),
      createRun('undated', 'warning'),
      createRun('middle', 'queued', { day: 10 }),
    );
    assert.deepEqual(reader.shown, ['undated', 'new', 'middle', 'old']);
    assert.deepEqual([countIn(reader.book, 'running'), countIn(reader.book, 'failed')], [1, 1]);
  });

  it('keep the names above a run if an answer about the run leaves them out', () => {
    const { book } = new Reader();
    const take = (...of: readonly string[]): void => {
      const report = { entries: [createEntry(createRun('r', 'running'), ...of)], updated: [] };
      book.apply({ account, within: [], runs: judge, report });
    };
    for (const [reported, shown] of [
      [[], []],
      [['Shop'], ['Shop']],
      [[], ['Shop']],
      [['Web'], ['Web']],
    ] as const) {
      take(...reported);
      assert.deepEqual(book.entries()[0]?.ancestors, shown);
    }
  });

  it('lose what their account or place no longer reports', () => {
    const reader = new Reader();
    reader.answer([], createRun('x', 'failed', at), createRun('y', 'failed', { parent: elsewhere }));
    reader.answer([connection]);
    assert.deepEqual(reader.shown, ['y']);
    reader.answer([]);
    assert.deepEqual(reader.shown, []);
  });

  it('change only if something differs', () => {
    const reader = new Reader();
    reader.answer([]);
    assert.equal(reader.changes, 0);
    reader.book.onDidEnd((runs) => {
      assert.ok(runs.length > 0);
    });
    const endsAfter = (...runs: readonly Resource[]): number => {
      const before = reader.changes;
      reader.answer([], ...runs);
      return reader.changes - before;
    };
    assert.equal(endsAfter(createRun('a', 'running')), 1);
    assert.equal(endsAfter(createRun('a', 'running')), 0);
    assert.equal(endsAfter(createRun('a', 'failed')), 1);
    assert.equal(endsAfter(createRun('a', 'failed'), createRun('b', 'ok')), 1);
    assert.equal(endsAfter(createRun('b', 'ok')), 1, 'one is gone');
    assert.equal(endsAfter(createRun('b', 'ok')), 0);
  });

  it('are empty for a forgotten account, whose active runs are still expected', () => {
    const reader = watching();
    reader.answer([], createRun('over', 'failed', at), createRun('live', 'running', at));
    const other = childPath('account:b' as ResourcePath, 'run', 'z');
    reader.book.expect([other]);
    const { changes } = reader;
    reader.book.forget(account);
    assert.deepEqual([reader.shown, reader.changes - changes], [[], 1]);
    assert.deepEqual(reader.book.activePaths(account), [createRun('live', 'running', at).path]);
    assert.equal(reader.book.activePaths('account:b' as ResourcePath).length, 1);
    reader.answer([connection], createRun('over', 'failed', { ...at, day: 1 }), createRun('live', 'ok', at));
    assert.deepEqual(reader.ended, ['over', 'live'], 'what was known of its place is forgotten too');
  });
});

describe('the end of a run', () => {
  it('is reported when it is no longer active, once, whatever its state', () => {
    for (const state of ['ok', 'failed', 'warning', 'inactive', 'unknown'] as const) {
      const reader = new Reader();
      reader.answer([], createRun('r', 'queued'));
      reader.answer([], createRun('r', 'running'));
      assert.deepEqual(reader.ended, []);
      reader.answer([], createRun('r', state));
      reader.answer([], createRun('r', state));
      assert.deepEqual(reader.ended, ['r']);
      assert.deepEqual(reader.book.activePaths(account), []);
    }
  });

  it('is reported for runs that were active when the last window closed, or were shown as active', () => {
    const [before, shown] = [createRun('before', 'ok'), createRun('shown', 'failed')];
    const reader = new Reader({ remembered: [before.path] });
    reader.book.expect([shown.path]);
    assert.equal(reader.changes, 1);
    reader.book.expect([shown.path, before.path]);
    assert.equal(reader.changes, 1, 'both are known');
    assert.deepEqual(reader.book.activePaths(account), [before.path, shown.path]);
    reader.answer([], before, shown, createRun('other', 'failed'));
    assert.deepEqual(reader.ended, ['before', 'shown']);
    reader.book.expect([shown.path]);
    assert.deepEqual(reader.book.activePaths(account), [], 'it is known to be over');
  });

  it('is reported if an answer only mentions the run', () => {
    const reader = new Reader();
    reader.report({ updated: [createRun('r', 'running')] });
    assert.deepEqual(reader.book.activePaths(account), [], 'nobody expected it');
    reader.answer([], createRun('r', 'running'));
    reader.report({ updated: [createRun('r', 'ok')] });
    assert.deepEqual(reader.ended, ['r']);
    const remembering = new Reader({ remembered: [createRun('q', 'ok').path] });
    remembering.report({ updated: [createRun('q', 'ok')] });
    assert.deepEqual(remembering.ended, ['q']);
  });

  it('stays expected if the list of its account or place omits the run, and not if its own answer does', () => {
    const reader = new Reader();
    const run = createRun('r', 'running', at);
    reader.answer([], run);
    reader.answer([]);
    assert.deepEqual(reader.book.activePaths(account), [run.path]);
    reader.answer([elsewhere]);
    assert.deepEqual(reader.book.activePaths(account), [run.path]);
    reader.answer([connection]);
    assert.deepEqual(reader.book.activePaths(account), [run.path]);
    assert.deepEqual(reader.shown, []);
    reader.answer([connection, run.path]);
    assert.deepEqual(reader.book.activePaths(account), []);
    reader.answer([connection], createRun('r', 'ok', at));
    assert.deepEqual(reader.ended, []);
  });

  it('is reported if another load saw it', () => {
    const reader = new Reader();
    reader.answer([], createRun('r', 'running'), createRun('s', 'running'));
    const known = new Map([createRun('r', 'ok')].map((run) => [run.path, run]));
    reader.book.syncWith((path) => known.get(path));
    reader.book.syncWith((path) => known.get(path));
    assert.deepEqual(reader.ended, ['r']);
    assert.equal(reader.changes, 2);
  });
});

describe('a run that started and ended between two answers', () => {
  it('is reported if it is newer than all that was known of a watched place', () => {
    const reader = watching();
    reader.answer([connection], createRun('1', 'ok', { ...at, day: 1 }));
    reader.answer(
      [connection],
      createRun('1', 'ok', { ...at, day: 1 }),
      createRun('2', 'ok', { ...at, day: 2 }),
    );
    assert.deepEqual(reader.ended, ['1', '2']);
    reader.answer([connection], createRun('0', 'ok', { ...at, day: 2 }), createRun('x', 'ok', at));
    assert.deepEqual(reader.ended, ['1', '2'], 'neither newer nor dated');
  });

  it('is not reported if it ended before the watch, nor for other places', () => {
    const since = Date.parse('2026-11-10T08:00:00Z');
    const reader = new Reader({ notifySince: (path) => (path === connection ? since : undefined) });
    reader.answer(
      [connection, elsewhere],
      createRun('early', 'ok', { ...at, day: 9 }),
      createRun('then', 'ok', { ...at, day: 10 }),
      createRun('away', 'ok', { parent: elsewhere, day: 20 }),
    );
    assert.deepEqual(reader.ended, []);
    reader.answer([connection], createRun('late', 'ok', { ...at, day: 11 }));
    assert.deepEqual(reader.ended, ['late']);
  });

  it('starts over when a place is watched again', () => {
    let since: number | undefined = OCTOBER;
    const reader = new Reader({ notifySince: (path) => (path === connection ? since : undefined) });
    reader.answer([connection], createRun('a', 'ok', { ...at, day: 5 }));
    since = undefined;
    reader.answer([connection], createRun('b', 'ok', { ...at, day: 20 }));
    since = OCTOBER;
    reader.answer([connection], createRun('c', 'ok', { ...at, day: 6 }));
    assert.deepEqual(reader.ended, ['a', 'c']);
  });

  it('is not compared with the list of a whole account', () => {
    const reader = watching();
    reader.answer([], createRun('new', 'running', { ...at, day: 9 }));
    reader.answer(
      [connection],
      createRun('new', 'running', { ...at, day: 9 }),
      createRun('x', 'ok', { ...at, day: 3 }),
    );
    assert.deepEqual(reader.ended, ['x']);
  });
});

describe('runs that were shown only by their number', () => {
  const over = [3, 2, 1].map((day) => createRun(String(day), 'ok', { ...at, day }));

  it('are taken to be the newest that have ended', () => {
    for (const [count, ended] of [
      [0, []],
      [1, ['3']],
      [2, ['3', '2']],
      [9, ['3', '2', '1']],
    ] as const) {
      const reader = new Reader();
      reader.book.expectUnnamed(connection, count);
      reader.answer([connection], ...over.toReversed());
      assert.deepEqual(reader.ended, ended);
      reader.answer([connection], ...over, createRun('4', 'ok', { ...at, day: 4 }));
      assert.deepEqual(reader.ended, ended, 'the first answer is the last word');
    }
  });

  it('are reduced by those that are still active there, and those that are known to have ended', () => {
    const reader = new Reader({ remembered: [over[2]?.path ?? assert.fail()] });
    reader.book.expectUnnamed(connection, 3);
    reader.answer([connection], createRun('live', 'running', at), ...over);
    assert.deepEqual(reader.ended, ['1', '3']);
  });

  it('are not ended by runs that were known before, are elsewhere, or were not polled', () => {
    const reader = new Reader();
    reader.answer([], over[0] ?? assert.fail());
    reader.book.expectUnnamed(connection, 1);
    reader.answer([elsewhere], createRun('e', 'ok', { parent: elsewhere, day: 9 }));
    reader.answer([]);
    assert.deepEqual(reader.ended, []);
    reader.answer([], over[0] ?? assert.fail());
    reader.answer([account], over[0] ?? assert.fail(), createRun('f', 'ok', { parent: elsewhere, day: 9 }));
    assert.deepEqual(reader.ended, []);
  });

  it('are reported even if an answer about the whole account saw their end first', () => {
    for (const count of [1, 2]) {
      const reader = new Reader();
      reader.answer([], over[2] ?? assert.fail());
      reader.book.expectUnnamed(connection, count);
      reader.answer([], ...over);
      assert.deepEqual(reader.ended, [], 'the account may have left out others');
      reader.answer([connection], ...over);
      assert.deepEqual(reader.ended, ['3', '2'].slice(0, count));
      reader.answer([], ...over);
      reader.answer([connection], ...over);
      assert.deepEqual(reader.ended, ['3', '2'].slice(0, count), 'and told once');
    }
  });

  it('are forgotten with their account, or when it was shown at rest again', () => {
    const reader = new Reader();
    reader.book.expectUnnamed(connection, 1);
    reader.book.forget(account);
    reader.answer([connection], ...over);
    reader.book.expectUnnamed(elsewhere, 1);
    reader.book.expectUnnamed(elsewhere, 0);
    reader.answer([elsewhere], createRun('e', 'ok', { parent: elsewhere }));
    assert.deepEqual(reader.ended, []);
  });
});
