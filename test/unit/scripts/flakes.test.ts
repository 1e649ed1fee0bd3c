import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it, mock } from 'node:test';
import { noCounts, type Counts } from '../../scripts/lib/counts';
import { failRepeatedFlakes } from '../../scripts/lib/flakes';

const [LATE, SLOW] = ['walk: is late', 'panel: is slow'];

describe('a test that passes on its second try', () => {
  let folder = '';
  const lines: string[] = [];
  const runWith = (flaky: readonly string[], isWhole = true, kind = 'unit'): Counts =>
    failRepeatedFlakes({ ...noCounts, passed: 5, flaky }, { kind, isWhole, folder });

  before(() => {
    mock.method(console, 'log', (line: string) => lines.push(line));
  });
  after(() => {
    mock.restoreAll();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'flakes-'));
    lines.length = 0;
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  it('counts as passed the first time, and as failed, with its name, if it is flaky in the next run too', () => {
    assert.deepEqual(runWith([LATE]), { passed: 5, failed: 0, skipped: 0, flaky: [LATE] });
    assert.deepEqual(lines, []);
    assert.deepEqual(runWith([SLOW, LATE]), { passed: 4, failed: 1, skipped: 0, flaky: [SLOW, LATE] });
    assert.deepEqual(lines, [`flaky twice in a row, which fails: ${LATE}`]);
  });

  it('is forgotten after a complete run without it, and not after a partial one', () => {
    runWith([LATE]);
    runWith([], false);
    assert.equal(runWith([LATE]).failed, 1);
    runWith([]);
    assert.equal(runWith([LATE]).failed, 0);
  });

  it('is remembered separately for each kind of tests', () => {
    runWith([LATE], true, 'host-newest');
    assert.equal(runWith([LATE], true, 'host-oldest').failed, 0);
  });

  it('is as new if the memory cannot be read', () => {
    writeFileSync(join(folder, 'unit.json'), '["walk: is l');
    assert.equal(runWith([LATE]).failed, 0);
    assert.equal(runWith([LATE]).failed, 1);
  });
});
