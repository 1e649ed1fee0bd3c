import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import { accountPath, childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Page, PageRequest, Cursor } from '../../../../src/core/services/contract/page';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { Store } from '../../../../src/core/store/store';
import {
  account,
  createAccount,
  deferred,
  FakeAccounts,
  page,
  refreshStatus,
  resource,
  settle,
  type Answer,
} from '../../../support/fakes/store';

const connection = childPath(account, 'connection', 'c1');

function createStore(answer: Answer, ids?: readonly string[]): { store: Store; accounts: FakeAccounts } {
  const accounts = new FakeAccounts(answer, ids);
  return { store: new Store(accounts, () => 100), accounts };
}

/** Three pages of connections, all known from the first one. */
function threePages({ cursor }: PageRequest): Page {
  const idsByCursor: Readonly<Record<string, readonly string[]>> = {
    first: ['c3', 'c1'],
    p1: ['c2', 'c1'],
    p2: ['c0'],
  };
  const ids = idsByCursor[cursor ?? 'first'] ?? [];
  return page(
    ids.map((id) => resource(account, 'connection', id)),
    { total: 4, nextCursors: cursor ? [] : ['p1' as Cursor, 'p2' as Cursor] },
  );
}

const labels = (rows: readonly Resource[] | undefined): readonly string[] =>
  (rows ?? []).map(({ label }) => label);

describe('Store.load', () => {
  it('returns the first page at once and then loads the others, sorted and each ID once', async () => {
    const later = deferred<undefined>();
    const { store } = createStore(async (_parent, request) => {
      if (request.cursor) await later.promise;
      return threePages(request);
    });
    assert.deepEqual(labels(await store.load(account)), ['c1', 'c3']);
    assert.equal(store.state(account).reading, true);
    later.resolve(undefined);
    await store.load(account, { all: true });
    assert.deepEqual(labels(store.rows(account)), ['c0', 'c1', 'c2', 'c3']);
    assert.deepEqual(store.state(account).total, 4);
  });

  it('fires when rows can be shown: after the first page, and after each other one', async () => {
    const { store } = createStore((_parent, request) => threePages(request));
    const seen: number[] = [];
    store.onDidChange((paths) => {
      if (paths.includes(account)) seen.push(store.rows(account)?.length ?? 0);
    });
    await store.load(account, { all: true });
    for (const count of [2, 3, 4]) assert.ok(seen.includes(count), String(seen));
  });

  it('sorts a list once, however often its rows are requested', async () => {
    let compared = 0;
    const listed = (id: string): Resource => ({
      ...resource(account, 'connection', id),
      get label() {
        compared++;
        return id;
      },
    });
    const { store } = createStore(() => page(['c2', 'c1', 'c3'].map(listed)));
    await store.load(account);
    compared = 0;
    const ids = (store.rows(account) ?? []).map(({ id }) => id);
    assert.equal(store.state(account).loaded, 3);
    assert.deepEqual([ids, compared], [['c1', 'c2', 'c3'], 0]);
    await store.refresh(account);
    store.rows(account);
    assert.ok(compared > 0, 'another list is put in order');
  });

  it('loads the first page with the priority of a waiting user, and the others in the background', async () => {
    const { store, accounts } = createStore((_parent, request) => threePages(request));
    await store.load(account);
    for (let turn = 0; turn < 3; turn++) await settle();
    assert.deepEqual(
      accounts.calls.map(({ call }) => call.priority),
      ['interactive', 'background', 'background'],
    );
  });

  it('sends one request for several callers, and none for known rows', async () => {
    const { store, accounts } = createStore(() => page([resource(account, 'connection', 'c1')]));
    await Promise.all([store.load(account), store.load(account), store.load(account)]);
    await store.load(account);
    assert.equal(accounts.calls.length, 1);
  });

  it('shows a failure as a row, keeps the loaded pages, and continues from there on retry', async () => {
    let broken = true;
    const { store, accounts } = createStore((_parent, request) => {
      if (request.cursor === 'p1' && broken) throw new HttpError('server', 'It broke.');
      return threePages(request);
    });
    await store.load(account, { all: true });
    const [problem, ...others] = store.rows(account) ?? [];
    assert.equal(problem?.kind, 'problem');
    assert.deepEqual(labels(others), ['c0', 'c1', 'c3']);
    broken = false;
    accounts.calls.length = 0;
    await store.retry(account);
    assert.deepEqual(labels(store.rows(account)), ['c0', 'c1', 'c2', 'c3']);
    assert.deepEqual(
      accounts.calls.map(({ request }) => request.cursor),
      ['p1'],
    );
  });

  it('reloads everything if the first page failed', async () => {
    let broken = true;
    const { store } = createStore((_parent, request) => {
      if (broken) throw new HttpError('network', 'No way.');
      return threePages(request);
    });
    assert.deepEqual(
      (await store.load(account)).map(({ kind }) => kind),
      ['problem'],
    );
    broken = false;
    await store.retry(account);
    assert.equal(store.rows(account)?.length, 4);
  });

  it('does not follow a service that repeats a page', async () => {
    const { store, accounts } = createStore(() =>
      page([resource(account, 'connection', 'c1')], { nextCursors: ['p1' as Cursor] }),
    );
    await store.load(account, { all: true });
    assert.equal(accounts.calls.length, 2);
  });

  it('stops following an endless list, and says that there is more', async () => {
    let count = 0;
    const { store } = createStore(() => {
      const items = Array.from({ length: 1000 }, () => resource(account, 'connection', `c${++count}`));
      return page(items, { nextCursors: [`p${count}` as Cursor] });
    });
    await store.load(account);
    while (store.state(account).reading) await settle();
    assert.equal(store.state(account).loaded, 10_000);
    assert.equal(store.rows(account)?.at(-1)?.kind, 'more');
  });
});

describe('Store.loadMore', () => {
  const answer: Answer = (parent, { cursor }) => {
    const start = Number(cursor ?? 0);
    const items = [0, 1].map((each) => resource(parent.path, 'connection', `c${start + each}`));
    return page(items, {
      loading: 'onDemand',
      nextCursors: start < 4 ? [String(start + 2) as Cursor] : [],
    });
  };

  it('leaves paging to the user: one page, or all', async () => {
    const { store } = createStore(answer);
    assert.deepEqual(labels(await store.load(account)), ['c0', 'c1', 'Load More']);
    await store.loadMore(account);
    assert.deepEqual(labels(store.rows(account)), ['c0', 'c1', 'c2', 'c3', 'Load More']);
    await store.loadMore(account, { all: true });
    assert.deepEqual(labels(store.rows(account)), ['c0', 'c1', 'c2', 'c3', 'c4', 'c5']);
  });

  it('loads one page, also of a service that names all pages at once', async () => {
    const { store, accounts } = createStore((parent, { cursor }) =>
      page([resource(parent.path, 'connection', cursor ?? 'first')], {
        loading: 'onDemand',
        nextCursors: cursor === undefined ? ['second' as Cursor, 'third' as Cursor] : [],
      }),
    );
    await store.load(account);
    await store.loadMore(account);
    assert.deepEqual(
      accounts.calls.map(({ request }) => request.cursor),
      [undefined, 'second'],
    );
  });

  it('has its first rows shown before it asks for more', async () => {
    const { store, accounts } = createStore((parent, { cursor }) =>
      page([resource(parent.path, 'connection', cursor ?? 'first')], {
        nextCursors: cursor === undefined ? ['second' as Cursor, 'third' as Cursor] : [],
      }),
    );
    await store.load(account);
    assert.equal(accounts.calls.length, 1);
    await store.load(account, { all: true });
    assert.equal(accounts.calls.length, 3);
  });

  it('asks for the page that follows while a page is decoded, once', async () => {
    const gate = deferred<undefined>();
    const { store, accounts } = createStore(async (parent, { cursor, onNext }) => {
      const start = Number(cursor ?? 0);
      const next = start < 3 ? (String(start + 1) as Cursor) : undefined;
      await settle();
      if (next) onNext?.(next);
      if (start === 0) await gate.promise;
      return page([resource(parent.path, 'connection', `c${start}`)], { nextCursors: next ? [next] : [] });
    });
    const loading = store.load(account, { all: true });
    for (let turn = 0; turn < 5; turn++) await settle();
    assert.ok(accounts.calls.length > 1, 'before the first page has come');
    gate.resolve(undefined);
    await loading;
    assert.deepEqual(labels(store.rows(account)), ['c0', 'c1', 'c2', 'c3']);
    assert.equal(accounts.calls.length, 4);
  });

  it('cancels the request for the page that follows if the list ends with an error', async () => {
    const { store, accounts } = createStore(async ({ path }, { cursor, onNext }) => {
      if (cursor) return new Promise<Page>(() => undefined);
      await settle();
      onNext?.('next' as Cursor);
      throw new Error(`no ${path}`);
    });
    await store.load(account, { all: true }).catch(() => undefined);
    assert.equal(accounts.calls.length, 2);
    assert.equal(accounts.calls[1]?.call.signal?.aborted, true);
  });

  it('shows an item once that the service has twice, on one page or on two', async () => {
    for (const isOnOnePage of [true, false]) {
      const { store } = createStore(({ path }, { cursor }) => {
        const [one, two] = ['c1', 'c2'].map((id) => resource(path, 'connection', id));
        assert.ok(one && two);
        if (isOnOnePage) return page([one, two, one]);
        return page(cursor ? [one] : [one, two], { nextCursors: cursor ? [] : ['1' as Cursor] });
      });
      await store.load(account, { all: true });
      assert.deepEqual(labels(store.rows(account)), ['c1', 'c2'], String(isOnOnePage));
    }
  });

  it('loads all pages if one of two refreshes that came during a load asked for all', async () => {
    for (const order of [
      [true, false],
      [false, true],
    ]) {
      const gate = deferred<undefined>();
      let isHeld = true;
      const { store } = createStore(async (parent, { cursor }, { onWait }) => {
        if (isHeld) {
          onWait?.({ reason: 'rateLimited', delay: 5000, attempt: 1 });
          await gate.promise;
        }
        const at = Number(cursor ?? 0);
        const nextCursors = at < 2 ? [String(at + 1) as Cursor] : [];
        return page([resource(parent.path, 'connection', `c${at}`)], { nextCursors, loading: 'onDemand' });
      });
      const first = store.load(account);
      await settle();
      const later = order.map((all) => store.load(account, { refresh: true, all }));
      isHeld = false;
      gate.resolve(undefined);
      await Promise.all([first, ...later]);
      const shown = (store.rows(account) ?? []).filter(({ kind }) => kind === 'connection');
      assert.deepEqual(labels(shown), ['c0', 'c1', 'c2'], String(order));
    }
  });

  it('loads as deep as the deepest of the refreshes that came during a load', async () => {
    for (const depths of [
      [0, 2, 1],
      [2, 0],
      [0, 2],
    ]) {
      const gate = deferred<undefined>();
      const { store, accounts } = createStore(async (_parent, _request, { onWait }) => {
        onWait?.({ reason: 'rateLimited', delay: 5000, attempt: 1 });
        await gate.promise;
        return page([]);
      });
      const first = store.load(account);
      await settle();
      const later = depths.map((depth) =>
        store.load(account, { refresh: true, ...(depth > 0 && { prefetch: { depth, scope: 'all' } }) }),
      );
      gate.resolve(undefined);
      await Promise.all([first, ...later]);
      assert.deepEqual(
        accounts.calls.map(({ request }) => request.depth),
        [0, 2],
        String(depths),
      );
    }
  });

  it('ends with the signal of its caller', async () => {
    const { store, accounts } = createStore((parent, request, call) =>
      request.cursor === undefined ? answer(parent, request, call) : new Promise<Page>(() => undefined),
    );
    await store.load(account);
    const controller = new AbortController();
    const more = store.loadMore(account, { signal: controller.signal });
    await settle();
    controller.abort(new Error('gone'));
    await assert.rejects(more, /gone/);
    assert.equal(accounts.calls.at(-1)?.call.signal?.aborted, true);
  });

  it('keeps as many pages over a refresh as were loaded', async () => {
    const { store, accounts } = createStore(answer);
    await store.load(account);
    await store.loadMore(account);
    accounts.calls.length = 0;
    await store.refresh(account);
    assert.deepEqual(labels(store.rows(account)), ['c0', 'c1', 'c2', 'c3', 'Load More']);
    assert.equal(accounts.calls.length, 2);
  });
});

describe('Store.refresh', () => {
  it('keeps the old rows until the answer is complete, and bypasses caches', async () => {
    let ids = ['c1', 'c2'];
    const gate = deferred<undefined>();
    let wait = false;
    const { store, accounts } = createStore(async () => {
      if (wait) await gate.promise;
      return page(ids.map((id) => resource(account, 'connection', id)));
    });
    await store.load(account);
    [ids, wait] = [['c2', 'c3'], true];
    const refreshed = store.refresh();
    await settle();
    assert.deepEqual(labels(store.rows(account)), ['c1', 'c2']);
    gate.resolve(undefined);
    await refreshed;
    assert.deepEqual(labels(store.rows(account)), ['c2', 'c3']);
    assert.equal(store.get(connection), undefined);
    assert.deepEqual(
      accounts.calls.map(({ request }) => request.bypassCache),
      [false, true],
    );
  });

  it('keeps loaded rows when it fails, and marks them', async () => {
    let broken = false;
    const { store } = createStore(() => {
      if (broken) throw new HttpError('network', 'No way.');
      return page([resource(account, 'connection', 'c1')]);
    });
    await store.load(account);
    broken = true;
    await store.refresh();
    const [problem, row] = store.rows(account) ?? [];
    assert.equal(problem?.kind, 'problem');
    assert.deepEqual([row?.label, row?.stale], ['c1', true]);
    broken = false;
    await store.retry(account);
    assert.deepEqual(
      (store.rows(account) ?? []).map(({ stale }) => stale),
      [undefined],
    );
  });

  it('reloads lists below only when they are viewed', async () => {
    const { store, accounts } = createStore((parent) =>
      parent.kind === 'account'
        ? page([resource(account, 'connection', 'c1')])
        : page([resource(parent.path, 'dataset', 'd1')]),
    );
    await store.load(account);
    await store.load(connection);
    accounts.calls.length = 0;
    await store.refresh();
    assert.deepEqual(
      accounts.calls.map(({ path }) => path),
      [account],
    );
    assert.deepEqual(labels(await store.load(connection)), ['d1']);
    await settle();
    assert.deepEqual(
      accounts.calls.map(({ path }) => path),
      [account, connection],
    );
  });

  it('drops an answer that arrives after a newer load started', async () => {
    const answers = [deferred<Page>(), deferred<Page>()];
    let call = 0;
    const { store } = createStore(() => answers[call++]?.promise ?? page([]));
    const first = store.load(account);
    await settle();
    const second = store.refresh();
    await settle();
    answers[1]?.resolve(page([resource(account, 'connection', 'new')]));
    await second;
    answers[0]?.resolve(page([resource(account, 'connection', 'old')]));
    await first;
    assert.deepEqual(labels(store.rows(account)), ['new']);
  });
});

describe('Store.refreshStatus', () => {
  const withDatasets = (parent: Resource, request: PageRequest): Page => {
    if (parent.kind === 'connection') return page([resource(parent.path, 'dataset', 'd1')]);
    const items = ['c1', 'c2'].map((id) => {
      const listed = {
        ...resource(account, 'connection', id),
        status: { state: 'running', label: 'now' },
      } as const;
      const children = page([resource(listed.path, 'dataset', 'd1', 'renamed')]);
      return request.depth > 0
        ? { resource: listed, children }
        : { resource: resource(account, 'connection', id) };
    });
    return page(items);
  };

  it('takes one list request for all, and updates only the loaded datasets', async () => {
    const { store, accounts } = createStore(withDatasets);
    await store.load(account);
    await store.load(connection);
    accounts.calls.length = 0;
    await store.refreshStatus(account);
    assert.equal(accounts.calls.length, 1);
    assert.equal(store.get(connection)?.status?.state, 'running');
    assert.deepEqual(labels(store.rows(connection)), ['renamed']);
    assert.equal(store.rows(childPath(account, 'connection', 'c2')), undefined);
  });

  it('reloads a list that the answer does not include when that is viewed', async () => {
    const { store, accounts } = createStore((parent) =>
      page([resource(parent.path, parent.kind === 'account' ? 'connection' : 'dataset', 'c1')]),
    );
    await store.load(account);
    await store.load(connection);
    await store.refreshStatus(account);
    accounts.calls.length = 0;
    await store.load(connection);
    await settle();
    assert.equal(accounts.calls.length, 1);
  });

  it('of a dataset reloads its list and its connection', async () => {
    const { store, accounts } = createStore((parent) => {
      if (parent.kind === 'account') return page([resource(account, 'connection', 'c1')]);
      return page(parent.kind === 'connection' ? [resource(parent.path, 'dataset', 'd1')] : []);
    });
    const dataset = childPath(connection, 'dataset', 'd1');
    await store.resolve(dataset);
    await store.load(dataset);
    accounts.calls.length = 0;
    await refreshStatus(store, dataset);
    assert.deepEqual(new Set(accounts.calls.map(({ path }) => path)), new Set([connection, dataset]));
  });

  it('names each list once that has the status of several datasets', () => {
    const { store } = createStore(withDatasets);
    const datasets = ['d1', 'd2'].map((id) => childPath(connection, 'dataset', id));
    const backfill = childPath(datasets[1] ?? connection, 'backfill', 'b1');
    const placed = [...datasets, backfill].map((path) => store.statusSources([path]));
    assert.ok(placed.every((sources) => sources.includes(connection)));
    assert.deepEqual(store.statusSources([...datasets, backfill]), [connection, ...datasets]);
  });

  it('keeps every dataset of a list if all are requested', async () => {
    const { store, accounts } = createStore(withDatasets);
    await store.load(account, { refresh: true, prefetch: { depth: 1, scope: 'all' } });
    assert.equal(accounts.calls.length, 1);
    const known: readonly ResourcePath[] = [...store.loaded()].map(({ path }) => path);
    assert.equal(known.filter((path) => path.includes('dataset:')).length, 2);
  });
});

describe('Store and its callers', () => {
  it('cancels a load when the last waiting caller leaves, and not before', async () => {
    const { store, accounts } = createStore((_parent, _request, { signal }) => {
      return new Promise<Page>((_, reject) =>
        signal?.addEventListener('abort', () => {
          reject(new Error('cancelled'));
        }),
      );
    });
    const [one, two] = [new AbortController(), new AbortController()];
    const impatient = store.load(account, { signal: one.signal });
    const patient = store.load(account, { signal: two.signal });
    await settle();
    const cancelled = (): boolean | undefined => accounts.calls[0]?.call.signal?.aborted;
    one.abort(new Error('gone'));
    await assert.rejects(impatient, /gone/);
    assert.equal(cancelled(), false);
    two.abort(new Error('gone too'));
    await assert.rejects(patient, /gone too/);
    assert.equal(cancelled(), true);
    void store.load(account);
    await settle();
    assert.equal(accounts.calls.length, 2, "a reading that is being cancelled is nobody's any more");
    await settle();
    assert.equal(store.rows(account), undefined);
  });

  it('finds what is below a path by loading the way to it', async () => {
    const { store } = createStore((parent, request) =>
      parent.kind === 'account' ? threePages(request) : page([resource(parent.path, 'dataset', 'd1')]),
    );
    const path = childPath(childPath(account, 'connection', 'c0'), 'dataset', 'd1');
    assert.equal((await store.resolve(path)).label, 'd1');
  });

  it('says where a path ends that leads nowhere', async () => {
    const { store } = createStore((parent) =>
      page(parent.path === account ? [resource(account, 'connection', 'c1')] : []),
    );
    const kind = 'notFound';
    const none = childPath(account, 'connection', 'none');
    const below = childPath(childPath(none, 'group', 'dataViews'), 'dataView', 'dv_1');
    const messages: readonly (readonly [ResourcePath, string])[] = [
      [none, 'none was not found in "Account a".'],
      [below, 'none, the parent of dv_1, was not found in "Account a".'],
      [childPath(connection, 'dataset', 'd1'), 'd1 was not found in "c1".'],
      [accountPath('z'), 'This account no longer exists.'],
    ];
    for (const [path, message] of messages) await assert.rejects(store.resolve(path), { kind, message });
  });

  it('says why a list above a path cannot be loaded', async () => {
    const { store } = createStore(() => {
      throw new HttpError('permission', 'No right.');
    });
    const advice = 'Ask an administrator of the service for permission.';
    const expected = { kind: 'notFound', message: 'Access denied. No right.', advice };
    await assert.rejects(store.resolve(connection), expected);
  });

  it('says why it cannot list what is below a path, and what to do', async () => {
    const { store } = createStore(() =>
      Promise.reject(new HttpError('permission', 'No.', { advice: 'Ask.' })),
    );
    const error = await store
      .resolve(childPath(account, 'connection', 'c0'))
      .catch((thrown: unknown) => thrown);
    assert.ok(error instanceof HttpError);
    assert.deepEqual([error.message, error.advice], ['Access denied. No.', 'Ask.']);
  });

  it('starts at the connections of an only account, else at the accounts', () => {
    const { store, accounts } = createStore(() => page([]));
    assert.equal(store.rootPath(), account);
    accounts.accounts = [createAccount('a'), createAccount('b')];
    accounts.changes.fire(['b']);
    assert.equal(store.rootPath(), undefined);
    assert.deepEqual(labels(store.accounts()), ['Account a', 'Account b']);
  });

  it('forgets everything of a changed account', async () => {
    const { store, accounts } = createStore(() => page([resource(account, 'connection', 'c1')]));
    await store.load(account);
    const changed: (readonly ResourcePath[])[] = [];
    store.onDidChange((paths) => changed.push(paths));
    accounts.changes.fire(['a']);
    assert.equal(store.rows(account), undefined);
    assert.deepEqual(changed, [[]]);
  });

  it('reports when it has to wait, and when that ends', async () => {
    const { store } = createStore((_parent, _request, { onWait }) => {
      onWait?.({ reason: 'rateLimited', delay: 6000, attempt: 2 });
      return page([]);
    });
    const waits: (number | undefined)[] = [];
    store.onDidPause(({ wait }) => waits.push(wait?.delay));
    await store.load(account, { all: true });
    assert.deepEqual(waits, [6000, undefined]);
  });
});

describe('Store.put', () => {
  const known = (changes: Partial<Resource> = {}): Resource => ({
    ...resource(account, 'connection', 'c1'),
    ...changes,
  });

  it('updates known resources, and fires for those that changed', async () => {
    const { store } = createStore(() => page([known(), resource(account, 'connection', 'c2')]));
    await store.load(account, { all: true });
    const changes: ResourcePath[] = [];
    store.onDidChange((paths) => changes.push(...paths));
    const status = { state: 'running', label: 'IN_PROGRESS' } as const;
    const unknown = resource(account, 'connection', 'c9');
    const answer = [known({ status, json: { more: 1 } }), resource(account, 'connection', 'c2'), unknown];
    await store.put(answer, Date.now());
    assert.deepEqual(changes, [connection]);
    assert.deepEqual(store.get(connection)?.json, { id: 'c1', more: 1 });
    assert.deepEqual(store.rows(account)?.[0]?.status, status);
    assert.equal(store.get(unknown.path), undefined);
    await store.put(answer, Date.now());
    assert.equal(changes.length, 1);
  });

  it('keeps what was loaded after the request was sent', async () => {
    const { store } = createStore(() => page([known()]));
    const askedAt = Date.now() - 1;
    await store.load(account);
    await store.put([known({ label: 'old' })], askedAt);
    assert.equal(store.get(connection)?.label, 'c1');
  });
});

describe('Store.add', () => {
  const task = resource(connection, 'dataset', 't1');
  const run = (id: string): Resource => resource(connection, 'run', id);

  it('inserts new items before the first of their kind, and counts them', async () => {
    const rest = { loading: 'onDemand', total: 9, nextCursors: ['p2' as Cursor] } as const;
    const { store } = createStore((parent) =>
      parent.path === account
        ? page([resource(account, 'connection', 'c1')])
        : page([task, run('r2'), run('r1')], rest),
    );
    await store.load(connection);
    const changes: ResourcePath[] = [];
    store.onDidChange((paths) => changes.push(...paths));
    store.add(new Map([[connection, [run('r4'), run('r3')]]]), Date.now());
    assert.deepEqual(labels(store.rows(connection)), ['t1', 'r4', 'r3', 'r2', 'r1', 'Load More']);
    assert.equal(store.state(connection).total, 11);
    assert.deepEqual(changes, [connection]);
  });

  it('skips lists that were not loaded, or were loaded since, and starts empty ones', async () => {
    const { store } = createStore((parent) =>
      page(parent.path === account ? [resource(account, 'connection', 'c1')] : [], { loading: 'onDemand' }),
    );
    await store.load(account);
    store.add(new Map([[connection, [run('r1')]]]), Date.now());
    assert.equal(store.rows(connection), undefined);
    const askedAt = Date.now() - 1;
    await store.load(connection);
    let changes = 0;
    store.onDidChange(() => changes++);
    store.add(new Map([[connection, [run('r1')]]]), askedAt);
    assert.deepEqual([store.rows(connection), changes], [[], 0]);
    store.add(new Map([[connection, [run('r1')]]]), Date.now());
    assert.deepEqual(labels(store.rows(connection)), ['r1']);
  });

  it('adds nothing to a list that could not be loaded', async () => {
    const { store } = createStore((parent) => {
      if (parent.path === account) return page([resource(account, 'connection', 'c1')]);
      throw new HttpError('server', 'Broken');
    });
    await store.load(connection);
    store.add(new Map([[connection, [run('r1')]]]), Date.now());
    assert.deepEqual(
      store.rows(connection)?.map(({ kind }) => kind),
      ['problem'],
    );
    assert.equal(store.get(run('r1').path), undefined);
  });
});

describe('Store.reportHealth', () => {
  const expired = new HttpError('authentication', 'The token has expired.');

  it('shows once at the account that it cannot sign in, until it answers again', async () => {
    const { store, accounts } = createStore(() => page([]));
    await store.load(account);
    let fired = 0;
    store.onDidChange((paths) => (fired += paths.includes(account) ? 1 : 0));
    store.reportHealth(account, expired);
    store.reportHealth(account, expired);
    store.reportHealth(account, new HttpError('notFound', 'Gone'));
    assert.deepEqual([fired, store.accounts()[0]?.status?.state], [1, 'failed']);
    await store.refresh(account);
    assert.equal(store.accounts()[0]?.status, undefined);
    accounts.answer = () => {
      throw expired;
    };
    await store.refresh(account);
    assert.equal(store.accounts()[0]?.status?.state, 'failed');
  });

  it('shows that the service is down, but not if it fails for one resource', async () => {
    const { store } = createStore(({ kind }) => {
      if (kind === 'account' && store.rows(account)) throw new HttpError('server', 'Broken');
      if (kind === 'account') return page([resource(account, 'connection', 'c')]);
      throw new HttpError('server', 'Broken');
    });
    await store.load(account);
    await store.load(childPath(account, 'connection', 'c'));
    assert.equal(store.accounts()[0]?.status, undefined);
    await store.refresh(account);
    assert.equal(store.accounts()[0]?.status?.state, 'failed');
  });
});
