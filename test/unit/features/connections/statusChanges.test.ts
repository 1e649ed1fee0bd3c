import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { accountPath, childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import {
  compareStatus,
  withRows,
  type StatusRow,
  type StatusSnapshot,
} from '../../../../src/features/connections/statusChanges';

const account = accountPath('a');
const small = fc.nat({ max: 4 });
const counts = fc.record({ ok: small, failed: small, running: small, queued: small });
const row: fc.Arbitrary<StatusRow> = fc
  .record({ id: fc.constantFrom('1', '2', '3', '4'), counts })
  .map(({ id, counts: told }) => ({ path: childPath(account, 'connection', id), label: id, counts: told }));
const rows = fc.uniqueArray(row, { selector: ({ path }) => path });
const snapshot: fc.Arbitrary<StatusSnapshot> = fc
  .tuple(rows, fc.nat())
  .map(([known, at]) => withRows(new Map(), known, at, true));
const none = { ok: 0, failed: 0, running: 0, queued: 0 };

describe('changes between two readings of the status', () => {
  it('are none between a reading and itself', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (read, at) => {
        const { changed, unknownBefore, since } = compareStatus(withRows(new Map(), read, at, true), read);
        assert.deepEqual([changed, unknownBefore], [[], []]);
        assert.equal(since, read.length > 0 ? at : undefined);
      }),
    );
  });

  it('include only rows that are in both readings, and all of these that differ', () => {
    fc.assert(
      fc.property(snapshot, rows, (before, read) => {
        const { changed, unknownBefore } = compareStatus(before, read);
        const differing = read.filter(
          ({ path, counts: now }) => before.has(path) && !sameCounts(before.get(path)?.counts ?? none, now),
        );
        assert.deepEqual(paths(changed.map((change) => change.row)), paths(differing));
        assert.deepEqual(paths(unknownBefore), paths(read.filter(({ path }) => !before.has(path))));
      }),
    );
  });

  it('are never more than were loaded', () => {
    fc.assert(
      fc.property(snapshot, rows, (before, read) => {
        for (const { row: now, finished, failed, started } of compareStatus(before, read).changed) {
          const old = before.get(now.path)?.counts ?? none;
          assert.ok(finished <= Math.max(0, now.counts.ok - old.ok));
          assert.ok(failed <= Math.max(0, now.counts.failed - old.failed));
          assert.ok(started <= now.counts.running + now.counts.queued);
        }
      }),
    );
  });

  it('have a start that is no later than any reading of what changed', () => {
    fc.assert(
      fc.property(snapshot, rows, fc.nat(), (old, read, at) => {
        const before = withRows(old, read.slice(0, 1), at, false);
        const { changed, since } = compareStatus(before, read);
        for (const { row: now } of changed)
          assert.ok((since ?? Infinity) <= (before.get(now.path)?.at ?? -1));
      }),
    );
  });

  it('keep the known state of what a part did not read', () => {
    fc.assert(
      fc.property(snapshot, rows, fc.nat(), (before, read, at) => {
        const after = withRows(before, read, at, false);
        const isRead = new Set(read.map(({ path }) => path));
        for (const [path, known] of before) if (!isRead.has(path)) assert.equal(after.get(path), known);
        assert.deepEqual(compareStatus(after, read).changed, []);
      }),
    );
  });

  it('do not mistake the last run of a re-enabled pipeline for a new one', () => {
    const pipeline = { path: childPath(account, 'pipeline', 'p'), label: 'p', isLastRun: true } as const;
    const before = withRows(new Map(), [{ ...pipeline, counts: none }], 1, true);
    const [change] = compareStatus(before, [{ ...pipeline, counts: { ...none, ok: 1 } }]).changed;
    assert.deepEqual([change?.finished, change?.failed, change?.started], [0, 0, 0]);
    const running = withRows(new Map(), [{ ...pipeline, counts: { ...none, running: 1 } }], 1, true);
    assert.equal(
      compareStatus(running, [{ ...pipeline, counts: { ...none, failed: 1 } }]).changed[0]?.failed,
      1,
    );
  });
});

function sameCounts(a: StatusRow['counts'], b: StatusRow['counts']): boolean {
  return a.ok === b.ok && a.failed === b.failed && a.running === b.running && a.queued === b.queued;
}

function paths(all: readonly StatusRow[]): readonly ResourcePath[] {
  return all.map(({ path }) => path);
}
