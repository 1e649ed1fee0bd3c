import * as l10n from '@vscode/l10n';
import { Emitter } from '../../core/base/emitter';
import type { ResourcePath } from '../../core/services/contract/path';
import { problemItem, toProblem } from '../../core/services/common/problem';
import type { Resource } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { applyToStore } from './applyToStore';
import type { RunRegistry } from './runRegistry';

/** What the loader works with. */
export interface RunsLoaderContext {
  readonly store: Pick<Store, 'accounts' | 'session' | 'get' | 'rows' | 'put' | 'add' | 'reportHealth'>;
  readonly book: Pick<RunRegistry, 'apply' | 'forget'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The reading of an account. */
interface RunsReading {
  /** Never rejects. */
  readonly done: Promise<void>;
  readonly controller: AbortController;
}

/** Reads the work of all accounts into the book, each account by itself: one that fails does not hide the others. */
export class RunsLoader {
  readonly #changes = new Emitter<undefined>();
  readonly #readings = new Map<ResourcePath, RunsReading>();
  readonly #problems = new Map<ResourcePath, { readonly row: Resource; readonly at: number }>();
  readonly #broken = new Map<ResourcePath, readonly Resource[]>();

  /** Fires when an account was read, or could not be. */
  readonly onDidChange = this.#changes.event;

  constructor(private readonly context: RunsLoaderContext) {}

  /** Rows for the accounts that could not be read, and for runs that could not be told. */
  problems(): readonly Resource[] {
    return [...[...this.#problems.values()].map(({ row }) => row), ...[...this.#broken.values()].flat()];
  }

  /** When an account could not be read, in milliseconds since 1970; undefined for one that could. */
  failedAt(account: ResourcePath): number | undefined {
    return this.#problems.get(account)?.at;
  }

  /** Reads an account again. @returns when it is read. Never rejects. */
  async retry(path: ResourcePath): Promise<void> {
    const account = this.context.store.accounts().find((each) => each.path === path);
    if (account) await this.#begin(account, 0).done;
  }

  /** True where every account was read, or is being read. */
  get begun(): boolean {
    return this.context.store.accounts().every(({ path }) => this.#readings.has(path));
  }

  /**
   * Reads the accounts that were not read yet, or with `again` all of them: what is under way began before, and is given up.
   * @returns when all are read; with `first` as soon as one is. Never rejects.
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

  /** Forgets an account that changed or went, so that it is read anew. */
  forget(account: ResourcePath): void {
    this.#readings.get(account)?.controller.abort();
    this.#readings.delete(account);
    this.#problems.delete(account);
    this.#broken.delete(account);
    this.context.book.forget(account);
  }

  dispose(): void {
    for (const { controller } of this.#readings.values()) controller.abort();
    this.#changes.dispose();
  }

  #drop(accounts: ReadonlySet<ResourcePath>): void {
    for (const path of this.#readings.keys()) if (!accounts.has(path)) this.forget(path);
  }

  /** Begins a reading in the place of the one under way. @param notBefore as of `CallOptions`. */
  #begin(account: Resource, notBefore: number): RunsReading {
    this.#readings.get(account.path)?.controller.abort();
    const controller = new AbortController();
    const reading = { controller, done: this.#read(account, notBefore, controller.signal) };
    this.#readings.set(account.path, reading);
    return reading;
  }

  async #read(account: Resource, notBefore: number, signal: AbortSignal): Promise<void> {
    const { store, book, now } = this.context;
    const askedAt = now();
    try {
      const { runs } = await store.session(account.path);
      const report = await runs?.fetchRuns(account, [], { priority: 'interactive', signal, notBefore });
      if (signal.aborted) return;
      this.#problems.delete(account.path);
      if (!runs || !report) return;
      this.#broken.set(account.path, namedAfter(account, report.problems ?? []));
      const told = { account: account.path, within: [], runs, report };
      book.apply(told);
      await applyToStore(store, told, askedAt);
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

/** Rows of an account that stand beside those of others. */
function namedAfter({ label }: Resource, rows: readonly Resource[]): readonly Resource[] {
  return rows.map((row) => ({ ...row, label: l10n.t('{0}: {1}', label, row.label) }));
}
