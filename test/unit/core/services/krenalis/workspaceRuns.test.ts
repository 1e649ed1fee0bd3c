import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Emitter } from '../../../../../src/core/base/emitter';
import { childPath } from '../../../../../src/core/services/contract/path';
import type { Account } from '../../../../../src/core/services/contract/signIn';
import type { Resource } from '../../../../../src/core/services/contract/resource';
import { Store } from '../../../../../src/core/store/store';
import { settle } from '../../../../support/fakes/store';
import { LAST_RUNS_PATIENCE_MS } from '../../../../../src/core/services/krenalis/levels/workspaceRuns';
import { type Answer, type Answered, answered, rowsBelow } from '../../../../support/answered';

const CONNECTIONS = {
  connections: [
    {
      id: 'c1',
      name: 'CRM',
      pipelines: [
        { id: 'p1', name: 'Import', enabled: true, running: false },
        { id: 'p2', name: 'Export', enabled: true, running: false },
        { id: 'p3', name: 'Events', enabled: true },
      ],
    },
    { id: 'c2', name: 'Shop', pipelines: [{ id: 'p4', name: 'Orders', enabled: false, running: false }] },
  ],
};
const FAILED = {
  id: 'r2',
  pipeline: 'p1',
  startTime: '2026-01-02T00:00:00Z',
  endTime: '2026-01-02T00:01:00Z',
  error: 'No route.',
};
const FINISHED = { ...FAILED, id: 'r1', startTime: '2026-01-01T00:00:00Z', error: '' };

/** A workspace whose list of runs is answered so. */
function workspace(runs: () => Answer | undefined | Promise<Answer>): Promise<Answered> {
  return answered('krenalis', (asked) => {
    if (asked.endsWith('/runs')) return runs();
    if (asked.endsWith('/connections')) return CONNECTIONS;
    return CONNECTIONS.connections.find(({ id }) => asked.endsWith(`/${id}`));
  });
}

function createStore({ session }: Answered): Store {
  const account: Account = {
    id: 'krenalis',
    service: 'krenalis',
    name: 'K',
    production: false,
    sample: false,
    settings: {},
  };
  return new Store(
    {
      list: () => [account],
      session: () => Promise.resolve(session),
      onDidChange: new Emitter<readonly string[]>().event,
    },
    () => 100,
  );
}

function states(rows: readonly Resource[] | undefined): readonly string[] {
  return (rows ?? []).map(({ label, status }) =>
    `${label}: ${status?.state ?? '-'} ${status?.label ?? ''}`.trim(),
  );
}

describe('The state of Krenalis pipelines', () => {
  it('is that of their last runs before anything is expanded, with one request for the account', async () => {
    const at = await workspace(() => ({ runs: [FAILED, FINISHED] }));
    assert.deepEqual(states(await rowsBelow(at, at.row, 'connection')), [
      'CRM: failed 1 enabled, last run failed; 2 enabled',
      'Shop: inactive 1 disabled',
    ]);
    assert.deepEqual(at.asked, ['GET /v1/connections', 'GET /v1/pipelines/runs']);
  });

  it('is the same in the pipelines, and in the connection above them', async () => {
    const at = await workspace(() => ({ runs: [FAILED] }));
    const store = createStore(at);
    await store.load(at.row.path);
    const path = childPath(at.row.path, 'connection', 'c1');
    await store.load(path);
    assert.deepEqual(states(store.rows(path)), [
      'Events: ok enabled',
      'Export: ok enabled',
      'Import: failed enabled, last run failed',
      'Identities: -',
    ]);
    assert.equal(store.get(path)?.status?.state, 'failed');
  });

  it('includes a run that failed since in the connection too, when the runs of any pipeline are loaded', async () => {
    let runs: readonly object[] = [FINISHED];
    const at = await workspace(() => ({ runs }));
    const store = createStore(at);
    await store.load(at.row.path);
    const path = childPath(at.row.path, 'connection', 'c1');
    await store.load(path);
    assert.equal(store.get(path)?.status?.state, 'ok');
    runs = [FAILED, FINISHED];
    await store.load(childPath(path, 'pipeline', 'p2'));
    assert.equal(store.get(path)?.status?.state, 'failed');
    assert.match(states(store.rows(path)).join(), /Import: failed/);
  });

  it('is the one that was read last, though an earlier list said otherwise', async () => {
    const list = structuredClone(CONNECTIONS);
    const at = await answered('krenalis', (asked) => {
      if (asked.endsWith('/runs')) return { runs: [] };
      return asked.endsWith('/connections') ? list : list.connections[0];
    });
    const store = createStore(at);
    await store.load(at.row.path);
    const path = childPath(at.row.path, 'connection', 'c1');
    for (const pipeline of list.connections[0]?.pipelines ?? []) pipeline.enabled = false;
    await store.load(path);
    await store.load(childPath(path, 'pipeline', 'p2'));
    const disabled = (rows: readonly Resource[] | undefined): unknown =>
      rows?.map(({ status }) => status?.label);
    assert.deepEqual(disabled(store.rows(path)), ['disabled', 'disabled', 'disabled', undefined]);
    const report = await at.session.runs?.fetchRuns(at.row, [path], {});
    assert.ok(report?.updated.every(({ kind, status }) => kind !== 'pipeline' || status?.state !== 'ok'));
  });

  it('is not OK if the last runs cannot be loaded: a row says why, with Retry', async () => {
    const at = await workspace(() => ({ status: 500, body: 'Internal Server Error' }));
    assert.deepEqual(states(await rowsBelow(at, at.row, 'connection')), [
      'CRM: unknown 2 enabled, last run unknown; 1 enabled',
      'Shop: inactive 1 disabled, last run unknown',
    ]);
    const [problem, ...others] = await rowsBelow(at, at.row, 'problem');
    assert.deepEqual(others, []);
    assert.equal(problem?.problem?.title, 'The result of the last runs is unknown');
    assert.equal(problem.problem.retryable, true);
    assert.match(problem.problem.detail, /Internal Server Error/);
  });

  it('is shown as far as it is known if there is no list of runs', async () => {
    const at = await workspace(() => undefined);
    assert.deepEqual(states(await rowsBelow(at, at.row, 'connection')), [
      'CRM: ok 3 enabled',
      'Shop: inactive 1 disabled',
    ]);
    assert.deepEqual(await rowsBelow(at, at.row, 'problem'), []);
  });

  it('is waited for no longer than a few seconds', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const silent = new Promise<never>(() => undefined);
    const at = await workspace(() => silent);
    const reading = rowsBelow(at, at.row, 'problem');
    await settle();
    t.mock.timers.tick(LAST_RUNS_PATIENCE_MS);
    const [problem] = await reading;
    assert.match(problem?.problem?.detail ?? '', /is slow/);
    assert.equal(problem?.problem?.retryable, true);
  });

  it('is no longer requested if the list is not available', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const at = await answered('krenalis', (asked, _request, { signal } = {}) => {
      if (!asked.endsWith('/runs')) return { status: 500, body: 'Broken' };
      signals.push(signal);
      return new Promise<never>(() => undefined);
    });
    await assert.rejects(rowsBelow(at, at.row, 'connection'), /Broken/);
    assert.deepEqual(
      signals.map((signal) => signal?.aborted),
      [true],
    );
  });

  it('comes from the newest run, even one without an ID', async () => {
    const at = await workspace(() => ({ runs: [{ ...FAILED, id: null }, FINISHED] }));
    assert.match(states(await rowsBelow(at, at.row, 'connection')).join(), /CRM: failed/);
  });
});

describe('Runs that cannot be identified', () => {
  for (const [service, answer] of [
    [
      'krenalis',
      (asked: string) =>
        asked.endsWith('/runs') ? { runs: [FAILED, { ...FAILED, id: null }, null] } : CONNECTIONS,
    ],
    [
      'immuta',
      (asked: string) => {
        if (asked.includes('/runs'))
          return { runs: [{ runId: 'r', status: 'RUNNING' }, { status: 'RUNNING' }, 5] };
        if (asked.includes('/tasks')) return { tasks: [{ taskId: 't', status: 'RUNNING' }] };
        return { connections: [{ connectionKey: 'c' }] };
      },
    ],
    [
      'cja',
      () => ({
        content: [
          {
            id: 'dg_1',
            dataSets: [
              { dataSetId: 'd', backfills: [{ id: 'b', status: 'IN_PROGRESS' }, { status: 'FAILED' }, null] },
            ],
          },
        ],
        lastPage: true,
      }),
    ],
  ] as const) {
    it(`are counted in the list of all runs of ${service}`, async () => {
      const at = await answered(service, answer);
      const report = (await at.session.runs?.fetchRuns(at.row, [], {})) ?? assert.fail();
      assert.ok(report.updated.every(({ kind }) => kind !== 'problem'));
      assert.deepEqual(
        report.problems?.map(({ label }) => label),
        ['2 runs cannot be shown.'],
      );
      const part = await at.session.runs?.fetchRuns(
        at.row,
        [childPath(at.row.path, 'connection', 'dg_1')],
        {},
      );
      assert.deepEqual(part?.problems, undefined);
    });
  }
});
