import { hintsIn } from '../../src/editor/hintsIn';
import { idsAt } from '../../src/editor/idsAt';
import { typedAt } from '../../src/editor/typedAt';
import { accountPath, childPath } from '../../src/services/path';
import type { Account, Page, Resource, Session } from '../../src/services/service';
import { Store } from '../../src/store/store';
import { line, median, timed } from './figures';

const known = 10_000;
const rounds = 200;

/** What an editor asks while somebody writes: lookups, searches and hints over 10,000 known ids, and one of them in 1 MB. */
export async function benchEditor(): Promise<void> {
  const store = await filledStore();
  const build = await timed(() => store.find(idOf(0)));
  const text = `${'x=1;'.repeat(125_000)}"${idOf(7)}"${';y=2'.repeat(125_000)}`;
  const column = text.indexOf('dg_') + 5;
  console.log(`\nIn an editor, ${known} known ids, ${rounds} rounds`);
  line('index of ids, made once', build, 'ms');
  await figures('hover from the store, minified 1 MB line', () =>
    idsAt(text, column).flatMap((word) => store.find(word.text)),
  );
  await figures('completion by a name', () =>
    typedAt(() => store.identified(), 'x = "Connection 99', 18, 'typescript', 50),
  );
  await figures('completion by an id', () =>
    typedAt(() => store.identified(), 'x = "dg_0000', 12, 'typescript', 50),
  );
  await figures('completion, a word that fits nothing', () =>
    typedAt(() => store.identified(), 'x = "nothing like it', 20, 'typescript', 50),
  );
  const ids = `"${idOf(1)}",`.repeat(25_000);
  await figures('inlay hints, one line of 1 MB', () =>
    hintsIn(
      () => ids,
      0,
      0,
      (id) => store.find(id).length > 0,
    ),
  );
  const lines = Array.from({ length: 25_000 }, (_, at) => `  "${idOf(at % known)}",`);
  await figures('inlay hints, 60 visible lines of 1 MB', () =>
    hintsIn(
      (at) => lines[at] ?? '',
      12_000,
      12_060,
      (id) => store.find(id).length > 0,
    ),
  );
}

async function figures(name: string, work: () => unknown): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await timed(work));
  line(name, median(times), 'ms', `worst ${Math.max(...times).toFixed(2)} ms`);
}

function idOf(number: number): string {
  return `dg_${number.toString(16).padStart(8, '0')}-1111-4222-8333-944455556666`;
}

/** A store whose only account has so many connections. */
async function filledStore(): Promise<Store> {
  const path = accountPath('bench');
  const connections = Array.from({ length: known }, (_, number): Resource => {
    const id = idOf(number);
    const label = `Connection ${number} – Retail`;
    return { path: childPath(path, 'connection', id), kind: 'connection', id, label, hasChildren: true };
  });
  const page: Page = {
    items: connections.map((resource) => ({ resource })),
    next: [],
    order: 'label',
    follow: true,
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
      session: () => Promise.resolve(sessionOf(page)),
      onDidChange: () => ({ dispose: () => undefined }),
    },
    () => 100,
  );
  await store.load(path, { all: true });
  return store;
}

function sessionOf(page: Page): Session {
  return {
    verify: () => Promise.resolve({ name: '' }),
    children: () => Promise.resolve(page),
    read: () => Promise.resolve('{}'),
    terms: () => Promise.resolve([]),
    facts: () => [],
    webLink: () => undefined,
    recipe: () => undefined,
    shortId: ({ id }) => id.slice(3),
    dispose: () => undefined,
  };
}
