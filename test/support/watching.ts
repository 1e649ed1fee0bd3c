import { Emitter } from '../../src/core/base/emitter';
import type { ResourcePath } from '../../src/core/services/contract/path';
import type { RunEntry, Runs } from '../../src/core/services/contract/runs';
import type { Session } from '../../src/core/services/contract/service';
import type { SampleOptions } from '../../src/sample/common/options';
import { startSampleService, type SampleService } from '../../src/sample/server';
import type { Store } from '../../src/core/store/store';
import { Poller } from '../../src/features/runs/poller';
import { RunRegistry } from '../../src/features/runs/runRegistry';
import type { VisibleScope } from '../../src/features/runs/activeRuns';
import { WatchList } from '../../src/features/runs/watchList';
import { FakeStorage } from './fakes/accounts';
import { openStorage } from './fakes/storage';
import { ACCOUNT_PATH, accountOfService, connectTo, createStore } from './service';
import { settle } from './fakes/store';
import { FakeClock } from './fakeClock';

/** A visible scope that the test sets. */
export class FakeScope implements VisibleScope {
  readonly changes = new Emitter<undefined>();
  readonly onDidChange = this.changes.event;
  focused = true;
  treeVisible = false;
  runsVisible = false;
  panels: readonly ResourcePath[] = [];
  readonly expanded = new Set<ResourcePath>();

  isExpanded(path: ResourcePath): boolean {
    return this.expanded.has(path);
  }

  set(changes: Partial<Pick<VisibleScope, 'focused' | 'treeVisible' | 'runsVisible' | 'panels'>>): void {
    Object.assign(this, changes);
    this.changes.fire(undefined);
  }
}

/** A run monitor over a real sample service, with a fake clock. */
export interface Watching extends AsyncDisposable {
  readonly sample: SampleService;
  readonly clock: FakeClock;
  readonly scope: FakeScope;
  readonly store: Store;
  readonly book: RunRegistry;
  readonly watches: WatchList;
  readonly poller: Poller;
  /** All runs that the registry reported as ended, in order. */
  readonly ended: readonly RunEntry[];
  /** Advances time, here and at the service. */
  pass(seconds: number): Promise<void>;
  /** Closes the window and reopens it. @returns the monitor of the new one. */
  reload(): Promise<Watching>;
}

/** Milliseconds between two polls. */
const interval = 60_000;

/** Starts a sample service with slow backfills, and a poller for it. */
export async function startWatching(options: SampleOptions = {}): Promise<Watching> {
  const clock = new FakeClock();
  const sample = await startSampleService({
    rate: 0,
    backfillSeconds: 1_000_000,
    now: () => clock.now(),
    ...options,
  });
  return openWindow(sample, clock, new FakeStorage());
}

async function openWindow(
  sample: SampleService,
  clock: FakeClock,
  shared: FakeStorage,
  remembered: readonly ResourcePath[] = [],
): Promise<Watching> {
  const credentials = sample.credentials('cja');
  const account = accountOfService('cja', credentials.settings);
  const pending = { count: 0 };
  const session = tracked(connectTo('cja', credentials), pending);
  const source = { list: () => [account], onDidChange: new Emitter<readonly string[]>().event };
  const store = createStore(account, Promise.resolve(session));
  trackPut(store, pending);
  trackLoad(store, pending);
  const storage = openStorage({ shared, clock });
  const [scope, watches] = [new FakeScope(), new WatchList(storage, source, () => clock.now())];
  const book = new RunRegistry({ notifySince: (path) => watches.since(path), remembered });
  const ended: RunEntry[] = [];
  book.onDidEnd((entries) => ended.push(...entries));
  const poller = new Poller({ store, scope, watches, registry: book, clock, interval: () => interval });
  const idle = async (): Promise<void> => {
    do await settle();
    while (pending.count > 0);
    await settle();
  };
  const close = (): void => {
    poller.dispose();
    storage.dispose();
    store.dispose();
    session.dispose();
  };
  await idle();
  return {
    ...{ sample, clock, scope, store, book, watches, poller, ended },
    pass: (seconds) => clock.advance(seconds * 1000, idle),
    reload: async () => {
      const live = book.activePaths(ACCOUNT_PATH).filter((path) => watches.covers(path));
      close();
      return openWindow(sample, clock, shared, live);
    },
    [Symbol.asyncDispose]: async () => {
      close();
      await sample.close();
    },
  };
}

/** Makes a store count the responses that it is merging, which it does in slices. */
export function trackPut(store: Store, pending: { count: number }): void {
  const put = store.put.bind(store);
  Object.assign(store, {
    put: (...answer: Parameters<Store['put']>): Promise<void> => {
      pending.count++;
      return put(...answer).finally(() => pending.count--);
    },
  });
}

/** Makes a store count the lists that it is loading. */
function trackLoad(store: Store, pending: { count: number }): void {
  const load = store.load.bind(store);
  Object.assign(store, {
    load: (...wanted: Parameters<Store['load']>): ReturnType<Store['load']> => {
      pending.count++;
      return load(...wanted).finally(() => pending.count--);
    },
  });
}

/** The session, with pending requests counted. */
function tracked(session: Session, pending: { count: number }): Session {
  const { runs } = session;
  if (!runs) throw new Error('The session knows no runs.');
  const counted: Runs = {
    batches: (paths) => runs.batches(paths),
    isActive: (resource) => runs.isActive(resource),
    times: (run) => runs.times(run),
    countActive: (resource) => runs.countActive?.(resource),
    fetchRuns: async (...question) => {
      pending.count++;
      return runs.fetchRuns(...question).finally(() => pending.count--);
    },
  };
  return Object.assign(session, { runs: counted });
}
