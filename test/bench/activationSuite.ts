/**
 * Measures, inside the extension host, what activating a bundle costs. VS Code calls {@link run}. The environment holds
 * `BENCH_BUNDLES`, a JSON object of the bundles' paths by name, and `BENCH_RESULT`, the file for the result.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { cpSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { median } from './figures';
import { heapMeter } from '../support/heapMeter';

/** Each round loads every bundle once, in turn, so that all of them meet the same surroundings. */
const rounds = 15;

const extension = v.object({ activate: v.function() });

/** Milliseconds: all of an activation, and the loading in it. */
interface Times {
  readonly all: number[];
  readonly load: number[];
}

export async function run(): Promise<void> {
  const bundles = v.parse(v.record(v.string(), v.string()), JSON.parse(process.env.BENCH_BUNDLES ?? ''));
  const times: Record<string, Times> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, bundle] of Object.entries(bundles)) {
      const { all, load, end } = await activate(copyOf(bundle, `${name}-${round}`));
      const { all: alls, load: loads } = (times[name] ??= { all: [], load: [] });
      alls.push(all);
      loads.push(load);
      end();
    }
  }
  const requests: Record<string, number> = {};
  for (const [name, bundle] of Object.entries(bundles)) requests[name] = await requestsOf(name, bundle);
  const heap: Record<string, number> = {};
  for (const [name, bundle] of Object.entries(bundles)) heap[name] = await heapKept(name, bundle);
  const result = { times, requests, heap };
  writeFileSync(process.env.BENCH_RESULT ?? '', JSON.stringify(result));
}

/** Copies the folder of a bundle to a name of its own, lest V8 take the code that it compiled before. */
function copyOf(bundle: string, name: string): string {
  const folder = join(__dirname, 'copies', name);
  cpSync(dirname(bundle), folder, { recursive: true });
  return join(folder, basename(bundle));
}

/** Loads a bundle, calls it and waits for it. */
async function activate(file: string): Promise<{ all: number; load: number; end: () => void }> {
  const context = fakeContext();
  const require = createRequire(__filename);
  const began = performance.now();
  const loaded: unknown = require(file);
  const load = performance.now() - began;
  await v.parse(extension, loaded).activate(context);
  const all = performance.now() - began;
  const end = (): void => {
    for (const item of context.subscriptions.toReversed()) item.dispose();
  };
  return { all, load, end };
}

/** Later, VS Code activates the extension of this folder itself. */
const TURNS_AFTER = 20;

/** Told by Node of each request that a process sends. */
const REQUEST_CHANNELS = ['http.client.request.start', 'undici:request:create'];

/** How many requests this process sends while a bundle is activated, and in the turns after that. */
async function requestsOf(name: string, bundle: string): Promise<number> {
  let count = 0;
  const note = (): void => {
    count += 1;
  };
  for (const channel of REQUEST_CHANNELS) subscribe(channel, note);
  const { end } = await activate(copyOf(bundle, `${name}-requests`));
  for (let turn = 0; turn < TURNS_AFTER; turn++) await new Promise((resolve) => setImmediate(resolve));
  for (const channel of REQUEST_CHANNELS) unsubscribe(channel, note);
  end();
  return count;
}

/** Bytes of the heap that an activated bundle keeps: the middle of five. */
async function heapKept(name: string, bundle: string): Promise<number> {
  const heapUsed = heapMeter();
  const kept: number[] = [];
  for (let round = 0; round < 5; round++) {
    const copy = copyOf(bundle, `${name}-kept-${round}`);
    const before = heapUsed();
    const { end } = await activate(copy);
    kept.push(heapUsed() - before);
    end();
  }
  return median(kept);
}

/** What an activation gets from VS Code: empty storage, and otherwise what an extension requests at once. */
function fakeContext(): { readonly subscriptions: { dispose(): unknown }[] } {
  const memento = {
    get: (_key: string, fallback?: unknown) => fallback,
    update: () => Promise.resolve(),
    keys: () => [],
  };
  const context = {
    subscriptions: [],
    globalState: { ...memento, setKeysForSync: () => undefined },
    workspaceState: memento,
    secrets: {
      get: () => Promise.resolve(undefined),
      store: () => Promise.resolve(),
      delete: () => Promise.resolve(),
      onDidChange: () => ({ dispose: () => undefined }),
    },
    globalStorageUri: vscode.Uri.file(join(__dirname, 'storage')),
    extension: { id: 'bench.connections-explorer' },
    extensionUri: vscode.Uri.file(join(__dirname, '..', '..')),
    extensionMode: vscode.ExtensionMode.Production,
  };
  return context;
}
