import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import { accountPath, childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Runs } from '../../../../src/core/services/contract/runs';
import {
  refreshAccounts,
  refreshRows,
  type RefreshStatusContext,
} from '../../../../src/features/connections/refreshStatus';
import type { StatusSnapshot } from '../../../../src/features/connections/statusChanges';
import { account, resource, settle } from '../../../support/fakes/store';
import { ACCOUNT_PATH, startService, type StartedService } from '../../../support/service';
import { Served } from '../../../support/served';
import { createEntry, createRun, judge } from '../runs/work';

const FOLLOWED = 'connectionsExplorer.followedRuns';

describe('A refresh of the status of all accounts', () => {
  let marked: readonly ResourcePath[] = [];
  let remembered: ResourcePath[] = [];

  function context(store: RefreshStatusContext['store']): RefreshStatusContext {
    return {
      store,
      targets: { selected: () => [], item: () => assert.fail() },
      view: { reveal: () => Promise.resolve() },
      unseen: { mark: (paths) => void (marked = paths), keep: () => undefined },
      memory: {
        read: () => Promise.resolve(new Map()),
        write: (path: ResourcePath) => {
          remembered.push(path);
          return Promise.resolve();
        },
      } as unknown as RefreshStatusContext['memory'],
    };
  }
  async function says(): Promise<string> {
    const shown = (): readonly string[] => [...editor.inputs.texts, ...editor.inputs.statusMessages];
    for (let turn = 0; turn < 50 && shown().length === 0; turn++) await settle();
    return shown().join();
  }

  beforeEach(() => {
    editor.reset();
    [marked, remembered] = [[], []];
  });

  for (const [command, refresh] of Object.entries({
    'for all accounts': refreshAccounts,
    'for rows': (made: RefreshStatusContext) => refreshRows(made, undefined, undefined),
  }))
    it(`offers to add an account if there is none: ${command}`, async () => {
      const served = new Served({}, []);
      const done = refresh(context(served.store));
      assert.equal(await says(), 'Add an account first.');
      editor.inputs.messages[0]?.press('Add Account');
      await done;
      assert.deepEqual(editor.executed, [['connectionsExplorer.addAccount']]);
      served.store.dispose();
    });

  it('says why an account cannot be opened, which may have backfills or runs', async () => {
    const served = new Served();
    served.session = () => Promise.reject(new HttpError('permission', 'Not for you.'));
    await refreshAccounts(context(served.store));
    assert.match(await says(), /Not for you\./);
    served.store.dispose();
  });

  it('reads an account once if rows of it are selected as well', async () => {
    const connection = resource(account, 'connection', 'c');
    const served = new Served({ hasBackfills: true });
    served.lists.set(account, [connection]);
    await served.store.load(account);
    served.calls.length = 0;
    const rows = [...served.store.accounts(), connection];
    const targets: RefreshStatusContext['targets'] = { selected: () => rows, item: () => assert.fail() };
    await refreshRows({ ...context(served.store), targets }, undefined, undefined);
    assert.deepEqual(
      served.calls.map(({ path }) => path),
      [account],
    );
    served.store.dispose();
  });

  for (const ids of [['a'], ['a', 'b']])
    it(`offers to show what failed, whose rows are not loaded, with accounts ${ids.join()}`, async () => {
      const paths = ['Clicks', 'Orders'].map((id) => childPath(account, 'pipeline', id));
      const entries = paths.map((parent, at) =>
        createEntry(createRun('r', 'failed', { parent }), `Task ${at}`),
      );
      const fetchRuns: Runs['fetchRuns'] = ({ path }) =>
        Promise.resolve({ entries: path === account ? entries : [], updated: [] });
      const served = new Served({ runs: { ...judge, fetchRuns, batches: (all) => [all] } }, ids);
      const shown: ResourcePath[] = [];
      const view = { reveal: (path: ResourcePath) => Promise.resolve(void shown.push(path)) };
      await refreshAccounts({ ...context(served.store), view });
      await says();
      editor.inputs.choices.push('Task 1');
      editor.inputs.messages[0]?.press('Show');
      for (let turn = 0; turn < 50 && shown.length === 0; turn++) await settle();
      assert.deepEqual(shown, paths.slice(1));
      const detail = ids.length > 1 ? 'Account a (Adobe Customer Journey Analytics)' : undefined;
      assert.deepEqual(
        editor.inputs.offered.map(({ label, detail: place, iconPath }) => [label, place, iconPath?.id]),
        [
          ['With failures', undefined, undefined],
          ['Task 0', detail, 'error'],
          ['Task 1', detail, 'error'],
        ],
      );
      served.store.dispose();
    });

  it('says if no account has backfills or runs', async () => {
    const served = new Served();
    const done = refreshAccounts(context(served.store));
    assert.equal(await says(), 'No account has backfills or runs.');
    editor.inputs.messages[0]?.press();
    await done;
    served.store.dispose();
  });

  it('reports what it read, and shows the view of runs from then on', async () => {
    await using account: StartedService = await startService('krenalis');
    await refreshAccounts(context(account.store));
    assert.match(await says(), /Test: status refreshed/);
    assert.deepEqual(remembered, [ACCOUNT_PATH], 'what the next one is compared with');
    assert.equal(editor.contexts.get(FOLLOWED), true);
    assert.deepEqual(marked, []);
  });

  it('marks the rows whose status has changed, and forgets those that are gone', async () => {
    await using account: StartedService = await startService('krenalis');
    let known: StatusSnapshot = new Map();
    const kept: ResourcePath[] = [];
    const changing: RefreshStatusContext = {
      ...context(account.store),
      unseen: { mark: (paths) => void (marked = paths), keep: (_path, rows) => kept.push(...rows) },
      memory: {
        read: () => Promise.resolve(new Map([[ACCOUNT_PATH, known]])),
        write: (_path: ResourcePath, snapshot: StatusSnapshot) => {
          known = snapshot;
          return Promise.resolve();
        },
      } as unknown as RefreshStatusContext['memory'],
    };
    await refreshAccounts(changing);
    assert.deepEqual([marked, kept.length], [[], known.size]);
    const [[path, { at, counts }] = assert.fail()] = known;
    known = new Map(known).set(path, { at, counts: { ...counts, ok: counts.ok + 1 } });
    await refreshAccounts(changing);
    assert.deepEqual(marked, [path]);
  });

  it('reads the row that a menu was opened on, of every kind that has a status', async () => {
    await using account: StartedService = await startService('krenalis');
    const { store } = account;
    const connections = (await store.load(ACCOUNT_PATH)).filter(({ kind }) => kind === 'connection');
    const below = await Promise.all(connections.map(({ path }) => store.load(path)));
    const pipeline = below.flat().find(({ kind, hasChildren }) => kind === 'pipeline' && hasChildren);
    assert.ok(pipeline);
    const targets: RefreshStatusContext['targets'] = {
      selected: (kinds, path) => (path === pipeline.path && kinds.includes('pipeline') ? [pipeline] : []),
      item: () => assert.fail(),
    };
    const before = account.sample.requests.length;
    await refreshRows({ ...context(store), targets }, pipeline.path, undefined);
    assert.ok(account.sample.requests.length > before);
    assert.match(await says(), /refreshed/);
  });

  it('of a single run reads the runs of its pipeline or task', async () => {
    const pipeline = resource(account, 'pipeline', 'p');
    const asked: (readonly ResourcePath[])[] = [];
    const fetchRuns: Runs['fetchRuns'] = (_account, within) => {
      asked.push(within);
      return Promise.resolve({ entries: [], updated: [] });
    };
    const served = new Served({ runs: { ...judge, fetchRuns, batches: (all) => [all] } });
    served.lists.set(account, [pipeline]);
    await served.store.load(account);
    const targets = {
      selected: () => [createRun('r', 'failed', { parent: pipeline.path })],
      item: () => assert.fail(),
    };
    await refreshRows({ ...context(served.store), targets }, undefined, undefined);
    assert.deepEqual(asked, [[pipeline.path]]);
    served.store.dispose();
  });

  it('tries only that again which could not be read', async () => {
    const asked: ResourcePath[] = [];
    const fetchRuns: Runs['fetchRuns'] = ({ path }) => {
      asked.push(path);
      return path === account
        ? Promise.resolve({ entries: [], updated: [] })
        : Promise.reject(new HttpError('server', 'Down.'));
    };
    const served = new Served({ runs: { ...judge, fetchRuns, batches: (all) => [all] } }, ['a', 'b']);
    await refreshAccounts(context(served.store));
    await says();
    assert.deepEqual(asked.splice(0).toSorted(), [account, accountPath('b')]);
    editor.inputs.messages[0]?.press('Retry');
    for (let turn = 0; turn < 50 && asked.length === 0; turn++) await settle();
    assert.deepEqual(asked, [accountPath('b')]);
    served.store.dispose();
  });

  it('offers to try again what could not be read, and shows no view of runs for that', async () => {
    await using account: StartedService = await startService('krenalis');
    await account.store.load(ACCOUNT_PATH);
    account.sample.inject({ match: {}, status: 500 });
    await refreshAccounts(context(account.store));
    assert.match(await says(), /Some statuses could not be loaded\. Test: /);
    const [message] = editor.inputs.messages;
    assert.deepEqual([message?.kind, message?.buttons], ['error', ['Retry', 'Show Log']]);
    assert.equal(editor.contexts.get(FOLLOWED), undefined);
  });
});
