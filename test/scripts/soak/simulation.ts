import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { Accounts } from '../../../src/features/accounts/accounts';
import { Sessions } from '../../../src/features/accounts/sessions';
import { createHttpClient } from '../../../src/core/http/client';
import { type HttpClientFactory } from '../../../src/core/http/types';
import { nodeFetch } from '../../../src/core/http/fetch';
import { KnownSecrets } from '../../../src/core/redaction/knownSecrets';
import { accountPath, type ResourcePath } from '../../../src/core/services/contract/path';
import { services } from '../../../src/core/services/registry';
import type { Resource } from '../../../src/core/services/contract/resource';
import { Store } from '../../../src/core/store/store';
import { kindsThat } from '../../../src/shared/kinds';
import { NotificationSuppressor } from '../../../src/features/runs/notificationSuppressor';
import { RunMonitor } from '../../../src/features/runs/runMonitor';
import { WatchList } from '../../../src/features/runs/watchList';
import { FakeStorage } from '../../support/fakes/accounts';
import { heapMeter } from '../../support/heapMeter';
import { FakeClock } from '../../support/fakeClock';
import { openStorage } from '../../support/fakes/storage';
import { settle } from '../../support/fakes/store';
import { FakeScope } from '../../support/watching';
import { countSockets, type Measured } from './figures';
import type { PlantedLeak } from './leaks';
import { startSampleThread, type SampleThread } from './sampleThread';

const MINUTE_MS = 60_000;

/** A window with four accounts and simulated time. */
export interface Simulation extends AsyncDisposable {
  /** Simulates minutes of use. */
  pass(minutes: number): Promise<void>;
  measure(): Promise<Measured>;
  /** The number of notifications about ended runs. */
  readonly notified: number;
}

/**
 * Opens a window with all four services.
 * @param leaks to plant in each minute.
 */
export async function startSimulation(leaks: readonly PlantedLeak[] = []): Promise<Simulation> {
  const clock = new FakeClock();
  const realNow = Date.now;
  // Code that reads the system's clock gets the simulated time.
  Date.now = () => clock.now();
  const sample = await startSampleThread(clock.now());
  const shared = new FakeStorage();
  const files = await mkdtemp(join(tmpdir(), 'soak-'));
  const snapshots = await mkdtemp(join(tmpdir(), 'soak-heap-'));
  const window = await openWindow({ clock, sample, shared, files });
  const meter = heapMeter();
  const leaked: unknown[] = [];
  let minute = 0;
  const step = async (): Promise<void> => {
    sample.setTime(clock.now());
    await window.work(minute);
    if (leaks.includes('memory'))
      leaked.push(Array.from({ length: 2000 }, (_, at) => `leaked ${minute} ${at}`));
    if (leaks.includes('listener')) window.store.onDidChange(() => leaked.at(0));
    if (leaks.includes('timer')) clock.after(1e12, () => leaked.at(0));
    minute++;
    await clock.advance(MINUTE_MS, async () => {
      sample.setTime(clock.now());
      await window.idle();
    });
  };
  return {
    pass: async (minutes) => {
      for (let passed = 0; passed < minutes; passed++) await step();
    },
    measure: async () => {
      await window.rest();
      const heap = meter();
      const figures = {
        ...{ heap, timers: clock.timers, sockets: countSockets(), entries: shared.state.size },
        files: (await readdir(files, { recursive: true })).length,
      };
      return { figures, snapshot: writeHeapSnapshot(join(snapshots, `${randomUUID()}.heapsnapshot`)) };
    },
    get notified() {
      return window.notified();
    },
    [Symbol.asyncDispose]: async () => {
      window.close();
      await sample.close();
      Date.now = realNow;
      for (const folder of [files, snapshots])
        await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

interface Surroundings {
  readonly clock: FakeClock;
  readonly sample: SampleThread;
  readonly shared: FakeStorage;
  readonly files: string;
}

interface OpenWindow {
  readonly store: Store;
  /** Simulates what a user does in a minute. */
  work(minute: number): Promise<void>;
  /** Settles when no request is in progress. */
  idle(): Promise<void>;
  /** Restores the initial state: only the initial watches, no faults. */
  rest(): Promise<void>;
  notified(): number;
  close(): void;
}

async function openWindow({ clock, sample, shared, files }: Surroundings): Promise<OpenWindow> {
  const storage = openStorage({ shared, clock, folder: files });
  const requests = { sent: 0, ended: 0 };
  const accounts = new Accounts(storage.accountState, shared.secretStorage(), services, () => clock.now());
  const sessions = new Sessions({
    ...{ accounts, services, knownSecrets: new KnownSecrets() },
    resolveSecrets: (secrets) => Promise.resolve(secrets),
    http: () => Promise.resolve(countedClients(requests)),
    startSample: () => Promise.reject(new Error('not part of a soak')),
  });
  const store = new Store(
    { list: () => accounts.list(), session: (id) => sessions.of(id), onDidChange: accounts.onDidChange },
    () => 100,
  );
  const watches = new WatchList(storage, accounts, () => clock.now());
  const suppressor = new NotificationSuppressor(storage, clock);
  const scope = new FakeScope();
  let notified = 0;
  const monitor = await RunMonitor.start({
    ...{ store, accounts, watches, suppressor, storage, scope, clock },
    settings: () => ({ pollInterval: MINUTE_MS, autoRefreshInterval: 0, notifications: 'all' }),
    show: () => notified++,
  });
  const idle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 3; quiet = requests.sent > requests.ended ? 0 : quiet + 1) await settle();
  };
  for (const { id } of services) {
    const { settings, secrets } = sample.credentials[id] ?? { settings: {}, secrets: {} };
    await accounts.add({ service: id, name: id, settings }, secrets);
  }
  scope.set({ treeVisible: true });
  for (const { path } of store.accounts()) {
    scope.expanded.add(path);
    await store.load(path);
  }
  const always = getFirst(store, kindsThat('isWatchable'));
  watches.set(always, true);
  await sample.order({ kind: 'finishBackfills' });
  return {
    ...{ store, idle },
    work: (minute) =>
      workIn(minute, { store, accounts, watches, suppressor, scope, monitor, sample, always }),
    rest: async () => {
      await sample.order({ kind: 'mend' });
      scope.set({ panels: [], runsVisible: false });
      watches.set(
        watches.list().filter((path) => !always.includes(path)),
        false,
      );
      await idle();
    },
    notified: () => notified,
    close: () => {
      monitor.dispose();
      suppressor.dispose();
      watches.dispose();
      store.dispose();
      sessions.dispose();
      accounts.dispose();
      storage.dispose();
    },
  };
}

interface Working {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly watches: WatchList;
  readonly suppressor: NotificationSuppressor;
  readonly scope: FakeScope;
  readonly monitor: RunMonitor;
  readonly sample: SampleThread;
  readonly always: readonly ResourcePath[];
}

/** Refreshing, watching, opening panels, editing accounts, and services that fail and recover. */
async function workIn(minute: number, working: Working): Promise<void> {
  const { store, accounts, watches, suppressor, scope, monitor, sample, always } = working;
  const all = store.accounts();
  const account = all[Math.floor(minute / 5) % all.length];
  const [first] = account ? getConnections(store, account.path) : [];
  if (minute % 5 === 0 && account) await store.refresh(account.path);
  if (minute % 7 === 0) scope.set({ panels: scope.panels.length > 0 ? [] : first ? [first.path] : [] });
  if (minute % 7 === 1 && first) await store.load(first.path);
  if (minute % 10 === 0) scope.set({ runsVisible: !scope.runsVisible });
  if (minute % 10 === 5) await monitor.loader.load({ again: true });
  if (minute % 15 === 3) toggle(watches, first?.path, always);
  if (minute % 20 === 9) {
    const connection = getConnections(store, cjaPath(accounts))[0];
    if (connection) await sample.order({ kind: 'beginBackfill', connection: connection.id });
  }
  if (minute % 30 === 12 && first) suppressor.suppress(first.path)();
  if (minute % 60 === 20) await sample.order({ kind: 'fail', path: '.', status: 503 });
  if (minute % 60 === 28) await sample.order({ kind: 'mend' });
  if (minute % 60 === 40) await sample.order({ kind: 'fail', path: '^/(data|api|v1)', status: 404 });
  if (minute % 60 === 43) await sample.order({ kind: 'mend' });
  if (minute % 120 === 50 && account) await accounts.update(account.id, { name: account.label });
}

function toggle(watches: WatchList, path: ResourcePath | undefined, always: readonly ResourcePath[]): void {
  if (path && !always.includes(path)) watches.set([path], !watches.has(path));
}

function cjaPath(accounts: Accounts): ResourcePath {
  return accountPath(accounts.list().find(({ service }) => service === 'cja')?.id ?? '');
}

function getConnections(store: Store, account: ResourcePath): readonly Resource[] {
  return (store.rows(account) ?? []).filter(({ kind }) => kind === 'connection');
}

/** The first watchable row of each account. */
function getFirst(store: Store, kinds: readonly Resource['kind'][]): readonly ResourcePath[] {
  return store.accounts().flatMap(({ path }) => {
    const row = (store.rows(path) ?? []).find(({ kind }) => kinds.includes(kind));
    return row ? [row.path] : [];
  });
}

/** Clients that count requests, and neither wait nor limit their rate. */
function countedClients(requests: { sent: number; ended: number }): HttpClientFactory {
  return (options) =>
    createHttpClient(
      { ...options, rateLimit: { requests: 10_000, interval: 1 } },
      {
        fetch: (url, init) => {
          requests.sent++;
          return nodeFetch(url, init);
        },
        log: () => requests.ended++,
        sleep: () => Promise.resolve(),
      },
    );
}
