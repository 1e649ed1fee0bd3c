import { completionContext } from '../../src/features/editor/completionContext';
import { hintsIn, idsAt } from '../../src/features/editor/idTokens';
import { IdsByName, sortedByName } from '../../src/features/editor/idsByName';
import { inSlices } from '../../src/core/base/turns';
import { type Word, WORD_PATTERN } from '../../src/features/editor/words';
import { accountPath, childPath } from '../../src/core/services/contract/path';
import type { Session } from '../../src/core/services/contract/service';
import type { Account } from '../../src/core/services/contract/signIn';
import type { Page } from '../../src/core/services/contract/page';
import type { Resource } from '../../src/core/services/contract/resource';
import { IdIndex } from '../../src/core/store/idIndex';
import { Store } from '../../src/core/store/store';
import { line, median, ratio } from './figures';
import { heapMeter } from '../support/heapMeter';
import { held, spent } from './held';

const rounds = 50;
const mega = 1024 * 1024;

/** Nothing is cancelled here. */
const never = (): boolean => false;

/**
 * The requests of an editor while the user types: look-ups, searches and hints over many known IDs, and one of them in
 * 1 MB.
 */
export async function benchEditor(): Promise<void> {
  for (const known of [10_000, 100_000]) {
    const connections = createConnections(known);
    const store = await filledStore(connections);
    console.log(`\nIn an editor, ${known} known ids, ${rounds} rounds`);
    benchIndex(connections);
    benchHover(store);
    await benchCompletion(store, connections);
    benchHints(store);
  }
}

/** The index by both forms of ids, against a bare map by one. */
function benchIndex(connections: readonly Resource[]): void {
  const places = connections.map((resource) => ({ resource }));
  const [index, indexHeap] = made(() => {
    const ids = new IdIndex(shortId);
    for (const place of places) ids.add(place);
    return ids;
  });
  const [map, mapHeap] = made(() => new Map(connections.map((resource) => [resource.id, resource.path])));
  line('index of ids, all at once', index, 'ms', ratio(index, map, 'a bare map of one form'));
  line('memory of it', indexHeap / mega, 'MB', ratio(indexHeap, mapHeap, 'a bare map of one form'));
}

function benchHover(store: Store): void {
  const text = `${'x=1;'.repeat(125_000)}"${toId(7)}"${';y=2'.repeat(125_000)}`;
  const column = text.indexOf('dg_') + 5;
  const whole = times(10, () =>
    [...text.matchAll(WORD_PATTERN)].find(({ 0: { length }, index }) => index + length > column),
  );
  const hover = times(rounds, () => idsAt(text, column).flatMap((word) => store.find(word.text)));
  printFigures('hover from the store, minified 1 MB line', hover, whole, 'all words of the line');
}

/** Completion in times of a bare loop over the names. */
const WANTED_COMPLETION = 1.5;

/** Completion in processor time, against a bare loop over the names, and how long it keeps all else from being done. */
async function benchCompletion(store: Store, connections: readonly Resource[]): Promise<void> {
  const loop: number[] = [];
  for (let round = 0; round < rounds; round++)
    loop.push(await busy(() => connections.filter(({ label }) => label.toLowerCase().includes('ret'))));
  const idle = await holds(() => new Promise((resolve) => setTimeout(resolve, 20)));
  const sorting: number[] = [];
  for (let round = 0; round < 5; round++)
    sorting.push(await busy(() => inSlices(sortedByName(store.identified()), never)));
  printFigures('completion, the first one of all: sorting', sorting, loop, 'a bare loop over the names');
  const ids = new IdsByName(store);
  await inSlices(ids.all(), never);
  const ordering: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await rename(store, connections[(round * 997) % connections.length], `Renamed ${round}`);
    ordering.push(await busy(() => inSlices(ids.all(), never)));
  }
  const wantedAtMost = `a bare loop over the names, wanted at most ${WANTED_COMPLETION}`;
  printFigures('completion, the first one after a change: sorting', ordering, loop, wantedAtMost);
  const begun: Readonly<Record<string, string>> = {
    'three letters of many names': 'Ret',
    'a name': 'Connection 99',
    'an id': 'dg_0000',
    'a word that fits nothing': 'nothing like it',
  };
  for (const [name, value] of Object.entries(begun)) {
    const written = `x = "${value}`;
    const text = { languageId: 'typescript', lineAt: () => written };
    const place = { text, line: 0, column: written.length, reason: 'request' } as const;
    const search = (): Promise<unknown> => inSlices(completionContext(ids, place, 50), never);
    const all: number[] = [];
    for (let round = 0; round < rounds; round++) all.push(await busy(search));
    const of = `a bare loop over the names, wanted at most ${WANTED_COMPLETION}`;
    printFigures(`completion, ${name}`, all, loop, of);
    const longest = await holds(search);
    line(
      '  longest hold of all else, processor time',
      median(longest),
      'ms',
      `${worst(longest)}, of an idle loop ${worst(idle)}`,
    );
  }
}

async function rename(store: Store, resource: Resource | undefined, label: string): Promise<void> {
  if (resource) await store.put([{ ...resource, label }], Date.now() + 1);
}

function benchHints(store: Store): void {
  const isKnown = ({ text }: Pick<Word, 'text'>): boolean => store.find(text).length > 0;
  const ids = `"${toId(1)}",`.repeat(25_000);
  const lines = Array.from({ length: 25_000 }, (_, at) => `  "${toId(at % 10_000)}",`);
  const whole = times(10, () => [...ids.matchAll(WORD_PATTERN)].filter(([text]) => isKnown({ text })));
  const of = 'all words of 1 MB';
  printFigures(
    'inlay hints, one line of 1 MB',
    times(rounds, () => hintsIn(() => ids, 0, 0, isKnown)),
    whole,
    of,
  );
  const visible = times(rounds, () => hintsIn((at) => lines[at] ?? '', 12_000, 12_060, isKnown));
  printFigures('inlay hints, 60 visible lines of 1 MB', visible, whole, of);
}

/** Milliseconds and bytes that making something takes. */
function made(make: () => unknown): readonly [time: number, bytes: number] {
  const heapUsed = heapMeter();
  const before = heapUsed();
  const [time, value] = clocked(make);
  const bytes = heapUsed() - before;
  // Used again, so that it is not garbage-collected before.
  if (value === undefined) throw new Error('Nothing was made.');
  return [time, bytes];
}

function clocked<Result>(work: () => Result): readonly [time: number, result: Result] {
  const began = performance.now();
  const result = work();
  return [performance.now() - began, result];
}

function times(count: number, work: () => unknown): readonly number[] {
  return Array.from({ length: count }, () => clocked(work)[0]);
}

/** Milliseconds of processor time that work takes, however busy the machine is. */
async function busy(work: () => unknown): Promise<number> {
  const before = spent();
  await work();
  return spent() - before;
}

async function holds(work: () => Promise<unknown>): Promise<readonly number[]> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round++) all.push(await held(work));
  return all;
}

function printFigures(name: string, values: readonly number[], base: readonly number[], what: string): void {
  line(
    name,
    median(values),
    'ms',
    worst(values),
    ratio(median(values), median(base), `${what} (${worst(base)})`),
  );
}

function worst(values: readonly number[]): string {
  return `worst ${Math.max(...values).toFixed(2)} ms`;
}

function toId(number: number): string {
  return `dg_${number.toString(16).padStart(8, '0')}-1111-4222-8333-944455556666`;
}

function shortId({ id }: Resource): string {
  return id.slice(3);
}

function createConnections(count: number): readonly Resource[] {
  return Array.from({ length: count }, (_, number): Resource => {
    const id = toId(number);
    const path = childPath(accountPath('bench'), 'connection', id);
    return { path, kind: 'connection', id, label: `Connection ${number} – Retail`, hasChildren: true };
  });
}

/** A store whose only account has these connections. */
async function filledStore(connections: readonly Resource[]): Promise<Store> {
  const page: Page = {
    items: connections.map((resource) => ({ resource })),
    nextCursors: [],
    loading: 'eager',
  };
  const account: Account = {
    id: 'bench',
    service: 'cja',
    name: 'Bench',
    production: false,
    sample: false,
    settings: {},
  };
  const store = new Store(
    {
      list: () => [account],
      session: () => Promise.resolve(createSession(page)),
      onDidChange: () => ({ dispose: () => undefined }),
    },
    () => 100,
  );
  await store.load(accountPath('bench'), { all: true });
  return store;
}

function createSession(page: Page): Session {
  return {
    verify: () => Promise.resolve({ name: '' }),
    children: () => Promise.resolve(page),
    read: () => Promise.resolve('{}'),
    glossaryTerms: () => Promise.resolve([]),
    properties: () => [],
    webLink: () => undefined,
    requestTemplate: () => undefined,
    shortId,
    dispose: () => undefined,
  };
}
