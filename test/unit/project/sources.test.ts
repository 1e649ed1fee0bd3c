import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/lib/paths';

/** In a file with fewer lines, a reader finds less than its name and its imports said already. */
const SHORT_LINES = 20;

const MAX_SHORT_FILES = 20;

describe('the files of the code', () => {
  it(`at most ${MAX_SHORT_FILES} files of src have fewer than ${SHORT_LINES} lines`, () => {
    const short = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .filter((name) => readFileSync(join(root, 'src', name), 'utf8').split('\n').length - 1 < SHORT_LINES);
    assert.ok(short.length <= MAX_SHORT_FILES, `Merge by topic: ${short.join(', ')}`);
  });
});
