/**
 * Prints what the extension costs, as figures and ratios. Wants the production build and the package in place, which
 * `npm run bench` makes first.
 *
 *   node out/bench/bench.js [activation | reading | status | memory | holds | tree | editor | goTo | panel | export |
 *     compare | sizes ...]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { getBytes, loadedAtActivation } from '../scripts/lib/budget';
import { root } from '../scripts/lib/paths';
import { program } from '../scripts/lib/program';
import { benchActivation } from './activation';
import { benchCompare } from './compare';
import { benchEditor } from './editor';
import { benchExport } from './export';
import { benchGoTo } from './goTo';
import { line } from './figures';
import { benchPanel } from './panel';
import { benchHolds } from './holds';
import { benchTree } from './tree';
import { benchMemory, benchReading, benchStatusRefresh } from './reading';

const parts = {
  activation: benchActivation,
  reading: benchReading,
  status: benchStatusRefresh,
  memory: benchMemory,
  holds: benchHolds,
  tree: benchTree,
  editor: benchEditor,
  goTo: benchGoTo,
  panel: benchPanel,
  export: benchExport,
  compare: benchCompare,
  sizes: benchSizes,
};

program(async () => {
  const wanted = process.argv.slice(2);
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) await part();
  }
  return 0;
}, 1_800_000);

async function benchSizes(): Promise<void> {
  console.log('\nSizes');
  const main = new Set((await loadedAtActivation()).map((file) => relative(join(root, 'dist'), file)));
  const all = globFiles(join(root, 'dist')).filter(
    (file) => file !== 'sample.js' && !file.startsWith('panel'),
  );
  const page = globFiles(join(root, 'dist', 'panel')).map((file) => join('panel', file));
  line('loaded at activation, without an account', getSize([...main]), 'kB', `${main.size} files`);
  line('loaded later', getSize(all.filter((file) => !main.has(file))), 'kB');
  line('the page of the panel', getSize(page), 'kB');
  const first = importedAtOnce('page.js').map((file) => join('panel', file));
  line('of that, its first script', getSize(first), 'kB', `${first.length} files`, 'wanted: 15 kB');
  line('the package', getBytes([join(root, 'connections-explorer.vsix')]) / 1000, 'kB');
}

/** A file of the page, and those that it imports before it runs, each with those that it imports so. */
function importedAtOnce(file: string, known: ReadonlySet<string> = new Set()): readonly string[] {
  const text = readFileSync(join(root, 'dist', 'panel', file), 'utf8');
  const imported = [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)].map(([, name = '']) => name);
  const all = new Set([...known, file]);
  for (const name of imported) {
    if (!all.has(name)) for (const each of importedAtOnce(name, all)) all.add(each);
  }
  return [...all];
}

function globFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
}

/** Thousands of bytes of files below dist/. */
function getSize(files: readonly string[]): number {
  return getBytes(files.map((file) => join(root, 'dist', file))) / 1000;
}
