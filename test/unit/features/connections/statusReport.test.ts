import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  accountPath,
  childPath,
  isWithin,
  parentPath,
  type ResourcePath,
} from '../../../../src/core/services/contract/path';
import { withRows, type StatusSnapshot } from '../../../../src/features/connections/statusChanges';
import {
  hasStatus,
  readStatus,
  type StatusReading,
} from '../../../../src/features/connections/statusReading';
import {
  changeText,
  statusReport,
  type StatusReport,
} from '../../../../src/features/connections/statusReport';
import { HttpError } from '../../../../src/core/http/errors';
import { toProblem } from '../../../../src/core/services/common/problem';
import { abortError } from '../../../../src/core/base/abort';
import type { Session } from '../../../../src/core/services/contract/service';
import { createAccount, resource } from '../../../support/fakes/store';
import { Served } from '../../../support/served';
import { ACCOUNT_PATH, startService, type StartedService } from '../../../support/service';

const signal = new AbortController().signal;
const noRuns = {
  fetchRuns: () => Promise.resolve({ entries: [], updated: [] }),
  batches: () => [],
  isActive: () => false,
  times: () => ({}),
};
const none: ReadonlyMap<ResourcePath, StatusSnapshot> = new Map();

function read({ store }: StartedService, path = ACCOUNT_PATH): Promise<StatusReading> {
  return readStatus(store, path, signal, performance.now());
}

function report(
  { store }: Pick<StartedService, 'store'>,
  reading: StatusReading,
  before = none,
): StatusReport {
  return statusReport({ store, before, language: 'en', now: Date.now() }, [reading]);
}

function known(reading: StatusReading, at: number): ReadonlyMap<ResourcePath, StatusSnapshot> {
  assert.equal(reading.state, 'read');
  return new Map([[ACCOUNT_PATH, withRows(new Map(), 'rows' in reading ? reading.rows : [], at, true)]]);
}

/** A reader of an account of Krenalis with one session after another. */
function reader(sessions: readonly Session[], isRemoved = false): Parameters<typeof readStatus>[0] {
  const [account] = [
    { path: ACCOUNT_PATH, kind: 'account', id: 'a', label: 'Test', hasChildren: true },
  ] as const;
  const left = [...sessions];
  return {
    session: () => {
      const session = left.length > 1 ? left.shift() : left[0];
      return session ? Promise.resolve(session) : Promise.reject(new Error('gone'));
    },
    refresh: () => Promise.resolve(),
    refreshStatus: () => Promise.resolve(undefined),
    getFailure: () => undefined,
    get: () => (isRemoved ? undefined : account),
    rows: () => [],
    put: () => Promise.resolve(),
    reportHealth: () => undefined,
  };
}

describe('an account that is changed or removed while its status is read', () => {
  const closed = new Served().sessionWith({
    runs: { ...noRuns, fetchRuns: () => Promise.reject(abortError()) },
  });
  const open = new Served().sessionWith({ runs: noRuns });

  it('is read in its later state', async () => {
    const reading = await readStatus(reader([closed, open, open]), ACCOUNT_PATH, signal, 0);
    assert.equal(reading.state, 'read');
  });

  it('is shown in the tree as well, as far as the service tells it', async () => {
    const row = resource(ACCOUNT_PATH, 'pipeline', 'p');
    const runs = { ...noRuns, fetchRuns: () => Promise.resolve({ entries: [], updated: [row] }) };
    const shown: unknown[] = [];
    const put = (rows: readonly unknown[]): Promise<void> => Promise.resolve(void shown.push(...rows));
    const store = { ...reader([new Served().sessionWith({ runs })]), put };
    await readStatus(store, ACCOUNT_PATH, signal, 0);
    assert.deepEqual(shown, [row]);
  });

  it('is not read again after an error of the service, which is reported', async () => {
    const failing = new Served().sessionWith({
      runs: { ...noRuns, fetchRuns: () => Promise.reject(new HttpError('server', 'Out of order.')) },
    });
    const reading = await readStatus(reader([failing, open]), ACCOUNT_PATH, signal, 0);
    assert.ok(reading.state === 'failed');
    assert.match(reading.problem.detail, /Out of order/);
  });

  it('is reported as removed, and never as read', async () => {
    for (const session of [closed, open]) {
      const reading = await readStatus(reader([session, open], true), ACCOUNT_PATH, signal, 0);
      assert.ok(reading.state === 'failed');
      assert.match(reading.problem.detail, /no longer exists/);
    }
  });
});

describe('the report of a refresh of the status', () => {
  it('names what cannot be shown instead of reporting that nothing changed', async () => {
    await using account = await startService('krenalis');
    account.sample.inject({
      match: { path: /\/pipelines\/runs$/ },
      change: (json) => ({ ...(json as object), runs: [null, ...(json as { runs: unknown[] }).runs] }),
    });
    const { text, severity } = report(account, await read(account));
    assert.match(text, /Not everything was read: A run cannot be shown\./);
    assert.equal(severity, 'information');
  });

  it('names an error beside the list of an account', async () => {
    for (const service of ['immuta', 'krenalis', 'cja'] as const) {
      await using account = await startService(service, { connections: 3 });
      account.sample.inject({
        match: { path: /^\/(data|api|v1)\/connections$/ },
        change: (json) => ({ ...(json as object), errors: ['Overloaded'] }),
      });
      const { text } = report(account, await read(account));
      assert.match(text, /Not everything was read: The list may be incomplete\./, service);
    }
  });

  it('says what finished and failed since the last reading, and what has failures', async () => {
    await using account = await startService('cja', { connections: 10 });
    const first = await read(account);
    assert.match(report(account, first).text, /^Test: status refreshed\. Rows with failures: \d+\.$/);
    const at = new Date(Date.now());
    at.setHours(0, 0, 0, 0);
    account.sample.cja.finishBackfills();
    const second = report(account, await read(account), known(first, at.getTime()));
    assert.match(
      second.text,
      /^Test: \d+ backfills? finished.* since 12:00\sAM\. Rows with failures: \d+\.$/,
    );
    assert.equal(second.severity, 'information');
    assert.ok(second.changed.length > 0 && second.failing.length > 0);
    const third = await read(account);
    assert.match(report(account, third, known(third, 0)).text, /^Test: no changes since Jan 1, 1970, /);
  });

  it('reads the counts of one connection, and of the connection of a dataset', async () => {
    await using account = await startService('cja', { connections: 3 });
    const rows = await account.store.load(ACCOUNT_PATH);
    const connection = rows.find(({ kind }) => kind === 'connection') ?? assert.fail();
    const reading = await read(account, connection.path);
    assert.deepEqual('rows' in reading && reading.rows.map(({ path }) => path), [connection.path]);
  });

  it('says what failed, why and what to do, and nothing of what was not read', async () => {
    await using account = await startService('cja', { connections: 3 });
    const { store, sample } = account;
    const rows = await store.load(ACCOUNT_PATH);
    const connection = rows.find(({ kind }) => kind === 'connection') ?? assert.fail();
    const datasets = await store.load(connection.path);
    const dataset = datasets.find(({ kind }) => kind === 'dataset') ?? assert.fail();
    sample.inject({ match: { path: /^\/data\// }, status: 500 });
    for (const [path, place] of [
      [ACCOUNT_PATH, 'Test: '],
      [connection.path, `Test › ${connection.label}: `],
      [dataset.path, `Test › ${dataset.label}: `],
    ] as const) {
      const { text, severity } = report(account, await read(account, path));
      assert.equal(severity, 'error');
      assert.doesNotMatch(text, /refreshed|since/);
      assert.ok(text.includes(place), text);
      assert.match(text, /internal error/);
    }
  });

  it('lists three failures, and says how many more there are', () => {
    const store = {
      account: (path: ResourcePath) => createAccount(path.split(':').at(-1) ?? ''),
      get: () => undefined,
    };
    const failing = (count: number): string =>
      statusReport(
        { store, before: none, language: 'en', now: 0 },
        Array.from({ length: count }, (_, at) => ({
          ...{ path: accountPath(String(at)), noun: 'runs', state: 'failed' },
          problem: toProblem(new HttpError('server', `Broken ${at}.`)),
        })),
      ).text;
    assert.match(failing(5), /Broken 0\..*Broken 2\..*And 2 more\.$/);
    assert.doesNotMatch(failing(5), /Broken 3/);
    assert.doesNotMatch(failing(3), /more/);
  });

  it('counts also a single change', () => {
    const counts = { finished: 1, failed: 1, started: 1 };
    assert.equal(changeText(counts), '1 finished, 1 failed, 1 started');
    assert.equal(changeText({ ...counts, finished: 0, started: 0 }), '1 failed');
    assert.equal(changeText({ finished: 0, failed: 0, started: 0 }), 'changed');
  });

  it('names what was canceled', async () => {
    await using account = await startService('cja', { connections: 3 });
    account.sample.inject({ match: { path: /^\/data\// }, hang: true });
    const controller = new AbortController();
    const reading = readStatus(account.store, ACCOUNT_PATH, controller.signal, performance.now());
    controller.abort();
    const { text, severity } = report(account, await reading);
    assert.equal(text, 'Canceled. Not read: Test.');
    assert.equal(severity, 'information');
  });

  it('says that a list was read in part', () => {
    const store = { account: () => createAccount('a'), get: () => undefined };
    const reading = {
      path: ACCOUNT_PATH,
      noun: 'backfills',
      state: 'partial',
      rows: [],
      missing: [],
    } as const;
    const { text, severity } = statusReport({ store, before: none, language: 'en', now: 0 }, [reading]);
    assert.match(text, /Not everything was read/);
    assert.equal(severity, 'none', 'nothing that was read is missing');
  });

  for (const service of ['krenalis', 'immuta'] as const) {
    it(`shows the last runs if there are no backfills: ${service}`, async () => {
      await using account = await startService(service, service === 'krenalis' ? {} : { connections: 4 });
      assert.equal(await hasStatus(account.store, ACCOUNT_PATH), true);
      const first = await read(account);
      assert.ok('rows' in first && first.rows.length > 0);
      assert.match(report(account, first).text, /^Test: status refreshed\./);
      const before = known(first, Date.now());
      const rows = first.rows
        .filter(({ counts }) => counts.failed === 0)
        .map((row) => ({ ...row, counts: { ok: 0, failed: 1, running: 0, queued: 0 } }));
      for (const [changed, text] of [
        [rows.slice(0, 1), /^Test: 1 run failed since /],
        [rows.slice(0, 2), /^Test: 2 runs failed since /],
      ] as const)
        assert.match(report(account, { ...first, rows: changed }, before).text, text);
    });
  }

  it('counts backfills if there are any', () => {
    const path = childPath(ACCOUNT_PATH, 'connection', 'c');
    const counted = (failed: number) => ({
      path,
      label: 'Web',
      counts: { ok: 0, failed, running: 0, queued: 0 },
    });
    const store = { get: () => undefined, account: () => ({ ...createAccount('a'), name: 'Test' }) };
    const reading = (failed: number) =>
      ({ path: ACCOUNT_PATH, noun: 'backfills', state: 'read', rows: [counted(failed)] }) as const;
    const before = known(reading(0), 0);
    for (const [failed, text] of [
      [1, /^Test: 1 backfill failed since /],
      [2, /^Test: 2 backfills failed since /],
    ] as const) {
      const context = { store, before, language: 'en', now: Date.now() };
      assert.match(statusReport(context, [reading(failed)]).text, text);
    }
  });

  it('names a pipeline with its connection, and reads the runs of one connection alone', async () => {
    await using account = await startService('krenalis');
    const all = await read(account);
    assert.ok('rows' in all);
    assert.ok(all.rows.some(({ label }) => label.includes(' › ')));
    const [first] = all.rows;
    const own = account.store.get(parentPath(first?.path ?? ACCOUNT_PATH) ?? ACCOUNT_PATH) ?? assert.fail();
    const one = await read(account, own.path);
    assert.ok('rows' in one && one.rows.length > 0 && one.rows.length < all.rows.length);
    assert.ok(one.rows.every(({ path }) => isWithin(path, own.path)));
  });

  it('says that a service has none, and what was reloaded', async () => {
    await using account = await startService('datadog', { connections: 2 });
    assert.equal(await hasStatus(account.store, ACCOUNT_PATH), false);
    const [first] = await account.store.load(ACCOUNT_PATH);
    const top = first?.path ?? assert.fail('no entity');
    const { text, severity } = report(account, await read(account, top));
    assert.equal(severity, 'none');
    assert.equal(text, 'Refreshed. No backfills or runs for Datadog Product Analytics.');
  });

  const store = {
    get: () => undefined,
    account: (path: ResourcePath) => ({ ...createAccount('a'), name: path.slice('account:'.length) }),
  };

  it('names three of what was canceled, and counts the others', () => {
    const canceled = (...ids: readonly string[]): string =>
      statusReport(
        { store, before: none, language: 'en', now: 0 },
        ids.map((id) => ({ noun: 'backfills', path: accountPath(id), state: 'canceled' })),
      ).text;
    assert.equal(canceled('A', 'B', 'C'), 'Canceled. Not read: A, B, C.');
    assert.equal(canceled('A', 'B', 'C', 'D'), 'Canceled. Not read: A, B, C. And 1 more.');
  });

  it('lists accounts one by one', () => {
    const rows = { noun: 'backfills', state: 'read', rows: [] } as const;
    const readings = ['One', 'Two'].map((id) => ({ ...rows, path: accountPath(id) }));
    const { text } = statusReport({ store, before: none, language: 'en', now: 0 }, readings);
    assert.equal(text, 'One: status refreshed. Two: status refreshed.');
  });
});
