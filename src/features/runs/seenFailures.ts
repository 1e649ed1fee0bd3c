import * as v from 'valibot';
import { lastActivity } from '../../core/services/common/dates';
import { getAccountId, getAccountPath, type ResourcePath } from '../../core/services/contract/path';
import { DisposableStore } from '../../core/base/disposableStore';
import { Emitter, type Disposable, type Event } from '../../core/base/emitter';
import type { SharedEntries } from '../../ui/storage/sharedEntries';
import type { WindowStorage } from '../../ui/storage/windowStorage';
import type { KnownRun } from './runRegistry';

/** Services list runs that ended within a week. The rest allows for differing clocks, and for runs without a date. */
const LIFETIME_MS = 10 * 86_400_000;

/** The maximum number of runs of an account that are remembered, the latest ones. */
const MAX_RUNS = 500;

/** A failed run that was seen. */
type SeenRun = v.InferOutput<typeof seenRun>;

const seenRun = v.pipe(
  v.object({
    path: v.string(),
    /** When it ended, if the service reports that. Services reuse IDs, and a run may be repeated. */
    moment: v.optional(v.number()),
    seenAt: v.number(),
    /** True if it is no longer listed. */
    cleared: v.boolean(),
  }),
  v.readonly(),
);

const seenRuns = v.array(seenRun);

interface Accounts {
  list(): readonly { readonly id: string }[];
  readonly onDidChange: Event<readonly string[]>;
}

/**
 * The failed runs that the user has seen in the Runs view, and those that were cleared from it. Kept across restarts and
 * shared by all windows, an entry for each account.
 */
export class SeenFailures implements Disposable {
  readonly #entries: SharedEntries<readonly SeenRun[]>;
  readonly #changes = new Emitter<undefined>();
  readonly #registrations = new DisposableStore();

  /** Fires when runs were seen or cleared, in this window or another. */
  readonly onDidChange = this.#changes.event;

  /** @param now returns milliseconds since 1970. */
  constructor(
    storage: Pick<WindowStorage, 'entries'>,
    accounts: Accounts,
    private readonly now: () => number = Date.now,
  ) {
    this.#entries = storage.entries({
      prefix: 'seenFailures:',
      decode: (value) => {
        const read = v.safeParse(seenRuns, value);
        return read.success ? read.output : undefined;
      },
    });
    this.#registrations.add(
      this.#entries.onDidChange(() => {
        this.#changes.fire(undefined);
      }),
      accounts.onDidChange((changed) => {
        const there = new Set(accounts.list().map(({ id }) => id));
        this.#entries.remove(changed.filter((id) => !there.has(id)));
      }),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#changes.dispose();
  }

  isSeen(run: KnownRun): boolean {
    return this.#find(run) !== undefined;
  }

  isCleared(run: KnownRun): boolean {
    return this.#find(run)?.cleared === true;
  }

  /** Records that runs were seen. */
  see(runs: readonly KnownRun[]): void {
    this.#update(
      runs.filter((run) => !this.isSeen(run)),
      false,
    );
  }

  /** Removes runs from the list, or with `false` brings them back. */
  clear(runs: readonly KnownRun[], cleared = true): void {
    this.#update(
      runs.filter((run) => this.isCleared(run) !== cleared),
      cleared,
    );
  }

  #find({ run, rules }: KnownRun): SeenRun | undefined {
    const moment = lastActivity(rules.times(run));
    const seen = this.#entries.list().get(getAccountId(run.path));
    return seen?.find((each) => each.path === run.path && each.moment === moment);
  }

  #update(runs: readonly KnownRun[], cleared: boolean): void {
    const accounts = new Set(runs.map(({ run }) => getAccountPath(run.path)));
    this.#entries.set(
      new Map(
        [...accounts].map((account) => {
          const own = runs.filter(({ run }) => getAccountPath(run.path) === account);
          return [getAccountId(account), this.#merged(account, own, cleared)] as const;
        }),
      ),
    );
  }

  /** What is remembered of an account after a change, the oldest first. */
  #merged(account: ResourcePath, runs: readonly KnownRun[], cleared: boolean): readonly SeenRun[] {
    const now = this.now();
    const added = runs.map(({ run, rules }): SeenRun => {
      const moment = lastActivity(rules.times(run));
      return { path: run.path, ...(moment !== undefined && { moment }), seenAt: now, cleared };
    });
    const paths = new Set(added.map(({ path }) => path));
    const kept = (this.#entries.list().get(getAccountId(account)) ?? []).filter(
      ({ path, seenAt }) => !paths.has(path) && now - seenAt < LIFETIME_MS,
    );
    return [...kept, ...added].slice(-MAX_RUNS);
  }
}
