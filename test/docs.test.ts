import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(__dirname, '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const architecture = read('ARCHITECTURE.md');

describe('ARCHITECTURE.md', () => {
  it('names every folder of src/', () => {
    const entries = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isDirectory())) {
      const folder = join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/');
      assert.ok(architecture.includes(`\`${folder}/\``), folder);
    }
  });

  it('names every part that services share', () => {
    const shared = readdirSync(join(root, 'src/services')).filter((name) => name.endsWith('.ts'));
    for (const name of shared) assert.ok(architecture.includes(`\`${name.slice(0, -3)}\``), name);
  });
});
