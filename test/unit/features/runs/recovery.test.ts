import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { Recovery } from '../../../../src/features/runs/recovery';
import { RunsLoader } from '../../../../src/features/runs/runsLoader';
import { ACCOUNT_PATH } from '../../../support/service';
import { startWatching, type Watching } from '../../../support/watching';

const minute = 60;
const size = { connections: 12, datasets: 3, backfills: 2 };
/** The lists of datasets. */
const datasets = { match: { path: /^\/data\/connections\/[^/]+$/ }, status: 404, body: {} };
const outage = { match: { path: /^\/data/ }, status: 404, body: {} };

interface Recovering extends AsyncDisposable {
  readonly w: Watching;
  readonly loader: RunsLoader;
  /** An open connection, and another one that works and is watched. */
  readonly open: Resource;
  readonly watched: ResourcePath;
}

async function startRecovering(): Promise<Recovering> {
  const w = await startWatching(size);
  const loader = new RunsLoader({ store: w.store, registry: w.book, now: () => w.clock.now() });
  const recovery = new Recovery({ ...w, loader, interval: () => minute * 1000 });
  const rows = await w.store.load(ACCOUNT_PATH);
  const watched = rows.find(({ status }) => status?.state === 'running');
  const open = rows.find((row) => row.kind === 'connection' && row.hasChildren && row !== watched);
  if (!watched || !open) throw new Error('The sample has other connections.');
  await w.store.load(open.path);
  w.scope.expanded.add(open.path);
  w.watches.set([watched.path], true);
  w.scope.set({ treeVisible: true });
  await w.pass(1);
  return {
    ...{ w, loader, open, watched: watched.path },
    [Symbol.asyncDispose]: async () => {
      recovery.dispose();
      loader.dispose();
      await w[Symbol.asyncDispose]();
    },
  };
}

function isStale({ store }: Watching, path: ResourcePath): boolean {
  return store.state(path).stale;
}

describe('after an outage', () => {
  it('the first answer of an account reloads what is outdated and visible', async () => {
    await using r = await startRecovering();
    const { w, open } = r;
    const mend = w.sample.inject(outage);
    await w.store.refresh(ACCOUNT_PATH);
    await w.store.load(open.path, { refresh: true });
    assert.deepEqual([isStale(w, ACCOUNT_PATH), isStale(w, open.path)], [true, true]);
    await w.pass(2 * minute);
    assert.ok(isStale(w, ACCOUNT_PATH), 'nothing answered yet');
    mend();
    await w.pass(8 * minute);
    assert.deepEqual([isStale(w, ACCOUNT_PATH), isStale(w, open.path)], [false, false]);
  });

  it('hidden lists are left unchanged until they are shown', async () => {
    await using r = await startRecovering();
    const { w, open } = r;
    const mend = w.sample.inject(outage);
    await w.store.load(open.path, { refresh: true });
    w.scope.expanded.delete(open.path);
    mend();
    await w.pass(2 * minute);
    assert.ok(isStale(w, open.path));
    w.scope.expanded.add(open.path);
    w.scope.changes.fire(undefined);
    await w.pass(1);
    assert.ok(!isStale(w, open.path));
  });

  it('a list that could not be loaded at all is loaded, too', async () => {
    await using r = await startRecovering();
    const { w, watched } = r;
    const mend = w.sample.inject(datasets);
    await w.store.load(watched);
    w.scope.expanded.add(watched);
    assert.equal(w.store.rows(watched)?.[0]?.kind, 'problem');
    mend();
    await w.pass(2 * minute);
    assert.equal(w.store.rows(watched)?.[0]?.kind, 'dataset');
  });

  it('a list that keeps failing while its account answers is retried less and less often', async () => {
    await using r = await startRecovering();
    const { w, open } = r;
    w.sample.inject(datasets);
    await w.store.load(open.path, { refresh: true });
    w.sample.clearRequests();
    await w.pass(31 * minute);
    // A read in vain takes two requests: ids have two forms.
    const reads = w.sample.requests.filter(({ path }) => datasets.match.path.test(path)).length / 2;
    assert.equal(reads, 5, 'after 0, 1, 3, 7 and 15 minutes');
  });

  it('the runs of an account are reloaded while their view is visible', async () => {
    await using r = await startRecovering();
    const { w, loader } = r;
    const mend = w.sample.inject(outage);
    await loader.load({ again: true });
    assert.equal(loader.problems().length, 1);
    w.scope.set({ runsVisible: true });
    mend();
    await w.pass(4 * minute);
    assert.equal(loader.problems().length, 0);
  });
});
