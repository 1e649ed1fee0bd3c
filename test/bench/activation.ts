import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import * as v from 'valibot';
import { startSampleService } from '../../src/sample/server';
import { getBytes, loadedAtActivation } from '../scripts/lib/budget';
import { launchBrowser } from '../scripts/lib/browser';
import { runHostSuite } from '../scripts/lib/hostSuite';
import { newest } from '../scripts/lib/npmHost';
import { out, root } from '../scripts/lib/paths';
import { line, median, ratio } from './figures';

const bench = join(out, 'bench');

/** No peer states a figure of its own: these are what was read and measured of their code. */
const PEER_MS = 5;
const PEER_TELEMETRY = 'the telemetry of peers alone 349 kB';

const numbers = v.array(v.number());
const times = v.object({ all: numbers, load: numbers, after: numbers });
/** Milliseconds of processor time, as in the suite. */
type Times = v.InferOutput<typeof times>;

const counts = byCase(v.number());
const measured = v.object({
  times: byCase(times),
  requests: counts,
  heap: counts,
});

type Measured = v.InferOutput<typeof measured>;

/** The figures of each case of the suite. */
function byCase<T extends v.GenericSchema>(of: T) {
  return v.object({ empty: of, fetch: of, extension: of, account: of });
}

/**
 * Activation of the shipped bundle in the newest VS Code, with and without an account, compared with an empty extension
 * and with only node-fetch.
 */
export async function benchActivation(): Promise<void> {
  const { times: byName, requests, heap } = await measure();
  const { extension, account, fetch, empty } = byName;
  const none = median(empty.all);
  console.log(
    `\nActivation in VS Code ${newest.vscode}: load, call and await, processor time, median of ${empty.all.length}`,
  );
  const report = (name: string, of: Times, ...remarks: readonly string[]): void => {
    line(name, median(of.all), 'ms', ratio(median(of.all), none, 'an empty one'), first(of), ...remarks);
  };
  report('this extension, without an account', extension, 'wanted: 8 ×');
  line('of that, loading the bundle', median(extension.load), 'ms');
  report('this extension, with an account', account, 'wanted: 15 ×');
  line('of that, loading the bundle', median(account.load), 'ms');
  line('the application, in turns after that', median(account.after) - median(empty.after), 'ms');
  report('a bundle of node-fetch alone', fetch);
  line('an empty extension', none, 'ms', first(empty));
  line('at most, drawn from the code of 17 peers', PEER_MS, 'ms', 'above an empty extension');
  line(
    ...(['requests', requests.extension, ''] as const),
    ...[`with an account ${requests.account}`, `an empty extension ${requests.empty}`],
  );
  const files = await loadedAtActivation();
  line(
    'bytes loaded',
    getBytes(files) / 1000,
    'kB',
    `${files.length} files`,
    'wanted: 60 kB',
    PEER_TELEMETRY,
  );
  const above = (bytes: number): number => (bytes - heap.empty) / 1024;
  line(
    ...(['heap kept, above an empty extension', above(heap.extension), 'kB'] as const),
    ...['wanted: 400 kB', `node-fetch ${above(heap.fetch).toFixed(0)} kB`],
  );
}

/** Runs the suite in VS Code. */
async function measure(): Promise<Measured> {
  const bundles = {
    empty: await bundle('empty', 'export function activate() {}'),
    fetch: await bundle('fetch', "export * from 'node-fetch'; export function activate() {}"),
    extension: join(root, 'dist', 'extension.js'),
  };
  const result = join(bench, 'activation.json');
  const extension = await contributions();
  const sample = await startSampleService({ rate: 0 });
  const { settings, secrets } = sample.credentials('cja');
  const env = {
    BENCH_BUNDLES: JSON.stringify(bundles),
    BENCH_EXTENSION: extension,
    BENCH_SIGN_IN: JSON.stringify([{ service: 'cja', name: 'Bench', settings }, secrets]),
    BENCH_RESULT: result,
  };
  const browser = await launchBrowser();
  const printed: string[] = [];
  const { failed } = await runHostSuite(newest, browser, {
    tests: join(bench, 'activationSuite.js'),
    extension,
    env,
    print: (text) => printed.push(text),
  });
  await browser.close();
  await sample.close();
  if (failed > 0) throw new Error(printed.join('\n'));
  return v.parse(measured, JSON.parse(await readFile(result, 'utf8')));
}

/**
 * Makes an extension that has our contributions and does nothing: VS Code may activate the one in development at any
 * time, and then refuses commands that a measured one registers. @returns its folder
 */
async function contributions(): Promise<string> {
  const folder = join(bench, 'extension');
  await mkdir(folder, { recursive: true });
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const others = v.parse(v.looseObject({}), manifest);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...others, main: './nothing.js' }));
  await writeFile(join(folder, 'nothing.js'), 'exports.activate = () => undefined;');
  return folder;
}

/** The first activation in a host, which finds nothing warm. */
function first({ all }: Times): string {
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
