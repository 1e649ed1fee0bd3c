/**
 * Prints what the extension costs, as figures and ratios. Wants the production build and the package in place, which
 * `npm run bench` makes first.
 *
 *   node out/bench/bench.js [activation | reading | status | memory | holds | editor | panel | export | sizes ...]
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run/lib/paths';
import { program } from '../run/lib/program';
import { benchActivation } from './activation';
import { benchEditor } from './editor';
import { benchExport } from './export';
import { line } from './figures';
import { benchPanel } from './panel';
import { benchHolds } from './holds';
import { benchMemory, benchReading, benchStatusRefresh } from './reading';

const parts = {
  activation: benchActivation,
  reading: benchReading,
  status: benchStatusRefresh,
  memory: benchMemory,
  holds: benchHolds,
  editor: benchEditor,
  panel: benchPanel,
  export: benchExport,
  sizes: benchSizes,
};

program(async () => {
  const wanted = process.argv.slice(2);
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) await part();
  }
  return 0;
}, 420_000);

function benchSizes(): void {
  console.log('\nSizes');
  const main = loadedAtOnce('extension.js');
  const all = globFiles(join(root, 'dist')).filter(
    (file) => file !== 'sample.js' && !file.startsWith('panel'),
  );
  const page = globFiles(join(root, 'dist', 'panel')).map((file) => join('panel', file));
  line('main bundle, minified', sizeOf([...main]), 'kB', `${main.size} files, loaded at activation`);
  line('loaded later', sizeOf(all.filter((file) => !main.has(file))), 'kB');
  line(
    'the page of the panel',
    sizeOf(page),
    'kB',
    `page.js ${sizeOf([join('panel', 'page.js')]).toFixed(0)} kB at once`,
  );
  line('the package', statSync(join(root, 'connections-explorer.vsix')).size / 1000, 'kB');
}

/** The files below dist/ that loading one of them loads too: those that are required outside of an `import()`. */
function loadedAtOnce(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(join(root, 'dist', file), 'utf8');
  for (const [, name = ''] of text.matchAll(/(?<!=>\w*\(?)require\("\.\/(?:chunks\/)?([^"]+)"\)/g)) {
    loadedAtOnce(join('chunks', name), found);
  }
  return found;
}

function globFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
}

/** Thousands of bytes of files below dist/. */
function sizeOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(join(root, 'dist', file)).size, 0) / 1000;
}
