import type { CallOptions } from '../../../../src/core/http/types';
import { childPath, isWithin, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { RunEntry, RunReport, Runs } from '../../../../src/core/services/contract/runs';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { RunRegistry } from '../../../../src/features/runs/runRegistry';
import type { ResourceKind } from '../../../../src/shared/kinds';
import type { StatusState } from '../../../../src/shared/status';
import { Store, type AccountSource } from '../../../../src/core/store/store';
import { EntryFiles } from '../../../../src/ui/storage/entryFiles';
import { UNWRITABLE } from '../../../support/fakes/storage';
import { account, createAccount, FakeAccounts, page, resource } from '../../../support/fakes/store';

/** A run that started on a day of November; below the account by default. */
export function createRun(
  id: string,
  state: StatusState,
  { day, parent = account, kind = 'run' }: { day?: number; parent?: ResourcePath; kind?: ResourceKind } = {},
): Resource {
  return {
    ...{ path: childPath(parent, kind, id), kind, id, label: id, hasChildren: false },
    status: { state, label: state.toUpperCase() },
    ...(day !== undefined && { description: `2026-11-${String(day).padStart(2, '0')}T08:00:00Z` }),
  };
}

export function createEntry(run: Resource, ...of: readonly string[]): RunEntry {
  return { run, ancestors: of };
}

/** The rules for runs of `runOf`. */
export const judge: Pick<Runs, 'isActive' | 'times'> = {
  isActive: ({ status }) => status?.state === 'running' || status?.state === 'queued',
  times: ({ description }) => (description === undefined ? {} : { started: description }),
};

/** How many runs a registry lists in a state. */
export function countIn(registry: Pick<RunRegistry, 'entries'>, state: StatusState): number {
  return registry.entries().filter(({ run }) => run.status?.state === state).length;
}

/** A service whose runs are in the state of the test, and its accounts. */
export class Work {
  /** All runs of the service, newest first. */
  all: readonly Resource[] = [];
  /** Other rows in its answers. */
  seen: readonly Resource[] = [];
  problems: readonly Resource[] = [];
  /** Why it answers nothing. */
  failure: Error | undefined;
  /** Answers wait for it. */
  gate: Promise<unknown> = Promise.resolve();
  /** The requests. */
  readonly asked: { readonly account: ResourcePath; readonly within: readonly ResourcePath[] }[] = [];
  readonly calls: CallOptions[] = [];
  /** Number of paths covered by one request. */
  partSize = 100;
  readonly accounts: FakeAccounts;
  readonly store: Store;
  /** The part of its sessions that knows runs; undefined for a service without. */
  runs: Runs | undefined;

  /** @param rows of lists, by the row above them. */
  constructor(rows: Readonly<Record<string, readonly Resource[]>> = {}, ids: readonly string[] = ['a']) {
    this.accounts = new FakeAccounts(({ path }) => page(rows[path] ?? []), ids);
    this.runs = this.newRuns();
    this.store = new Store(this.source(), () => 100);
  }

  source(): AccountSource {
    const session = async (): Promise<Session> => ({
      ...(await this.accounts.session()),
      ...(this.runs && { runs: this.runs }),
    });
    return { list: () => this.accounts.list(), onDidChange: this.accounts.onDidChange, session };
  }

  /** As of a session of its own. */
  newRuns(): Runs {
    return {
      ...judge,
      fetchRuns: async ({ path }, within, call) => this.#answer(path, within, call),
      batches: (paths) =>
        Array.from({ length: Math.ceil(paths.length / this.partSize) }, (_, at) =>
          paths.slice(at * this.partSize, (at + 1) * this.partSize),
        ),
    };
  }

  /** Changes the accounts that there are. */
  keep(ids: readonly string[]): void {
    const changed = this.accounts.accounts.map(({ id }) => id).filter((id) => !ids.includes(id));
    this.accounts.accounts = ids.map(createAccount);
    this.accounts.changes.fire(changed);
  }

  async #answer(path: ResourcePath, within: readonly ResourcePath[], call: CallOptions): Promise<RunReport> {
    this.asked.push({ account: path, within });
    this.calls.push(call);
    await this.gate;
    if (this.failure) throw this.failure;
    const places = within.length === 0 ? [path] : within;
    const found = this.all.filter((run) => places.some((place) => isWithin(run.path, place)));
    const { seen, problems } = this;
    return {
      entries: found.map((run) => createEntry(run)),
      updated: seen,
      ...(problems.length > 0 && { problems }),
    };
  }
}

export function createConnection(id: string, state?: StatusState): Resource {
  const row = resource(account, 'connection', id);
  return state === undefined ? row : { ...row, status: { state, label: state } };
}

/** Files of entries that windows share, in memory. */
export class MemoryFiles extends EntryFiles {
  readonly entries: Map<string, string>;

  constructor(entries = new Map<string, string>()) {
    super(UNWRITABLE, 1);
    this.entries = entries;
  }

  override create(key: string): Promise<boolean> {
    const isNew = !this.entries.has(key);
    this.entries.set(key, '');
    return Promise.resolve(isNew);
  }

  override put(key: string, text: string): Promise<void> {
    this.entries.set(key, text);
    return Promise.resolve();
  }

  override remove(key: string): Promise<void> {
    this.entries.delete(key);
    return Promise.resolve();
  }

  override list(): Promise<readonly string[]> {
    return Promise.resolve([...this.entries.values()]);
  }
}
