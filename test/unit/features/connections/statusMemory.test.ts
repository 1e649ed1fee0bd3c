import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { accountPath, childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { KnownStatus, StatusSnapshot } from '../../../../src/features/connections/statusChanges';
import { StatusMemory } from '../../../../src/features/connections/statusMemory';
import { MemoryFiles } from '../runs/work';

const account = accountPath('a');
const other = accountPath('b');
const connection = childPath(account, 'connection', 'c');
const counts = { ok: 1, failed: 2, running: 3, queued: 4 };
const snapshot: StatusSnapshot = new Map([[connection, { at: 5, counts }]]);

/** The memory of a window on a workspace. */
function open(files: MemoryFiles, workspace = 'w'): StatusMemory {
  return new StatusMemory({ files: () => files, workspace });
}

const status: fc.Arbitrary<KnownStatus> = fc
  .tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat(), fc.nat())
  .map(([at, ok, failed, running, queued]) => ({ at, counts: { ok, failed, running, queued } }));
const row: fc.Arbitrary<readonly [ResourcePath, KnownStatus]> = fc
  .tuple(fc.string({ minLength: 1 }), status)
  .map(([id, known]) => [childPath(account, 'connection', id), known]);

describe('the memory of statuses', () => {
  it('returns in another window what was stored, with any names and counts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row), async (rows) => {
        const files = new MemoryFiles();
        await open(files).write(account, new Map(rows));
        assert.deepEqual(await open(files).read([account]), new Map([[account, new Map(rows)]]));
      }),
    );
  });

  it('replaces the known state of an account, and keeps others', async () => {
    const files = new MemoryFiles();
    const memory = open(files);
    await memory.write(account, snapshot);
    await memory.write(other, snapshot);
    await memory.write(account, new Map());
    assert.deepEqual((await memory.read([account, other])).get(account), new Map());
    assert.ok((await memory.read([account, other])).has(other));
  });

  it('keeps workspaces apart', async () => {
    const files = new MemoryFiles();
    await open(files, 'one').write(account, snapshot);
    assert.deepEqual(await open(files, 'two').read([account]), new Map());
    assert.deepEqual(await open(files, 'one').read([account]), new Map([[account, snapshot]]));
  });

  it('forgets removed accounts, of other workspaces too', async () => {
    const files = new MemoryFiles();
    await open(files, 'one').write(account, snapshot);
    await open(files, 'two').write(other, snapshot);
    assert.deepEqual(await open(files, 'two').read([]), new Map());
    assert.equal(files.entries.size, 0);
  });

  it('forgets what was not read for three months', () => {
    const lifetimes: number[] = [];
    const files = (_: string, lifetime: number): MemoryFiles => {
      lifetimes.push(lifetime);
      return new MemoryFiles();
    };
    assert.ok(new StatusMemory({ files, workspace: 'w' }));
    assert.deepEqual(lifetimes, [90 * 86_400_000]);
  });

  it('skips what it cannot read, and rows of another account', async () => {
    const rows = [
      [connection, 1, 1, 1, 1, 1],
      [childPath(other, 'connection', 'c'), 1, 1, 1, 1, 1],
      ['no path', 1, 1, 1, 1, 1],
    ];
    const text = (content: unknown): string => JSON.stringify({ workspace: 'w', account, rows: content });
    const files = new MemoryFiles();
    for (const unusable of ['', '{', '[]', text([[connection, 1]]), text([[connection, 1, -1, 0, 0, 0]])])
      await files.put(unusable, unusable);
    await files.put('rows', text(rows));
    const known = (await open(files).read([account])).get(account);
    assert.deepEqual([...(known?.keys() ?? [])], [connection]);
  });
});
