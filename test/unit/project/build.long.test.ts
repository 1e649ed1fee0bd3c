import { listFiles, PackageManager } from '@vscode/vsce';
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/lib/paths';
import { runOrThrow } from '../../scripts/lib/processes';

/** The inputs of a build, in addition to the libraries. */
const INPUTS = [...['src', 'esbuild.js', 'icons.js', 'notices.js'], ...['package.json', 'tsconfig.json']];

describe('the build for production', () => {
  // Below the root, because a folder for temporary files may be on another drive.
  const copy = join(root, 'out', 'production');
  let code: readonly string[];

  before(async () => {
    rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
    mkdirSync(copy, { recursive: true });
    for (const name of INPUTS) cpSync(join(root, name), join(copy, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
    await runOrThrow(process.execPath, ['esbuild.js', '--production'], { cwd: copy, timeout: 60_000 });
    code = getFiles(join(copy, 'dist')).filter((file) => file.endsWith('.js'));
  });
  after(() => {
    rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
  });

  it('leaves no source maps among what it ships, and no reference to them', () => {
    assert.deepEqual(
      getFiles(join(copy, 'dist')).filter((file) => file.endsWith('.map')),
      [],
    );
    for (const file of code) assert.doesNotMatch(getText(file), /sourceMappingURL=[^"'`]+\.map\s*$/, file);
  });

  it('puts a source map for each file beside it, which names existing sources', () => {
    const sources = new Set<string>();
    for (const file of code) {
      const map = join(copy, 'dist-maps', `${file}.map`);
      for (const source of toMap(map).sources) {
        // Libraries do not bring all that their own source maps name.
        if (!source.includes('/src/') || source.includes('/node_modules/')) continue;
        assert.ok(existsSync(resolve(dirname(map), source)), `${file}: ${source}`);
        sources.add(source);
      }
    }
    assert.ok(sources.size > 200);
  });

  it('maps what it ships to its original lines', () => {
    const word = 'createTreeView';
    const file = code.find((each) => getText(each).includes(word)) ?? assert.fail(word);
    const lines = getText(file).split('\n');
    const line = lines.findIndex((text) => text.includes(word));
    const map = join(copy, 'dist-maps', `${file}.map`);
    const entry = new SourceMap(toMap(map)).findEntry(line, lines[line]?.indexOf(word) ?? 0);
    assert.ok('originalSource' in entry);
    assert.match(entry.originalSource, /\/src\//);
    const source = readFileSync(resolve(dirname(map), entry.originalSource), 'utf8');
    assert.match(source.split('\n')[entry.originalLine] ?? '', new RegExp(word));
  });

  function getText(file: string): string {
    return readFileSync(join(copy, 'dist', file), 'utf8');
  }
});

describe('the package', () => {
  it('contains no source maps, whatever was built last', async () => {
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    assert.ok(files.includes('dist/extension.js'));
    assert.deepEqual(
      files.filter((file) => file.endsWith('.map')),
      [],
    );
  });
});

/** The paths of all files below a folder. */
function getFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
}

function toMap(file: string): SourceMapPayload {
  return JSON.parse(readFileSync(file, 'utf8')) as SourceMapPayload;
}
