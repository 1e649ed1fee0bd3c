import { listFiles, PackageManager } from '@vscode/vsce';
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import * as v from 'valibot';
import { root } from '../../scripts/lib/paths';

const { notices } = createRequire(__filename)(join(root, 'notices.js')) as {
  notices: (inputs: readonly string[], cwd?: string) => string;
};

/** The parts of a text of notices, by the name and version that each begins with. */
function getParts(text: string): ReadonlyMap<string, string> {
  const [, ...parts] = text.split(`\n${'='.repeat(80)}\n\n`);
  return new Map(parts.map((part) => [part.split('\n', 1)[0] ?? '', part]));
}

describe('the notices of the package', () => {
  const parts = getParts(readFileSync(join(root, 'THIRD-PARTY-NOTICES.txt'), 'utf8'));

  it('name every package in the bundles with its version, license and license text', () => {
    const text = readFileSync(join(root, 'out/shippedInputs.json'), 'utf8');
    const inputs = v.parse(v.array(v.string()), JSON.parse(text));
    const folders = inputs.flatMap((input) => {
      const at = input.lastIndexOf('node_modules/');
      const [scope = '', name = ''] = input.slice(at + 'node_modules/'.length).split('/');
      if (at < 0) return [];
      return `${input.slice(0, at)}node_modules/${scope.startsWith('@') ? `${scope}/${name}` : scope}`;
    });
    assert.ok(folders.length > 100);
    const Package = v.object({ name: v.string(), version: v.string(), license: v.string() });
    for (const folder of new Set(folders)) {
      const manifest = readFileSync(join(root, folder, 'package.json'), 'utf8');
      const { name, version, license } = v.parse(Package, JSON.parse(manifest));
      const part = parts.get(`${name} ${version}`);
      assert.ok(part?.includes(`\nLicence: ${license}\n`), name);
    }
  });

  it('include no package without a text that grants its license', () => {
    const grants =
      /Permission (is hereby granted|to use, copy, modify)|Redistribution and use|Creative Commons/i;
    for (const [name, part] of parts) {
      assert.match(part, grants, name);
      assert.match(part, /Copyright|Creative Commons/i, name);
    }
  });

  it('name the icons, and what a library embeds', () => {
    const names = [...parts.keys()].map((name) => name.replace(/ [^ ]+$/, ''));
    for (const name of ['@vscode/codicons', '@dagrejs/graphlib', 'node-fetch', 'lit'])
      assert.ok(names.includes(name), name);
  });

  it('the notices are in the package', async () => {
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    assert.ok(files.includes('THIRD-PARTY-NOTICES.txt'), files.join('\n'));
  });
});

describe('notices', () => {
  const folder = mkdtempSync(join(tmpdir(), 'notices-'));
  after(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });
  const install = (path: string, files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path, name)), { recursive: true });
      writeFileSync(join(folder, path, name), text);
    }
  };
  const packageJson = (name: string): string => JSON.stringify({ name, version: '1.2.3', license: 'MIT' });
  const made = (...inputs: string[]): string => notices(inputs, folder);

  it('find packages inside packages, with a scope or without', () => {
    install('node_modules/a', { 'package.json': packageJson('a'), LICENSE: 'text of a' });
    install('node_modules/a/node_modules/@s/b', {
      'package.json': packageJson('@s/b'),
      licence: 'text of b',
    });
    const parts = getParts(made('src/x.ts', 'node_modules/a/node_modules/@s/b/dist/i.js'));
    assert.deepEqual([...parts.keys()], ['@s/b 1.2.3']);
    assert.match(parts.get('@s/b 1.2.3') ?? '', /text of b/);
  });

  it('find the packages of a source map', () => {
    const sources = ['../lib/i.ts', '../node_modules/d/lib/d.ts'];
    install('node_modules/c', {
      'package.json': packageJson('c'),
      LICENSE: 'text of c',
      'dist/i.js': '',
      'dist/i.js.map': JSON.stringify({ sources }),
    });
    install('node_modules/d', { 'package.json': packageJson('d'), COPYING: 'text of d' });
    assert.deepEqual([...getParts(made('node_modules/c/dist/i.js')).keys()], ['c 1.2.3', 'd 1.2.3']);
  });

  it('are not created if a package has no license text', () => {
    install('node_modules/bare', { 'package.json': packageJson('bare') });
    assert.throws(() => made('node_modules/bare/i.js'), /No text of the licence: bare\./);
  });
});
