import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { MAX_SILENCE_MS } from '../../../../src/core/http/pulse';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { deferred } from '../../../support/fakes/store';
import { startService, ACCOUNT_PATH, SERVICE_IDS, type StartedService } from '../../../support/service';

/**
 * Sends requests while the service hangs. The service recovers afterwards, but never answers earlier requests.
 * @param isSpared exempts a request.
 * @param requests sent at once, and waited for.
 */
async function askAndHang(
  { sample }: StartedService,
  ask: () => Promise<unknown>,
  isSpared: (path: string) => boolean = () => false,
  requests = 1,
): Promise<void> {
  let met = 0;
  const arrived = deferred<undefined>();
  const heal = sample.inject({
    match: ({ path }) => {
      if (isSpared(path)) return false;
      met += 1;
      if (met === requests) arrived.resolve(undefined);
      return true;
    },
    hang: true,
  });
  ask().catch(() => undefined);
  await arrived.promise;
  heal();
}

/** The same, and waits until that has lasted for too long. */
async function askInVain(t: TestContext, ...how: Parameters<typeof askAndHang>): Promise<void> {
  await askAndHang(...how);
  t.mock.timers.tick(MAX_SILENCE_MS + 1);
}

const isSignIn = (path: string): boolean => /^\/ims\/|authenticate$/.test(path);

function assertHealthy(rows: readonly Resource[] | undefined): void {
  assert.ok(rows && rows.length > 0);
  assert.ok(rows.every(({ kind, stale }) => kind !== 'problem' && !stale));
}

/** Each request was sent once. */
function assertOnce({ requests }: StartedService['sample']): void {
  const asked = requests.map(({ method, path, query, body }) =>
    [method, path, String(query), body].join(' '),
  );
  assert.ok(asked.length > 0);
  assert.deepEqual(asked, [...new Set(asked)]);
}

/** The path of the first list that is requested: some services list known items, such as kinds of entities. */
async function firstList({ store }: StartedService, id: string): Promise<ResourcePath> {
  if (id !== 'datadog') return ACCOUNT_PATH;
  return (await store.load(ACCOUNT_PATH))[0]?.path ?? assert.fail('an entity');
}

/** The points at which a service may hang, each with the requests that it still answers. */
function hangs(id: string): readonly (readonly [string, (path: string) => boolean])[] {
  const signsIn = id === 'cja' || id === 'immuta';
  return [...(signsIn ? [['the sign-in', () => false] as const] : []), ['the list', isSignIn]];
}

for (const id of SERVICE_IDS) {
  describe(`${id}, which hung and has recovered`, () => {
    // Beside its list, the runs of all pipelines.
    const requests = id === 'krenalis' ? 2 : 1;

    for (const [name, isSpared] of hangs(id)) {
      it(`shows its list to a user who retries, after it hung at ${name}`, async (t) => {
        t.mock.timers.enable({ apis: ['Date'] });
        await using account = await startService(id);
        const { store } = account;
        const path = await firstList(account, id);
        await askInVain(t, account, () => store.load(path), isSpared);
        await store.refresh(path);
        assertHealthy(store.rows(path));
      });

      it(`is refreshed while others still wait, after it hung at ${name}`, async (t) => {
        t.mock.timers.enable({ apis: ['Date'] });
        await using account = await startService(id);
        const { store, session } = account;
        const path = await firstList(account, id);
        const parent = store.get(path) ?? store.accounts()[0] ?? assert.fail();
        const page = { size: 100, bypassCache: true, depth: 0 };
        const ask = (): Promise<unknown> => session.children(parent, page, { priority: 'background' });
        await askInVain(t, account, ask, isSpared);
        await store.refresh(path);
        assertHealthy(store.rows(path));
      });
    }

    it('is requested again at once by Refresh, because an earlier answer may be outdated', async () => {
      await using account = await startService(id);
      const { store, sample } = account;
      const path = await firstList(account, id);
      await askAndHang(account, () => store.load(path, { refresh: true }), isSignIn, requests);
      sample.clearRequests();
      await store.refresh(path);
      assertHealthy(store.rows(path));
      assertOnce(sample);
    });

    it('is requested again by Refresh, even if others wait for the same answer', async () => {
      await using account = await startService(id);
      const { store, session, sample } = account;
      const path = await firstList(account, id);
      const parent = store.get(path) ?? store.accounts()[0] ?? assert.fail();
      const page = { size: 100, bypassCache: true, depth: 0 };
      const ask = (): Promise<unknown> => session.children(parent, page, { priority: 'background' });
      await askAndHang(account, ask, isSignIn, requests);
      sample.clearRequests();
      await store.refresh(path);
      assertHealthy(store.rows(path));
      assertOnce(sample);
    });

    it('returns a text to a user who retries, even while others still wait', async (t) => {
      t.mock.timers.enable({ apis: ['Date'] });
      await using account = await startService(id);
      const { store } = account;
      const [row = assert.fail()] = await store.load(await firstList(account, id));
      await askInVain(t, account, () => store.read(row.path));
      assert.match(await store.read(row.path, undefined, { asked: true }), /^\s*[[{]/);
    });
  });
}
