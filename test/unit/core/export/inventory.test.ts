import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import { Slices } from '../../../../src/core/base/turns';
import { formats, type Ending } from '../../../../src/core/export/formats';
import type { InventoryCounts } from '../../../../src/core/export/writeInventory';
import type { Page, PageItem, Cursor } from '../../../../src/core/services/contract/page';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { Store } from '../../../../src/core/store/store';
import { CountedTurns } from '../../../support/countedTurns';
import { account, FakeAccounts, page, resource, settle, type Answer } from '../../../support/fakes/store';
import { Served } from '../../../support/served';
import { writtenInventory } from '../../../support/writtenInventory';

const { signal } = new AbortController();
const cursor = (text: string): Cursor => text as Cursor;

function connectionItem(id: string, name: string, datasets: readonly Resource[] = []): PageItem {
  const connection = resource(account, 'connection', id, name);
  return { resource: connection, children: page(datasets) };
}

function dataset(connection: string, id: string, name = id): Resource {
  return {
    ...resource(resource(account, 'connection', connection).path, 'dataset', id, name),
    hasChildren: false,
  };
}

async function exported(
  answer: Answer,
  ending: Ending = 'csv',
  limit?: number,
): Promise<{ text: string; counts: InventoryCounts; calls: FakeAccounts['calls'] }> {
  const accounts = new FakeAccounts(answer);
  const store = new Store(accounts, () => 100);
  const format = formats[ending](new Date(0));
  const { text, ...counts } = await writtenInventory(store, store.accounts(), {
    format,
    signal,
    secrets: ['known-secret'],
    ...(limit !== undefined && { limit }),
  });
  return { text, counts, calls: accounts.calls };
}

async function toMarkdown(accounts: FakeAccounts): Promise<string> {
  const store = new Store(accounts, () => 100);
  const options = { format: formats.md(new Date(0)), signal, secrets: [] };
  const { text } = await writtenInventory(store, store.accounts(), options);
  return text;
}

describe('the inventory', () => {
  it('holds an item that is on two pages once, as it came first', async () => {
    const { text, counts } = await exported((parent, { cursor: at }): Page => {
      const isConnection = parent.kind === 'connection';
      const label = at ? 'Later' : 'First';
      const item = isConnection ? dataset('c1', 'd1', label) : resource(account, 'connection', 'c1', label);
      return page([item], at ? {} : { nextCursors: [cursor('2')] });
    });
    assert.deepEqual(counts, { connections: 1, items: 1, problems: 0 });
    assert.ok(!text.includes('Later'));
  });

  it('reports a list with fewer items than announced, unless a failure explains it', async () => {
    const listed = async (total: number, rest: Partial<Page> | Error = {}): Promise<string> => {
      const { text } = await exported((_, { cursor: at }): Page => {
        if (at && rest instanceof Error) throw rest;
        const item = connectionItem(at ? 'c2' : 'c1', 'Web');
        const group = resource(account, 'group', 'g');
        return at
          ? page([item], rest as Partial<Page>)
          : page([item, group], { total, nextCursors: [cursor('2')] });
      });
      return text;
    };
    const incomplete = /problem,Account a,.*The service announced 3 items but sent 2\./;
    assert.match(await listed(3), incomplete, 'the first page told');
    assert.match(await listed(2, { total: 3 }), incomplete, 'the last page told');
    assert.ok(!(await listed(2)).includes('problem,Account'));
    const failed = await listed(3, new HttpError('server', 'Down.'));
    assert.ok(failed.includes('Down.') && !failed.includes('but sent'));
  });

  it('links what has a page, and requests nothing below leaves', async () => {
    const served = new Served({ webLink: ({ id }) => `https://example.invalid/${id}` });
    const problem = { title: 'Broken.', detail: 'No ID.', retryable: false };
    served.lists.set(account, [
      { ...resource(account, 'connection', 'c1'), hasChildren: false },
      { ...resource(account, 'problem', 'p'), problem },
    ]);
    const options = { format: formats.json(new Date(0)), signal, secrets: [] };
    const { text } = await writtenInventory(served.store, served.store.accounts(), options);
    assert.deepEqual(text.match(/https:[^"]+/g), ['https://example.invalid/c1']);
    assert.deepEqual(
      served.calls.map(({ path }) => path),
      [account],
    );
  });

  it('loads at most six connections concurrently', async () => {
    let [reading, most] = [0, 0];
    const connections = Array.from({ length: 20 }, (_, at) => resource(account, 'connection', `c${at}`));
    const { counts } = await exported(async (parent): Promise<Page> => {
      if (parent.kind === 'account') return page(connections);
      most = Math.max(most, ++reading);
      await settle();
      reading--;
      return page([]);
    });
    assert.deepEqual([counts.connections, most], [20, 6]);
  });

  it('ends an endless list of empty pages', async () => {
    let pages = 0;
    const { text, counts } = await exported((): Page => page([], { nextCursors: [cursor(String(++pages))] }));
    assert.deepEqual([pages, counts.problems], [2000, 1]);
    assert.match(text, /does not seem to end/);
  });

  it('takes one request per page if both levels come together, and uses their items', async () => {
    const { text, counts, calls } = await exported((_, { cursor: at }): Page =>
      at
        ? page([connectionItem('c2', 'Two', [dataset('c2', 'd3')])])
        : page([connectionItem('c1', 'One', [dataset('c1', 'd1'), dataset('c1', 'd2')])], {
            nextCursors: [cursor('2')],
          }),
    );
    assert.deepEqual(counts, { connections: 2, items: 3, problems: 0 });
    assert.deepEqual(
      calls.map(({ request }) => request.depth),
      [1, 1],
    );
    const lines = text.split('\r\n');
    assert.match(lines[0] ?? '', /^\uFEFFservice,account,connection,connectionId,kind,name,id,/);
    assert.equal(lines.length, 1 + 5 + 1);
    assert.match(lines[2] ?? '', /Account a,One,c1,dataset,d1,d1,/);
  });

  it('requests what is below a connection if it was not included', async () => {
    const { counts, calls } = await exported((parent) =>
      parent.kind === 'connection'
        ? page([dataset('c1', 'd1'), resource(parent.path, 'group', 'dataViews')])
        : page([resource(account, 'connection', 'c1')]),
    );
    assert.equal(calls.length, 2);
    assert.deepEqual(counts, { connections: 1, items: 1, problems: 0 });
  });

  it('reports what could not be loaded, and continues with the rest', async () => {
    for (const ending of ['csv', 'json', 'md'] as const) {
      const { text, counts } = await exported((parent, { cursor: at }) => {
        if (at === '2' || parent.id === 'c1') throw new Error('no');
        if (at === '3') return page([connectionItem('c3', 'Three', [dataset('c3', 'd3')])]);
        return page([resource(account, 'connection', 'c1', 'One')], {
          nextCursors: [cursor('2'), cursor('3')],
        });
      }, ending);
      assert.deepEqual(counts, { connections: 2, items: 1, problems: 2 }, ending);
      assert.equal(text.match(/An unexpected error occurred/g)?.length, 2, ending);
      assert.ok(text.includes('Three'), ending);
    }
  });

  it('ends with a problem that says so if a list never ends', async () => {
    const endless: readonly Answer[] = [
      (_, { cursor: at = '0' }) =>
        page([connectionItem(`c${at}`, 'x'.repeat(1000))], { nextCursors: [cursor(`${at}0`)] }),
      (parent, { cursor: at = '0' }) =>
        parent.kind === 'account'
          ? page([resource(account, 'connection', 'c1')])
          : page([dataset('c1', `d${at}`, 'x'.repeat(1000))], { nextCursors: [cursor(`${at}0`)] }),
      (_, { cursor: at = '0' }) => page([], { nextCursors: [cursor(`${at}${'0'.repeat(1000)}`)] }),
    ];
    for (const [index, answer] of endless.entries()) {
      const { text, counts, calls } = await exported(answer, 'csv', 20_000);
      assert.equal(counts.problems, 1, String(index));
      assert.ok(calls.length < 30, `${calls.length} pages`);
      assert.match(text, /The inventory was cut off here\./);
    }
  });

  it('holds no known secret, wherever a service repeats it', async () => {
    for (const ending of ['csv', 'json', 'md'] as const) {
      const { text } = await exported(
        () =>
          page([connectionItem('known-secret', 'a KNOWN-SECRET', [dataset('known-secret', 'known-secret')])]),
        ending,
      );
      assert.doesNotMatch(text, /known/i, ending);
      assert.ok(text.includes(ending === 'md' ? String.raw`\*\*\*` : '***'), text);
    }
  });

  it('yields after each row, even if all of them come in one answer', async () => {
    const datasets = Array.from({ length: 50 }, (_, at) => dataset('c1', `d${at}`));
    const accounts = new FakeAccounts(() => page([connectionItem('c1', 'One', datasets)]));
    const turns = new CountedTurns();
    const { items } = await writtenInventory(
      new Store(accounts, () => 100),
      accounts
        .list()
        .map(({ name }) => ({ path: account, kind: 'account', id: 'a', label: name, hasChildren: true })),
      { format: formats.csv(), secrets: [], signal, slices: new Slices(turns) },
    );
    assert.equal(items, 50);
    assert.ok(turns.count > 50, `${turns.count} turns`);
  });

  it('ends when it is canceled', async () => {
    const controller = new AbortController();
    const accounts = new FakeAccounts(() => {
      controller.abort(new Error('enough'));
      throw new Error('cut off');
    });
    const store = new Store(accounts, () => 100);
    const work = writtenInventory(store, store.accounts(), {
      format: formats.csv(),
      secrets: [],
      signal: controller.signal,
    });
    await assert.rejects(work, /enough/);
  });

  it('neutralizes what a spreadsheet would run as a formula', async () => {
    const names = ['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', ' =1', '＝1', '"a";=1', 'a,b', 'a\nb'];
    const { text } = await exported(() =>
      page(
        names.map((name, index) => connectionItem(`c${index}`, name)),
        { loading: 'onDemand' },
      ),
    );
    const cells = text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => /connection,("(?:[^"]|"")*"|[^,]*),c\d+,/.exec(line)?.[1]);
    assert.deepEqual(cells, [
      "'=1+1",
      "'+1",
      "'-1",
      "'@x",
      "'=1",
      "'=1",
      "'=1",
      "'＝1",
      '"""a"";=1"',
      '"a,b"',
      'a b',
    ]);
  });

  it('produces valid JSON', async () => {
    const { text } = await exported(
      () =>
        page([connectionItem('c1', '"quoted"', [dataset('c1', 'd1')]), connectionItem('c2', '__proto__')], {
          loading: 'onDemand',
        }),
      'json',
    );
    assert.deepEqual(JSON.parse(text), {
      exported: '1970-01-01T00:00:00.000Z',
      connections: [
        {
          service: 'Adobe Customer Journey Analytics',
          account: 'Account a',
          connection: '"quoted"',
          connectionId: 'c1',
          kind: 'connection',
          name: '"quoted"',
          id: 'c1',
          itemCount: 1,
          items: [{ kind: 'dataset', name: 'd1', id: 'd1' }],
        },
        {
          service: 'Adobe Customer Journey Analytics',
          account: 'Account a',
          connection: '__proto__',
          connectionId: 'c2',
          kind: 'connection',
          name: '__proto__',
          id: 'c2',
          itemCount: 0,
          items: [],
        },
      ],
      problems: [],
    });
  });

  it('produces Markdown with a title, and a heading and table for each account', async () => {
    const accounts = new FakeAccounts(
      (parent) => page([connectionItem(`c-${parent.id}`, `Of ${parent.id}`)]),
      ['a', 'b'],
    );
    const text = await toMarkdown(accounts);
    assert.match(text, /^# Connections\n\n1970-01-01 00:00 UTC\n\n## Account a \(/);
    assert.equal(text.match(/^## Account [ab] \(/gm)?.length, 2);
    assert.equal(text.match(/^\| --- /gm)?.length ?? text.match(/^\| ---/gm)?.length, 2);
    assert.ok(text.indexOf('Of a') < text.indexOf('## Account b') && text.includes('Of b'));
  });

  it('names an account that cannot be loaded, and continues with the next', async () => {
    const accounts = new FakeAccounts(() => page([connectionItem('c1', 'One')]), ['a', 'b']);
    const session = accounts.session.bind(accounts);
    accounts.session = (id?: string) =>
      id === 'a' ? Promise.reject(new HttpError('authentication', 'The key is gone.')) : session();
    const text = await toMarkdown(accounts);
    assert.match(text, /Data that could not be read\n\n- Account a: Sign-in failed\. The key is gone/);
    assert.ok(text.includes('One'));
  });

  it('fails, and writes nothing, if everything failed', async () => {
    const accounts = new FakeAccounts(() => page([]), ['a', 'b']);
    const session = accounts.session.bind(accounts);
    const failure = new HttpError('authentication', 'The key is gone.');
    accounts.session = () => Promise.reject(failure);
    await assert.rejects(toMarkdown(accounts), (error) => {
      assert.ok(error instanceof HttpError);
      assert.equal(error.kind, 'authentication');
      assert.match(error.message, /None of the accounts could be read\. .*The key is gone\./);
      return true;
    });
    const one = new FakeAccounts(() => {
      throw failure;
    });
    await assert.rejects(toMarkdown(one), (error) => error === failure);
    const many = new FakeAccounts(() => page([]), ['a', 'b', 'c', 'd']);
    many.session = () => Promise.reject(failure);
    await assert.rejects(toMarkdown(many), (error) => {
      assert.equal(String(error).split('The key is gone.').length - 1, 3, 'three are named');
      return true;
    });
    accounts.session = session;
    assert.match(await toMarkdown(accounts), /^# Connections/, 'accounts without connections');
  });

  it('has the order of the tree: sorted if the tree sorts, else that of the service', async () => {
    const namesIn = async (loading: Page['loading']): Promise<readonly string[]> => {
      const { text } = await exported(
        (parent, { cursor: at }): Page =>
          parent.kind === 'connection'
            ? page(
                ['z2', 'z10', 'Z1'].map((name) => dataset(parent.id, `${parent.id}${name}`, name)),
                { loading },
              )
            : page([resource(account, 'connection', at ? 'c1' : 'c2', at ? 'Alpha 2' : 'alpha 10')], {
                loading,
                ...(!at && { nextCursors: [cursor('2')] }),
              }),
        'json',
      );
      const { connections } = JSON.parse(text) as {
        connections: readonly { name: string; items: readonly { name: string }[] }[];
      };
      return connections.flatMap(({ name, items }) => [name, ...items.map((item) => item.name)]);
    };
    assert.deepEqual(await namesIn('eager'), ['Alpha 2', 'Z1', 'z2', 'z10', 'alpha 10', 'Z1', 'z2', 'z10']);
    assert.deepEqual(await namesIn('onDemand'), [
      'alpha 10',
      'z2',
      'z10',
      'Z1',
      'Alpha 2',
      'z2',
      'z10',
      'Z1',
    ]);
  });

  it('includes the requested groups, and no others', async () => {
    const answer: Answer = (parent) => {
      if (parent.kind === 'account') return page([resource(account, 'connection', 'c1')]);
      if (parent.kind === 'connection')
        return page(
          ['dataViews', 'other'].map((id) => ({ ...resource(parent.path, 'group', id), hasChildren: true })),
        );
      return page([resource(parent.path, 'dataView', `dv-${parent.id}`)]);
    };
    const accounts = new FakeAccounts(answer);
    const store = new Store(accounts, () => 100);
    const groups = new Set(['dataViews']);
    const options = { format: formats.csv(), signal, secrets: [], groups };
    const { text, items } = await writtenInventory(store, store.accounts(), options);
    assert.equal(items, 1);
    assert.match(text, /,c1,c1,dataView,dv-dataViews,/);
    assert.deepEqual(
      accounts.calls.map(({ path }) => path),
      [account, 'account:a/connection:c1', 'account:a/connection:c1/group:dataViews'],
    );
  });

  it('produces Markdown in which names stay plain text', async () => {
    const { text } = await exported(
      () => page([connectionItem('dg_5f-a', 'a|b <img src=x> [c](command:d) `e` **f** https://g.h')]),
      'md',
    );
    const [row = ''] = text.split('\n').filter((line) => line.includes('dg_5f-a'));
    assert.equal(row.match(/(?<!\\)\|/g)?.length, 11);
    assert.ok(
      row.includes(String.raw`a\|b \<img src=x\> \[c\](command\:d) \`e\` \*\*f\*\* https\:\//g.h`),
      row,
    );
  });

  it('holds allow-listed columns only', async () => {
    const secret = { ...resource(account, 'connection', 'c1'), json: { id: 'c1', password: 'canary' } };
    for (const ending of ['csv', 'json', 'md'] as const) {
      const { text } = await exported(() => page([{ resource: secret, children: page([]) }]), ending);
      assert.ok(!text.includes('canary'), ending);
    }
  });
});
