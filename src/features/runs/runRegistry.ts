import { isDeepStrictEqual } from 'node:util';
import { Emitter } from '../../core/base/emitter';
import { ancestry, isWithin, type ResourcePath } from '../../core/services/contract/path';
import type { RunEntry, RunReport, Runs } from '../../core/services/contract/runs';
import { lastActivity } from '../../core/services/common/runTimes';
import type { Resource } from '../../core/services/contract/resource';
import type { StatusState } from '../../shared/status';

/** What the book needs to know of a service's work. */
type RunRules = Pick<Runs, 'isActive' | 'times' | 'matchesListFilter'>;

/** Work that is known, and how it stands. */
export interface KnownRun extends RunEntry {
  readonly live: boolean;
  readonly judge: RunRules;
}

/** What was asked, and what was answered. */
export interface RunUpdate {
  readonly account: ResourcePath;
  /** Empty: the whole account. */
  readonly within: readonly ResourcePath[];
  readonly runs: RunRules;
  readonly report: RunReport;
}

/** How much work is known. */
export interface RunCounts {
  readonly running: number;
  readonly failed: number;
}

/** What the book works with. */
export interface RunRegistryContext {
  /**
   * Since when the ends at or below a path are to be noticed, in milliseconds since 1970; undefined where nobody wants to
   * know of them.
   */
  readonly noticedSince: (path: ResourcePath) => number | undefined;
  /** The paths of runs that ran when the last window closed. */
  readonly remembered?: readonly ResourcePath[];
}

/** What an answer brought. */
interface Answer {
  /** The runs that it told of. */
  readonly heard: ReadonlySet<ResourcePath>;
  /** Of these the ones that nobody knew by name before. */
  readonly strange: ReadonlySet<ResourcePath>;
  /** Of these the ones that are known to have ended. */
  readonly ended: ReadonlySet<ResourcePath>;
  readonly wasAsked: (path: ResourcePath) => boolean;
}

/** The work of all accounts as far as answers told of it. Notices the end of each run once, whoever tells of it first. */
export class RunRegistry {
  readonly #noticedSince: RunRegistryContext['noticedSince'];
  readonly #runs = new Map<ResourcePath, KnownRun>();
  /** Of `#runs` those that are queued or running. */
  readonly #live = new Set<ResourcePath>();
  /** Runs that are thought to run, of which no answer has told yet. */
  readonly #remembered: Set<ResourcePath>;
  /**
   * By watched path, the moment of the newest run that answers told of, by the clock of the service. A run that is over when
   * it is first heard of, and newer, began and ended between two answers.
   */
  readonly #newest = new Map<ResourcePath, number>();
  /** By watched path, how many runs work there without anybody knowing which ones. */
  readonly #unnamed = new Map<ResourcePath, number>();
  readonly #changes = new Emitter<undefined>();
  readonly #ends = new Emitter<readonly KnownRun[]>();

  /** True where something is not as it was when `onDidChange` last fired. */
  #changed = false;

  readonly onDidChange = this.#changes.event;
  /** Fires with the runs that ended between two answers. */
  readonly onDidEnd = this.#ends.event;

  constructor({ noticedSince, remembered = [] }: RunRegistryContext) {
    this.#noticedSince = noticedSince;
    this.#remembered = new Set(remembered);
  }

  /** All that is queued, running, failed or finished with warnings, the newest first. */
  entries(): readonly KnownRun[] {
    const shown = [...this.#runs.values()].filter(
      (run) => run.live || toState(run) === 'failed' || toState(run) === 'warning',
    );
    return newestFirst(shown);
  }

  /** What is queued or running at or below a path. */
  live(path: ResourcePath): readonly ResourcePath[] {
    return [...this.#live, ...this.#remembered].filter((own) => isWithin(own, path));
  }

  counts(): RunCounts {
    const states = [...this.#runs.values()].map(toState);
    const count = (state: StatusState): number => states.filter((each) => each === state).length;
    return { running: count('running'), failed: count('failed') };
  }

  /** Notes runs that are shown as queued or running, so that their end is noticed. */
  expect(paths: readonly ResourcePath[]): void {
    const unknown = paths.filter((path) => !this.#runs.has(path) && !this.#remembered.has(path));
    for (const path of unknown) this.#remembered.add(path);
    if (unknown.length > 0) this.#changes.fire(undefined);
  }

  /**
   * Notes that work was shown at or below a watched path without its names. Of what the first answer about that path tells
   * to be over, the newest runs are taken to be that work, unless as much is still alive.
   * @param count how much work. 0: none, whatever was noted before.
   */
  expectUnnamed(path: ResourcePath, count: number): void {
    if (count > 0) this.#unnamed.set(path, count);
    else this.#unnamed.delete(path);
  }

  /** Takes in what a service told. What it was asked for by name and did not tell of is gone. */
  apply({ account, within, runs, report }: RunUpdate): void {
    const asked = new Set(within.length === 0 ? [account] : within);
    const wasAsked = (path: ResourcePath): boolean => ancestry(path).some((above) => asked.has(above));
    const told = [...report.updated.filter((row) => this.#concerns(row)).map(asEntry), ...report.entries];
    const ended = new Set<ResourcePath>();
    const heard = new Set(told.map(({ run }) => run.path));
    const strange = new Set([...heard].filter((path) => !this.#runs.has(path)));
    for (const entry of told) if (this.#note(entry, runs)) ended.add(entry.run.path);
    // A whole account is told without what is over, so it says nothing of what is new.
    if (within.length > 0) {
      for (const path of this.#unnamedEnds({ heard, strange, ended, wasAsked })) ended.add(path);
      this.#noteNewest(told, runs, wasAsked);
    }
    for (const path of [...this.#runs.keys(), ...this.#remembered]) {
      if (heard.has(path) || !wasAsked(path)) continue;
      const live = this.#live.has(path) || this.#remembered.has(path);
      this.#changed = true;
      this.#drop(path);
      // Of a whole account a service may leave out what is over: whether this is, the next answer about it will tell.
      if (live && within.length === 0) this.#remembered.add(path);
      else this.#remembered.delete(path);
    }
    this.#tell([...ended]);
  }

  /** Looks at work that another reading may have told of. @param get what is known of a resource by now. */
  syncWith(get: (path: ResourcePath) => Resource | undefined): void {
    const ended = [...this.#live].flatMap((path) => {
      const run = get(path);
      const judge = this.#runs.get(path)?.judge;
      return run && judge && this.#note({ run, ancestors: [] }, judge) ? [path] : [];
    });
    if (ended.length > 0) this.#tell(ended);
  }

  /** Forgets the work of an account, but for what was alive: its end is noticed when the account answers again. */
  forget(account: ResourcePath): void {
    for (const path of this.live(account)) this.#remembered.add(path);
    for (const path of this.#runs.keys()) if (isWithin(path, account)) this.#drop(path);
    for (const path of this.#newest.keys()) if (isWithin(path, account)) this.#newest.delete(path);
    for (const path of this.#unnamed.keys()) if (isWithin(path, account)) this.#unnamed.delete(path);
    this.#changes.fire(undefined);
  }

  #concerns({ path }: Resource): boolean {
    return this.#runs.has(path) || this.#remembered.has(path);
  }

  #drop(path: ResourcePath): void {
    this.#runs.delete(path);
    this.#live.delete(path);
  }

  /** @returns true if the run is over, and was not when it was last heard of, or has come since. */
  #note({ run, ancestors }: RunEntry, judge: RunRules): boolean {
    const before = this.#runs.get(run.path);
    const live = judge.isActive(run);
    const ended =
      !live && (before?.live ?? (this.#remembered.has(run.path) || this.#hasCome(run.path, run, judge)));
    this.#remembered.delete(run.path);
    // One run alone may be told without the names above it.
    const names =
      (before?.ancestors.length ?? 0) > ancestors.length ? (before?.ancestors ?? ancestors) : ancestors;
    this.#changed ||= before?.ancestors.length !== names.length || !isDeepStrictEqual(before.run, run);
    this.#runs.set(run.path, { run, ancestors: names, live, judge });
    if (live) this.#live.add(run.path);
    else this.#live.delete(run.path);
    return ended;
  }

  /** True for a run that began, or ended where the service tells of that, after all that was known of its place. */
  #hasCome(path: ResourcePath, run: Resource, judge: RunRules): boolean {
    const moment = lastActivity(judge.times(run));
    return (
      moment !== undefined &&
      ancestry(path).some((above) => {
        const since = this.#noticedSince(above);
        return since !== undefined && moment > (this.#newest.get(above) ?? since);
      })
    );
  }

  /** The runs that ended since they were shown at work without their names. */
  #unnamedEnds({ heard, strange, ended, wasAsked }: Answer): readonly ResourcePath[] {
    return [...this.#unnamed].flatMap(([watched, count]) => {
      if (!wasAsked(watched)) return [];
      this.#unnamed.delete(watched);
      const below = [...heard].filter((path) => isWithin(path, watched));
      const known = new Set(below.filter((path) => this.#live.has(path) || ended.has(path)));
      const over = below.filter((path) => strange.has(path) && !known.has(path));
      return newestFirst(over.flatMap((path) => this.#runs.get(path) ?? []))
        .slice(0, Math.max(0, count - known.size))
        .map(({ run }) => run.path);
    });
  }

  #noteNewest(told: readonly RunEntry[], judge: RunRules, wasAsked: (path: ResourcePath) => boolean): void {
    for (const { run } of told) {
      const moment = lastActivity(judge.times(run)) ?? -Infinity;
      for (const above of ancestry(run.path)) {
        if (this.#noticedSince(above) === undefined) this.#newest.delete(above);
        else if (wasAsked(above))
          this.#newest.set(above, Math.max(moment, this.#newest.get(above) ?? -Infinity));
      }
    }
  }

  #tell(ended: readonly ResourcePath[]): void {
    if (this.#changed) this.#changes.fire(undefined);
    this.#changed = false;
    const entries = ended.flatMap((path) => this.#runs.get(path) ?? []);
    if (entries.length > 0) this.#ends.fire(entries);
  }
}

/** Without any date a run is taken for the newest. */
function newestFirst(runs: readonly KnownRun[]): readonly KnownRun[] {
  const dated = runs.map((entry) => ({
    entry,
    moment: lastActivity(entry.judge.times(entry.run)) ?? Number.MAX_SAFE_INTEGER,
  }));
  return dated.toSorted((a, b) => b.moment - a.moment).map(({ entry }) => entry);
}

function asEntry(run: Resource): RunEntry {
  return { run, ancestors: [] };
}

function toState({ run }: RunEntry): StatusState | undefined {
  return run.status?.state;
}
