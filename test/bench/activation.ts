import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import * as v from 'valibot';
import { bytesOf, loadedAtActivation } from '../scripts/lib/budget';
import { launchBrowser } from '../scripts/lib/browser';
import { runHostSuite } from '../scripts/lib/hostSuite';
import { newest } from '../scripts/lib/npmHost';
import { out, root } from '../scripts/lib/paths';
import { line, median, ratio } from './figures';

const bench = join(out, 'bench');
const times = v.object({ all: v.array(v.number()), load: v.array(v.number()) });
const counts = v.object({ empty: v.number(), fetch: v.number(), extension: v.number() });
const measured = v.object({
  times: v.object({ empty: times, fetch: times, extension: times }),
  requests: counts,
  heap: counts,
});

/**
 * Activation of the shipped bundle in the newest VS Code, compared with an empty extension and with only node-fetch.
 */
export async function benchActivation(): Promise<void> {
  const bundles = {
    empty: await bundle('empty', 'export function activate() {}'),
    fetch: await bundle('fetch', "export * from 'node-fetch'; export function activate() {}"),
    extension: join(root, 'dist', 'extension.js'),
  };
  const result = join(bench, 'activation.json');
  const env = { BENCH_BUNDLES: JSON.stringify(bundles), BENCH_RESULT: result };
  const browser = await launchBrowser();
  const printed: string[] = [];
  const { failed } = await runHostSuite(newest, browser, {
    tests: join(bench, 'activationSuite.js'),
    env,
    print: (text) => printed.push(text),
  });
  await browser.close();
  if (failed > 0) throw new Error(printed.join('\n'));
  const { times: byName, requests, heap } = v.parse(measured, JSON.parse(await readFile(result, 'utf8')));
  console.log(
    `\nActivation in VS Code ${newest.vscode}: load, call and await, median of ${byName.empty.all.length}`,
  );
  const { extension, fetch, empty } = byName;
  line(
    'this extension',
    median(extension.all),
    'ms',
    ratio(median(extension.all), median(empty.all), 'an empty one'),
    first(extension),
  );
  line('of that, loading the bundle', median(extension.load), 'ms');
  line('a bundle of node-fetch alone', median(fetch.all), 'ms', first(fetch));
  line('an empty extension', median(empty.all), 'ms', first(empty));
  line('requests', requests.extension, '', `an empty extension ${requests.empty}`);
  const files = await loadedAtActivation();
  line('bytes loaded', bytesOf(files) / 1000, 'kB', `${files.length} files`);
  const kept = heap.extension - heap.empty;
  line(
    'heap kept, above an empty extension',
    kept / 1024,
    'kB',
    `node-fetch ${((heap.fetch - heap.empty) / 1024).toFixed(0)} kB`,
  );
}

/** The first activation in a host, which finds nothing warm. */
function first({ all }: v.InferOutput<typeof times>): string {
  return `the first ${(all[0] ?? Number.NaN).toFixed(1)} ms`;
}

/** Builds a bundle as the extension is built for production. @returns its path */
async function bundle(name: string, contents: string): Promise<string> {
  const outfile = join(bench, name, 'extension.js');
  await mkdir(dirname(outfile), { recursive: true });
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['web-streams-polyfill'],
    write: false,
  });
  await writeFile(outfile, outputFiles[0]?.contents ?? '');
  return outfile;
}
