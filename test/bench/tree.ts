import { editor } from '../support/vscode/vscode';
import { ConnectionsView } from '../../src/features/connections/view';
import { filterCommands } from '../../src/features/connections/filterCommands';
import type { Resource } from '../../src/core/services/contract/resource';
import type { Session } from '../../src/core/services/contract/service';
import { createLazyTree, type LazyTree } from '../../src/ui/tree/lazyTree';
import { page, settle } from '../support/fakes/store';
import { TreeWindow } from '../unit/features/connections/treeWindow';
import { line, median } from './figures';
import { sampleStore } from './sampleStore';

const rounds = 15;

/** What is typed into the filter: a word, a status and an owner, of which the first letters match nearly all rows. */
const typed = ['r', 're', 'ret', 'status:', 'status:o', 'status:ok', 'owner:a', 'owner:an'];

/** The tree with the rows of a real account, and its view. */
class BenchTree extends TreeWindow {
  readonly #tree: LazyTree;
  readonly #view: ConnectionsView;

  constructor(
    session: Partial<Session>,
    readonly rows: readonly Resource[],
  ) {
    super(session, ['a1']);
    this.#tree = createLazyTree('connections', () => Promise.resolve(this.provider));
    this.#view = new ConnectionsView(this.served.store, this.filter, this.provider, this.#tree.view);
  }

  override [Symbol.dispose](): void {
    this.#view.dispose();
    this.#tree.dispose();
    super[Symbol.dispose]();
  }
}

/** What the extension host has to do for the tree of 1,000 connections when a person filters or refreshes it. */
export async function benchTree(): Promise<void> {
  const { store, account, close } = await sampleStore(['--connections', '1000', '--datasets', '2']);
  const rows = (await store.load(account, { all: true })).filter(({ kind }) => kind === 'connection');
  const session = await store.session(account);
  close();
  using tree = new BenchTree(
    { actions: (row) => session.actions?.(row) ?? [], properties: (row) => session.properties(row) },
    rows,
  );
  tree.served.lists.set(account, page(rows));
  await tree.served.store.load(account);
  await tree.draw();
  console.log(`\nThe tree of ${rows.length} connections, processor time, median of ${rounds}`);
  await benchFilter(tree);
  await benchRefresh(tree, account);
}

/** A key in the filter: the box with its completions and counts, the message of the view, and the rows that are drawn. */
async function benchFilter(tree: BenchTree): Promise<void> {
  void filterCommands.filter.handler({ store: tree.served.store, treeFilter: tree.filter })();
  for (let turn = 0; turn < 50 && editor.inputs.picks.length === 0; turn++) await settle();
  const times: number[][] = [];
  let drawn = 0;
  for (let round = 0; round < rounds; round++) {
    const keys: number[] = [];
    for (const text of typed) {
      const before = process.cpuUsage();
      editor.inputs.picks.at(-1)?.type(text);
      tree.provider.flush();
      drawn = Math.max(drawn, (await tree.draw()).length);
      const { user, system } = process.cpuUsage(before);
      keys.push((user + system) / 1000);
    }
    times.push(keys);
  }
  const middle = typed.map((_, at) => median(times.map((keys) => keys[at] ?? Number.NaN)));
  line('a key in the filter, to the drawn rows', median(middle), 'ms', 'wanted: 16 ms');
  const worst = Math.max(...middle);
  line(
    'the same of the costliest key',
    worst,
    'ms',
    typed[middle.indexOf(worst)] ?? '',
    `up to ${drawn} rows`,
  );
}

/** A refresh after which 3 rows look different. */
async function benchRefresh(tree: BenchTree, account: Resource['path']): Promise<void> {
  tree.filter.set('');
  tree.provider.flush();
  await tree.draw();
  tree.fired.length = 0;
  const changed = tree.rows.map((row, at) =>
    at % 333 === 1 && at < 999 ? { ...row, description: 'new' } : row,
  );
  const counts: number[] = [];
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    tree.served.lists.set(account, page(round % 2 === 0 ? changed : tree.rows));
    const before = process.cpuUsage();
    await tree.served.store.refresh(account);
    const items = (await tree.look()).map((paths) => (paths === 'all' ? tree.rows.length : paths.length));
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
    counts.push(items.reduce((sum, count) => sum + count, 0));
  }
  line('a refresh in which 3 rows changed: rows drawn', median(counts), '', 'wanted: 3');
  line('the same: reading, comparing and drawing', median(times), 'ms');
}
