import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Page, Cursor } from '../../../../src/core/services/contract/page';
import { Store } from '../../../../src/core/store/store';
import { account, FakeAccounts, page, resource, settle, type Answer } from '../../../support/fakes/store';

/** After three seconds without a sign of life, a request hangs for a person who asks again. */
const MAX_SILENCE_MS = 3000;

const [first, second] = ['p1' as Cursor, 'p2' as Cursor];

/** A store, and its pending requests: answered by hand, in order. */
class Scene {
  readonly accounts: FakeAccounts;
  readonly store: Store;
  readonly waiting: ((page: Page) => void)[] = [];

  constructor(t: TestContext) {
    t.mock.timers.enable({ apis: ['Date'] });
    this.accounts = new FakeAccounts(this.#hold);
    this.store = new Store(this.accounts, () => 100);
  }

  readonly #hold: Answer = () => new Promise((resolve) => this.waiting.push(resolve));

  /** Answers at once from here on. */
  heal(answer: Answer = () => createPage('new')): void {
    this.accounts.answer = answer;
  }

  /** Leaves all requests without an answer from here on. */
  hang(): void {
    this.accounts.answer = this.#hold;
  }
}

const below = childPath(account, 'connection', 'new');

/** Starts to load the list below a connection, without an answer. @returns its rows, once they arrive */
async function beginBelow(scene: Scene): Promise<{ readonly rows: ReturnType<Store['load']> }> {
  scene.heal();
  await scene.store.load(account);
  scene.hang();
  const rows = scene.store.load(below);
  await settle();
  return { rows };
}

function createPage(id: string, next: readonly Cursor[] = []): Page {
  return page([resource(account, 'connection', id)], { nextCursors: next, loading: 'onDemand' });
}

function ids(scene: Scene, path = account): readonly string[] {
  return (scene.store.rows(path) ?? []).filter(({ kind }) => kind === 'connection').map(({ id }) => id);
}

describe('a refresh by a person', () => {
  const wishes: Readonly<Record<string, (store: Store, path: ResourcePath) => Promise<unknown>>> = {
    refresh: (store, path) => store.refresh(path),
    'refresh of everything': (store) => store.refresh(),
    'refresh of the status': (store, path) => store.refreshStatus(path),
    retry: (store, path) => store.retry(path),
    'look at what is there': (store, path) => store.load(path, { asked: true }),
  };
  for (const [name, wish] of Object.entries(wishes)) {
    it(`replaces a load that hangs: ${name}`, async (t) => {
      const scene = new Scene(t);
      const before = scene.store.refresh(account);
      await settle();
      t.mock.timers.tick(MAX_SILENCE_MS + 1);
      scene.heal();
      await wish(scene.store, account);
      await before;
      assert.deepEqual(ids(scene), ['new']);
      assert.equal(scene.store.state(account).reading, false);
    });

    it(`replaces a load that hangs of the list that holds its row: ${name}`, async (t) => {
      const scene = new Scene(t);
      const before = scene.store.load(account);
      await settle();
      t.mock.timers.tick(MAX_SILENCE_MS + 1);
      scene.heal((parent) => page([resource(parent.path, 'connection', 'new')]));
      await wish(scene.store, below);
      await before;
      assert.deepEqual(ids(scene), ['new']);
    });
  }

  for (const [name, wish] of Object.entries(wishes).filter(([each]) => !each.startsWith('look'))) {
    it(`shows its own result, and not that of an earlier load: ${name}`, async (t) => {
      const scene = new Scene(t);
      const before = scene.store.load(account, { refresh: true });
      await settle();
      const again = wish(scene.store, account);
      await settle();
      const [old, renewed] = scene.accounts.calls;
      assert.deepEqual([old?.call.signal?.aborted, renewed?.call.signal?.aborted], [true, false]);
      scene.waiting[1]?.(createPage('after'));
      scene.waiting[0]?.(createPage('before'));
      await Promise.all([before, again]);
      assert.deepEqual(ids(scene), ['after']);
      assert.equal(scene.accounts.calls.length, 2);
    });
  }

  it('lets others join its load', async (t) => {
    const scene = new Scene(t);
    const pressed = scene.store.refresh(account);
    await settle();
    const automatic = scene.store.load(account, { refresh: true });
    await settle();
    scene.waiting[0]?.(createPage('one'));
    await Promise.all([pressed, automatic]);
    assert.deepEqual(ids(scene), ['one']);
    assert.equal(scene.accounts.calls.length, 1);
  });

  it('loads each list once for all its rows', async (t) => {
    const scene = new Scene(t);
    const pressedAt = performance.now();
    const both = [1, 2].map(() => scene.store.refresh(account, undefined, pressedAt));
    await settle();
    scene.waiting[0]?.(createPage('one'));
    await Promise.all(both);
    assert.equal(scene.accounts.calls.length, 1);
  });

  it('makes a list below that is being loaded reload when it is viewed', async (t) => {
    const scene = new Scene(t);
    const { rows } = await beginBelow(scene);
    scene.heal();
    await scene.store.refresh();
    scene.waiting[0]?.(createPage('before'));
    await rows;
    while (scene.store.state(below).reading) await settle();
    assert.equal(scene.store.state(below).dirty, true);
    await scene.store.load(below);
    while (scene.store.state(below).reading) await settle();
    assert.deepEqual(ids(scene, below), ['new']);
    assert.equal(scene.store.state(below).dirty, false);
  });

  it('waits for a load that the rate limit delays, because a new one would wait too', async (t) => {
    const scene = new Scene(t);
    const before = scene.store.load(account);
    await settle();
    const [{ call } = assert.fail()] = scene.accounts.calls;
    call.onProgress?.();
    call.onWait?.({ reason: 'rateLimited', delay: 60_000, attempt: 2 });
    const again = [scene.store.refresh(account), scene.store.refresh(account)];
    await settle();
    assert.deepEqual([scene.waiting.length, call.signal?.aborted], [1, false]);
    scene.waiting[0]?.(createPage('before'));
    await before;
    await settle();
    assert.deepEqual(ids(scene), ['before']);
    assert.equal(scene.waiting.length, 2);
    scene.waiting[1]?.(createPage('after'));
    await Promise.all(again);
    assert.deepEqual(ids(scene), ['after']);
    assert.equal(scene.accounts.calls.length, 2);
  });

  it('is not triggered by another extension', async (t) => {
    const scene = new Scene(t);
    const before = scene.store.load(account, { refresh: true });
    await settle();
    t.mock.timers.tick(MAX_SILENCE_MS + 1);
    const again = scene.store.load(account, { refresh: true });
    await settle();
    assert.equal(scene.waiting.length, 1);
    scene.waiting[0]?.(createPage('one'));
    await Promise.all([before, again]);
  });

  it('joins a load that makes progress: pages, parts of an answer, or a wait for the rate limit', async (t) => {
    const scene = new Scene(t);
    const look = (): void => void scene.store.load(account, { asked: true });
    void scene.store.load(account, { refresh: true, all: true });
    await settle();
    const [{ call } = assert.fail()] = scene.accounts.calls;
    t.mock.timers.tick(MAX_SILENCE_MS);
    call.onProgress?.();
    t.mock.timers.tick(MAX_SILENCE_MS);
    look();
    call.onWait?.({ reason: 'rateLimited', delay: 60_000, attempt: 2 });
    t.mock.timers.tick(60_000 + MAX_SILENCE_MS);
    look();
    scene.waiting[0]?.(createPage('one', [first]));
    await settle();
    t.mock.timers.tick(MAX_SILENCE_MS);
    look();
    await settle();
    assert.deepEqual(
      scene.accounts.calls.map(({ request }) => request.cursor),
      [undefined, first],
    );
    call.onWait?.({ reason: 'retry', delay: 60_000, attempt: 2 });
    t.mock.timers.tick(1);
    scene.heal();
    await scene.store.load(account, { asked: true, all: true });
    assert.deepEqual(ids(scene), ['new']);
  });

  it('also replaces hanging loads of lists below', async (t) => {
    const scene = new Scene(t);
    const { rows } = await beginBelow(scene);
    t.mock.timers.tick(MAX_SILENCE_MS + 1);
    scene.heal((parent) => page([resource(parent.path, 'connection', 'new')]));
    await scene.store.refresh();
    assert.deepEqual(
      (await rows).map(({ id }) => id),
      ['new'],
    );
  });
});

describe('loading all pages while a list is reloaded', () => {
  const pages: Answer = (_parent, { cursor }) => {
    if (!cursor) return createPage('one', [first]);
    return cursor === first ? createPage('two', [second]) : createPage('three');
  };

  it('happens after the reload', async (t) => {
    const scene = new Scene(t);
    scene.heal(pages);
    await scene.store.load(account);
    scene.hang();
    const refreshed = scene.store.refresh(account);
    await settle();
    const all = scene.store.loadMore(account, { all: true });
    await settle();
    scene.heal(pages);
    scene.waiting[0]?.(createPage('one', [first]));
    await Promise.all([refreshed, all]);
    assert.deepEqual(ids(scene), ['one', 'two', 'three']);
  });

  it('happens even if the list is reloaded meanwhile', async (t) => {
    const scene = new Scene(t);
    scene.heal(pages);
    await scene.store.load(account);
    scene.hang();
    const all = scene.store.loadMore(account, { all: true });
    await settle();
    scene.heal(pages);
    await scene.store.refresh(account);
    await all;
    assert.deepEqual(ids(scene), ['one', 'two', 'three']);
  });

  it('loads the next page once for a double click', async (t) => {
    const scene = new Scene(t);
    scene.heal(pages);
    await scene.store.load(account);
    await Promise.all([scene.store.loadMore(account), scene.store.loadMore(account)]);
    assert.deepEqual(ids(scene), ['one', 'two']);
    await Promise.all([scene.store.refresh(account), scene.store.loadMore(account)]);
    assert.deepEqual(ids(scene), ['one', 'two', 'three']);
  });

  it('is skipped if the list could not be reloaded: its row says why', async (t) => {
    const scene = new Scene(t);
    scene.heal(pages);
    await scene.store.load(account);
    scene.heal(() => Promise.reject(new Error('no')));
    await Promise.all([scene.store.refresh(account), scene.store.loadMore(account, { all: true })]);
    assert.deepEqual(
      scene.store.rows(account)?.map(({ kind }) => kind),
      ['problem', 'connection', 'more'],
    );
  });
});
