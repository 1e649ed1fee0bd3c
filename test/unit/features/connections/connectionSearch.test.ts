import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HttpError } from '../../../../src/core/http/errors';
import { accountPath } from '../../../../src/core/services/contract/path';
import type { Cursor } from '../../../../src/core/services/contract/page';
import type { Session } from '../../../../src/core/services/contract/service';
import { Store } from '../../../../src/core/store/store';
import { ConnectionSearch, TYPING_PAUSE_MS } from '../../../../src/features/connections/connectionSearch';
import { FakeClock } from '../../../support/fakeClock';
import { startService } from '../../../support/service';
import { account, deferred, FakeAccounts, page, resource } from '../../../support/fakes/store';

type Search = NonNullable<Session['searchConnections']>;

/** A search over accounts, of which those of `searches` have a service that can search. */
function searching(
  searches: Readonly<Record<string, Search>>,
  ids: readonly string[] = Object.keys(searches),
) {
  const accounts = new FakeAccounts(() => page([resource(account, 'connection', 'first')]), ids);
  const plain = accounts.session.bind(accounts);
  const source = {
    list: () => accounts.list(),
    onDidChange: accounts.onDidChange,
    session: async (id: string): Promise<Session> => {
      const searchConnections = searches[id];
      return { ...(await plain()), ...(searchConnections && { searchConnections }) };
    },
  };
  const store = new Store(source, () => 100);
  const clock = new FakeClock();
  const search = new ConnectionSearch(store, () => undefined, clock);
  /** Types a text, waits until the service is asked, and for immediate answers. */
  const type = async (text: string): Promise<void> => {
    search.type(text);
    await clock.advance(TYPING_PAUSE_MS, settled);
  };
  const found = (): readonly string[] => search.result.found.map(({ id }) => id);
  return { accounts, store, clock, search, type, found };
}

/** Lets every answer that is there arrive. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('The search of Go to Connection', () => {
  it('searches once for each pause in typing, for the current text', async () => {
    const asked: string[] = [];
    const { clock, search, type } = searching({
      a: (_account, text) => {
        asked.push(text);
        return Promise.resolve([]);
      },
    });
    for (const text of ['r', 're', 'ret']) {
      search.type(text);
      await clock.advance(TYPING_PAUSE_MS - 1, settled);
    }
    assert.deepEqual(asked, []);
    await type(' retail ');
    await type('  ');
    assert.deepEqual(asked, ['retail']);
  });

  it('has the first page if nothing is loaded, with one request and without loading the list', async () => {
    const { accounts, store, search, found } = searching({ a: () => Promise.resolve([]) });
    search.start();
    await settled();
    assert.deepEqual(found(), ['first']);
    assert.equal(accounts.calls.length, 1);
    assert.equal(store.rows(account), undefined);
  });

  it('asks Adobe once before the first of 1,000 connections is there, and once more for a text', async () => {
    await using signed = await startService('cja', { connections: 1000 });
    const { store, sample } = signed;
    const clock = new FakeClock();
    let drawn = (): void => undefined;
    const search = new ConnectionSearch(
      store,
      () => {
        drawn();
      },
      clock,
    );
    const requests = (): readonly string[] => sample.requests.map(({ path }) => path);
    const firstResult = async (): Promise<void> => {
      await new Promise<void>((resolve) => {
        drawn = () => {
          if (!search.result.busy) resolve();
        };
        drawn();
      });
    };
    await signed.session.verify({});
    sample.clearRequests();
    search.start();
    await firstResult();
    assert.deepEqual(requests(), ['/data/connections']);
    const [{ label } = { label: '' }] = search.result.found;
    assert.notEqual(label, '');
    search.type(label);
    await clock.advance(TYPING_PAUSE_MS, settled);
    await firstResult();
    assert.deepEqual(requests(), ['/data/connections', '/data/connections/search']);
    search.dispose();
  });

  it('loads the lists of services that cannot search', async () => {
    const { store, search, found } = searching({}, ['a']);
    search.start();
    await settled();
    assert.deepEqual(
      store.rows(account)?.map(({ id }) => id),
      ['first'],
    );
    assert.deepEqual([found(), search.result.busy], [[], false]);
  });

  it('shows the answer to the latest text, in whatever order they arrive, and cancels the others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), async (order) => {
        const answers = order.map(() => deferred<ReturnType<typeof resource>[]>());
        const signals: (AbortSignal | undefined)[] = [];
        const { search, type, found } = searching({
          a: async (_account, text, { signal }) => {
            signals.push(signal);
            return (await answers[Number(text)]?.promise) ?? [];
          },
        });
        for (const index of answers.keys()) await type(String(index));
        for (const index of order) {
          answers[index]?.resolve([resource(account, 'connection', `of ${index}`)]);
          await settled();
        }
        assert.deepEqual(found(), ['of 3']);
        assert.deepEqual(
          signals.map((signal) => signal?.aborted),
          [true, true, true, false],
        );
        assert.equal(search.result.busy, false);
      }),
      { numRuns: 24 },
    );
  });

  it('omits what is loaded, and finds a resource by its whole ID', async () => {
    const { store, type, found } = searching({
      a: () => Promise.resolve(['first', 'second'].map((id) => resource(account, 'connection', id))),
    });
    await store.load(account);
    await type('x');
    assert.deepEqual(found(), ['second']);
  });

  it('shows a failure with advice, keeps the answers of others, and retries on request', async () => {
    let isDown = true;
    const b = accountPath('b');
    const { search, type, found } = searching({
      a: () => {
        if (isDown) throw new HttpError('server', 'Out of order.', { advice: 'Wait a little.' });
        return Promise.resolve([resource(account, 'connection', 'back')]);
      },
      b: () => Promise.resolve([resource(b, 'connection', 'other')]),
    });
    await type('x');
    assert.deepEqual(found(), ['other']);
    const [problem] = search.result.problems;
    assert.deepEqual(
      [problem?.account, problem?.problem.detail, problem?.problem.advice],
      [account, 'Out of order.', 'Wait a little.'],
    );
    isDown = false;
    search.retry();
    await settled();
    assert.deepEqual(search.result.problems, []);
    assert.ok(found().includes('back'));
  });

  const withoutSearch: Search = () => Promise.reject(new HttpError('notFound', 'No such path.'));

  it('loads the list of an installation without the search', async () => {
    const { store, search, type } = searching({ a: withoutSearch });
    await type('x');
    assert.ok(store.get(resource(account, 'connection', 'first').path));
    assert.deepEqual(search.result.problems, []);
  });

  it('shows the whole list of an installation without the search, and then loads what is below', async () => {
    const { accounts, store, clock } = searching({ a: withoutSearch });
    const deeper = deferred<undefined>();
    accounts.answer = async (_parent, { cursor, depth }) => {
      if (depth > 0) await deeper.promise;
      const nextCursors = cursor === undefined ? ['p2' as Cursor] : [];
      return page([resource(account, 'connection', cursor ?? 'p1')], { loading: 'onDemand', nextCursors });
    };
    let hasMore = false;
    const search = new ConnectionSearch(store, (more) => (hasMore ||= more), clock);
    search.type('x');
    await clock.advance(TYPING_PAUSE_MS, settled);
    assert.deepEqual([store.rows(account)?.map(({ id }) => id), hasMore], [['p1', 'p2'], true]);
    deeper.resolve(undefined);
    await settled();
    assert.deepEqual(
      accounts.calls.map(({ request, call }) => [request.cursor, request.depth, call.priority]),
      [
        [undefined, 0, 'interactive'],
        ['p2', 0, 'interactive'],
        [undefined, 1, 'background'],
        ['p2', 1, 'interactive'],
      ],
    );
    search.dispose();
  });

  it('does not wait for a list that hangs: it is asked for again', async (t) => {
    t.mock.timers.enable({ apis: ['Date'] });
    const { accounts, store, type } = searching({ a: withoutSearch });
    const { answer } = accounts;
    accounts.answer = () => new Promise(() => undefined);
    void store.load(account);
    await settled();
    t.mock.timers.tick(60_000);
    accounts.answer = answer;
    await type('x');
    assert.deepEqual(
      store.rows(account)?.map(({ id }) => id),
      ['first'],
    );
  });

  it('cancels its requests when it is closed, and shows nothing more', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const { search, type } = searching({
      a: (_account, _text, { signal }) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    });
    await type('x');
    search.dispose();
    assert.deepEqual(
      signals.map((signal) => signal?.aborted),
      [true],
    );
  });

  it('shows a wait for the rate limit until the answer arrives', async () => {
    const answer = deferred<[]>();
    const wait = { reason: 'limit', delay: 5000, attempt: 1 } as const;
    const { search, type } = searching({
      a: (_account, _text, { onWait }) => {
        onWait?.(wait);
        return answer.promise;
      },
    });
    await type('x');
    assert.deepEqual([search.result.pause?.wait, search.result.busy], [wait, true]);
    answer.resolve([]);
    await settled();
    assert.deepEqual([search.result.pause, search.result.busy], [undefined, false]);
  });
});
