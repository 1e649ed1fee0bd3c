import * as l10n from '@vscode/l10n';
import { Emitter } from '../../core/base/emitter';
import type { ResourcePath } from '../../core/services/contract/path';
import { problemItem, toProblem } from '../../core/services/common/problem';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { applyToStore } from './applyToStore';
import type { RunRegistry } from './runRegistry';

export interface RunsLoaderContext {
  readonly store: Pick<Store, 'accounts' | 'session' | 'get' | 'rows' | 'put' | 'add' | 'reportHealth'>;
  readonly registry: Pick<RunRegistry, 'apply' | 'forget'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface RunsReading {
  /** Never rejects. */
  readonly done: Promise<void>;
  readonly controller: AbortController;
}

/**
 * Loads the runs of all accounts into the registry. Accounts load independently: a failure does not hide the others.
 */
export class RunsLoader {
  readonly #changes = new Emitter<undefined>();
  readonly #readings = new Map<ResourcePath, RunsReading>();
  readonly #problems = new Map<ResourcePath, { readonly row: Resource; readonly at: number }>();
  readonly #unreadable = new Map<ResourcePath, readonly Resource[]>();

  /** Fires when an account was loaded or failed. */
  readonly onDidChange = this.#changes.event;

  constructor(private readonly context: RunsLoaderContext) {}

  /** Problem rows for accounts that could not be loaded and runs that could not be decoded. */
  problems(): readonly Resource[] {
    return [...[...this.#problems.values()].map(({ row }) => row), ...[...this.#unreadable.values()].flat()];
  }

  /** When an account failed, in milliseconds since 1970; undefined if it did not. */
  failedAt(account: ResourcePath): number | undefined {
    return this.#problems.get(account)?.at;
  }

  /** Loads an account again. Never rejects. */
  async retry(path: ResourcePath): Promise<void> {
    const account = this.context.store.accounts().find((each) => each.path === path);
    if (account) await this.#begin(account, 0).done;
  }

  /** True if every account was loaded or is loading. */
  get hasStarted(): boolean {
    return this.context.store.accounts().every(({ path }) => this.#readings.has(path));
  }

  /**
   * Loads accounts that were not loaded yet, or with `again` all of them, which aborts loads that are in progress.
   * @returns when all accounts are loaded; with `first` as soon as one is. Never rejects.
   */
  async load({ again = false, first = false } = {}): Promise<void> {
    const accounts = this.context.store.accounts();
    this.#drop(new Set(accounts.map(({ path }) => path)));
    const notBefore = again ? performance.now() : 0;
    const readings = accounts.map((account) => {
      const known = again ? undefined : this.#readings.get(account.path);
      return (known ?? this.#begin(account, notBefore)).done;
    });
    if (readings.length > 0) await (first ? Promise.race(readings) : Promise.all(readings));
  }

  /** Forgets an account that changed or was removed, so that it is loaded again. */
  forget(account: ResourcePath): void {
    this.#readings.get(account)?.controller.abort();
    this.#readings.delete(account);
    this.#problems.delete(account);
    this.#unreadable.delete(account);
    this.context.registry.forget(account);
  }

  dispose(): void {
    for (const { controller } of this.#readings.values()) controller.abort();
    this.#changes.dispose();
  }

  #drop(accounts: ReadonlySet<ResourcePath>): void {
    for (const path of this.#readings.keys()) if (!accounts.has(path)) this.forget(path);
  }

  /** Starts a load, replacing one in progress. @param notBefore see `CallOptions`. */
  #begin(account: Resource, notBefore: number): RunsReading {
    this.#readings.get(account.path)?.controller.abort();
    const controller = new AbortController();
    const reading = { controller, done: this.#read(account, notBefore, controller.signal) };
    this.#readings.set(account.path, reading);
    return reading;
  }

  async #read(account: Resource, notBefore: number, signal: AbortSignal): Promise<void> {
    const { store, registry, now } = this.context;
    const askedAt = now();
    try {
      const { runs } = await store.session(account.path);
      const report = await runs?.fetchRuns(account, [], { priority: 'interactive', signal, notBefore });
      if (signal.aborted) return;
      this.#problems.delete(account.path);
      if (!runs || !report) return;
      this.#unreadable.set(account.path, namedAfter(account, report.problems ?? []));
      const update = { account: account.path, within: [], runs, report };
      registry.apply(update);
      await applyToStore(store, update, askedAt);
    } catch (error) {
      if (signal.aborted) return;
      store.reportHealth(account.path, error);
      const problem = toProblem(error);
      const what = l10n.t('{0}: {1}', account.label, problem.title);
      const row = problemItem(account, 'runs', { ...problem, title: what }).resource;
      this.#problems.set(account.path, { row, at: Date.now() });
    } finally {
      if (!signal.aborted) this.#changes.fire(undefined);
    }
  }
}

/** Adds the account name to problem rows, which are shown beside those of other accounts. */
function namedAfter({ label }: Resource, rows: readonly Resource[]): readonly Resource[] {
  return rows.map((row) => ({ ...row, label: l10n.t('{0}: {1}', label, row.label) }));
}
