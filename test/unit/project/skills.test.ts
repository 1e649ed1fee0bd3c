import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import manifest from '../../../package.json';
import texts from '../../../package.nls.json';
import { toolInputs } from '../../../src/features/tools/toolInput';
import { root } from '../../scripts/lib/paths';

/** https://agentskills.io/specification */
const MAX_DESCRIPTION_LENGTH = 1024;

describe('the skills for agents', () => {
  for (const { path } of manifest.contributes.chatSkills) {
    const text = readFileSync(join(root, path), 'utf8');
    const name = basename(dirname(path));

    it(`${name} has a name like its folder, and a description of allowed length`, () => {
      const [, named, description] = /^---\nname: (.+)\ndescription: (.+)\n---\n/.exec(text) ?? [];
      assert.equal(named, name);
      assert.match(name, /^[a-z\d]+(-[a-z\d]+)*$/);
      assert.ok(description !== undefined && description.length <= MAX_DESCRIPTION_LENGTH);
    });

    it(`${name} names existing tools and commands only, and every tool`, () => {
      const tools = new Set([...text.matchAll(/connectionsExplorer_\w+/g)].map(([tool]) => tool));
      assert.deepEqual([...tools].sort(), Object.keys(toolInputs).sort());
      const titles = new Set(Object.values(texts).map((title) => title.replace(/…$/, '')));
      for (const [, command = ''] of text.slice(text.indexOf('## Limits')).matchAll(/\*\*(.+?)\*\*/g))
        assert.ok(titles.has(command), command);
    });

    it(`${name} is in the package`, () => {
      assert.match(readFileSync(join(root, '.vscodeignore'), 'utf8'), /^!media\/skills\/\*\/SKILL\.md$/m);
    });
  }
});
