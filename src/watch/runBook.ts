import { isDeepStrictEqual } from 'node:util';
import { Emitter } from '../services/emitter';
import { isWithin, type ResourcePath } from '../services/path';
import type { RunEntry, RunReport, Runs } from '../services/runs';
import { momentOf } from '../services/runTimes';
import type { Resource, StatusState } from '../services/service';

/** What the book needs to know of a service's work. */
type Judge = Pick<Runs, 'isLive' | 'times' | 'isListed'>;

/** Work that is known, and how it stands. */
export interface KnownRun extends RunEntry {
  readonly live: boolean;
  readonly judge: Judge;
}

/** What was asked, and what was answered. */
export interface Told {
  readonly account: ResourcePath;
  /** Empty: the whole account. */
  readonly within: readonly ResourcePath[];
  readonly runs: Judge;
  readonly report: RunReport;
}

/** How much work is known. */
export interface RunCounts {
  readonly running: number;
  readonly failed: number;
}

/** The work of all accounts as far as answers told of it. Notices the end of each run once, whoever tells of it first. */
export class RunBook {
  readonly #runs = new Map<ResourcePath, KnownRun>();
  /** Runs that were alive before the window closed or their account was changed, and were not heard of since. */
  readonly #remembered: Set<ResourcePath>;
  readonly #changes = new Emitter<undefined>();
  readonly #ends = new Emitter<readonly RunEntry[]>();

  /** True where something is not as it was when `onDidChange` last fired. */
  #changed = false;

  readonly onDidChange = this.#changes.event;
  /** Fires with the runs that ended between two answers. */
  readonly onDidEnd = this.#ends.event;

  /** @param remembered the paths of runs that were alive when the window closed. */
  constructor(remembered: readonly ResourcePath[] = []) {
    this.#remembered = new Set(remembered);
  }

  /** All that is queued, running, failed or finished with warnings, the newest first. */
  entries(): readonly KnownRun[] {
    const shown = [...this.#runs.values()].filter(
      (run) => run.live || stateOf(run) === 'failed' || stateOf(run) === 'warning',
    );
    // Without any date it is taken for the newest.
    const dated = shown.map((entry) => ({
      entry,
      moment: momentOf(entry.judge.times(entry.run)) ?? Number.MAX_SAFE_INTEGER,
    }));
    return dated.toSorted((a, b) => b.moment - a.moment).map(({ entry }) => entry);
  }

  /** What is queued or running at or below a path. */
  live(path: ResourcePath): readonly ResourcePath[] {
    const known = [...this.#runs].filter(([, run]) => run.live).map(([own]) => own);
    return [...known, ...this.#remembered].filter((own) => isWithin(own, path));
  }

  counts(): RunCounts {
    const all = this.entries();
    const count = (state: StatusState): number => all.filter((run) => stateOf(run) === state).length;
    return { running: count('running'), failed: count('failed') };
  }

  /** Takes in what a service told. What it was asked for by name and did not tell of is gone. */
  take({ account, within, runs, report }: Told): void {
    const asked = within.length === 0 ? [account] : within;
    const told = [...report.seen.filter((row) => this.#concerns(row)).map(asEntry), ...report.entries];
    const ended = new Map<ResourcePath, RunEntry>();
    for (const entry of told) if (this.#note(entry, runs)) ended.set(entry.run.path, entry);
    const heard = new Set(told.map(({ run }) => run.path));
    for (const path of [...this.#runs.keys(), ...this.#remembered]) {
      if (heard.has(path) || !asked.some((start) => isWithin(path, start))) continue;
      const live = this.#runs.get(path)?.live ?? true;
      this.#changed = true;
      this.#runs.delete(path);
      // Of a whole account a service may leave out what is over: whether this is, the next answer about it will tell.
      if (live && within.length === 0) this.#remembered.add(path);
      else this.#remembered.delete(path);
    }
    this.#tell([...ended.keys()]);
  }

  /** Looks at work that another reading may have told of. @param get what is known of a resource by now. */
  observe(get: (path: ResourcePath) => Resource | undefined): void {
    const live = [...this.#runs].filter(([, run]) => run.live);
    const ended = live.flatMap(([path, { judge }]) => {
      const run = get(path);
      return run && this.#note({ run, of: [] }, judge) ? [path] : [];
    });
    if (ended.length > 0) this.#tell(ended);
  }

  /** Forgets the work of an account, but for what was alive: its end is noticed when the account answers again. */
  forget(account: ResourcePath): void {
    for (const [path, { live }] of this.#runs) {
      if (!isWithin(path, account)) continue;
      this.#runs.delete(path);
      if (live) this.#remembered.add(path);
    }
    this.#changes.fire(undefined);
  }

  #concerns({ path }: Resource): boolean {
    return this.#runs.has(path) || this.#remembered.has(path);
  }

  /** @returns true where the run was alive before and is not any more. */
  #note({ run, of }: RunEntry, judge: Judge): boolean {
    const before = this.#runs.get(run.path);
    const live = judge.isLive(run);
    const ended = !live && (before?.live ?? this.#remembered.has(run.path));
    this.#remembered.delete(run.path);
    // One run alone may be told without the names above it.
    const names = (before?.of.length ?? 0) > of.length ? (before?.of ?? of) : of;
    this.#changed ||= before?.of.length !== names.length || !isDeepStrictEqual(before.run, run);
    this.#runs.set(run.path, { run, of: names, live, judge });
    return ended;
  }

  #tell(ended: readonly ResourcePath[]): void {
    if (this.#changed) this.#changes.fire(undefined);
    this.#changed = false;
    const entries = ended.flatMap((path) => this.#runs.get(path) ?? []);
    if (entries.length > 0) this.#ends.fire(entries);
  }
}

function asEntry(run: Resource): RunEntry {
  return { run, of: [] };
}

function stateOf({ run }: RunEntry): StatusState | undefined {
  return run.status?.state;
}
