/**
 * Measures, inside the extension host, what activating a bundle costs. VS Code calls {@link run}. The environment holds
 * `BENCH_BUNDLES`, a JSON object of the bundles' paths by name, `BENCH_EXTENSION`, the folder of an extension that does
 * nothing but has our contributions, `BENCH_SIGN_IN`, the arguments with which ours adds an account, and `BENCH_RESULT`,
 * the file for the result. `account` is the bundle `extension` in the profile of
 * somebody who has signed in.
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
const api = v.object({ accounts: v.object({ add: v.function() }) });

/** Milliseconds of processor time, which nothing else on the machine lengthens. */
interface Times {
  /** Load, call and await. */
  readonly all: number[];
  /** The loading in it. */
  readonly load: number[];
  /** All that follows in turns of its own. */
  readonly after: number[];
}

/** A bundle, and what it finds stored. */
interface Case {
  readonly bundle: string;
  readonly profile?: Profile;
}

/** What VS Code stores for an extension. */
interface Profile {
  readonly state: Map<string, unknown>;
  readonly secrets: Map<string, string>;
}

export async function run(): Promise<void> {
  const bundles = v.parse(v.record(v.string(), v.string()), JSON.parse(process.env.BENCH_BUNDLES ?? ''));
  const cases = new Map<string, Case>(Object.entries(bundles).map(([name, bundle]) => [name, { bundle }]));
  const bundle = bundles.extension ?? '';
  cases.set('account', { bundle, profile: await signIn(bundle) });
  const times: Record<string, Times> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, each] of cases) {
      const { all, load, after } = (times[name] ??= { all: [], load: [], after: [] });
      const activation = await activate({ ...each, bundle: makeCopy(each.bundle, `${name}-${round}`) });
      all.push(activation.all);
      load.push(activation.load);
      after.push(await spentIn(settled));
      activation.end();
    }
  }
  const requests: Record<string, number> = {};
  for (const [name, each] of cases) requests[name] = await getRequests(name, each);
  const heap: Record<string, number> = {};
  for (const [name, each] of cases) heap[name] = await heapKept(name, each);
  const result = { times, requests, heap };
  writeFileSync(process.env.BENCH_RESULT ?? '', JSON.stringify(result));
}

/** Adds an account through the extension itself. @returns what that stored */
async function signIn(bundle: string): Promise<Profile> {
  const profile: Profile = { state: new Map(), secrets: new Map() };
  const given = v.parse(v.array(v.unknown()), JSON.parse(process.env.BENCH_SIGN_IN ?? ''));
  const copy = makeCopy(bundle, 'sign-in');
  const { exported, end } = await activate({ bundle: copy, profile }, vscode.ExtensionMode.Test);
  await v.parse(api, exported).accounts.add(...given);
  end();
  return profile;
}

/** Milliseconds of processor time of this process: that of its thread alone is only known in ticks of the system. */
async function spentIn(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  return milliseconds(process.cpuUsage(before));
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

/** Milliseconds in which everything has happened that an activation begins. */
const SETTLED_MS = 100;

function settled(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
}

/** Copies the folder of a bundle to a name of its own, lest V8 take the code that it compiled before. */
function makeCopy(bundle: string, name: string): string {
  const folder = join(process.env.BENCH_EXTENSION ?? '', 'copies', name);
  cpSync(dirname(bundle), folder, { recursive: true });
  return join(folder, basename(bundle));
}

/** An activation, as it is measured. */
interface Activation {
  readonly all: number;
  readonly load: number;
  /** What `activate` returned. */
  readonly exported: unknown;
  readonly end: () => void;
}

/** Loads a bundle, calls it and waits for it. */
async function activate({ bundle, profile }: Case, mode?: vscode.ExtensionMode): Promise<Activation> {
  const context = fakeContext(profile, mode);
  const require = createRequire(__filename);
  const before = process.cpuUsage();
  const loaded: unknown = require(bundle);
  const load = milliseconds(process.cpuUsage(before));
  const exported: unknown = await v.parse(extension, loaded).activate(context);
  const all = milliseconds(process.cpuUsage(before));
  const end = (): void => {
    for (const item of context.subscriptions.toReversed()) item.dispose();
  };
  return { all, load, exported, end };
}

/** Told by Node of each request that a process sends. */
const REQUEST_CHANNELS = ['http.client.request.start', 'undici:request:create'];

/** How many requests this process sends while a bundle is activated, and after that. */
async function getRequests(name: string, each: Case): Promise<number> {
  let count = 0;
  const note = (): void => {
    count += 1;
  };
  for (const channel of REQUEST_CHANNELS) subscribe(channel, note);
  const { end } = await activate({ ...each, bundle: makeCopy(each.bundle, `${name}-requests`) });
  await settled();
  for (const channel of REQUEST_CHANNELS) unsubscribe(channel, note);
  end();
  return count;
}

/** Bytes of the heap that an activated bundle keeps: the middle of five. */
async function heapKept(name: string, { bundle, ...others }: Case): Promise<number> {
  const heapUsed = heapMeter();
  const kept: number[] = [];
  for (let round = 0; round < 5; round++) {
    const copy = makeCopy(bundle, `${name}-kept-${round}`);
    const before = heapUsed();
    const { end } = await activate({ bundle: copy, ...others });
    kept.push(heapUsed() - before);
    end();
  }
  return median(kept);
}

/** What an activation gets from VS Code. @param profile what is stored. Default: nothing */
function fakeContext(
  { state, secrets }: Profile = { state: new Map(), secrets: new Map() },
  mode = vscode.ExtensionMode.Production,
): { readonly subscriptions: { dispose(): unknown }[] } {
  const memento = {
    get: (key: string, fallback?: unknown) => state.get(key) ?? fallback,
    update: (key: string, value: unknown) => {
      if (value === undefined) state.delete(key);
      else state.set(key, value);
      return Promise.resolve();
    },
    keys: () => [...state.keys()],
  };
  const context = {
    subscriptions: [],
    globalState: { ...memento, setKeysForSync: () => undefined },
    workspaceState: { ...memento, get: (_key: string, fallback?: unknown) => fallback, keys: () => [] },
    secrets: {
      get: (key: string) => Promise.resolve(secrets.get(key)),
      store: (key: string, value: string) => Promise.resolve(void secrets.set(key, value)),
      delete: (key: string) => Promise.resolve(void secrets.delete(key)),
      keys: () => Promise.resolve([...secrets.keys()]),
      onDidChange: () => ({ dispose: () => undefined }),
    },
    globalStorageUri: vscode.Uri.file(join(__dirname, 'storage')),
    extension: { id: 'bench.connections-explorer' },
    extensionUri: vscode.Uri.file(join(__dirname, '..', '..')),
    extensionMode: mode,
  };
  return context;
}
