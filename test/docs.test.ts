import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(__dirname, '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const architecture = read('ARCHITECTURE.md');

describe('ARCHITECTURE.md', () => {
  it('names every folder of src/, and of core', () => {
    for (const parent of ['src', 'src/core']) {
      const entries = readdirSync(join(root, parent), { withFileTypes: true });
      for (const { name } of entries.filter((each) => each.isDirectory()))
        assert.ok(architecture.includes(`\`${parent}/${name}/\``), name);
    }
  });
});
