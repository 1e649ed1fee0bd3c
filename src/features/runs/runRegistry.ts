import { Emitter } from '../../core/base/emitter';
import { ancestry, isWithin, type ResourcePath } from '../../core/services/contract/path';
import type { RunEntry, RunReport, Runs } from '../../core/services/contract/runs';
import { lastActivity } from '../../core/services/common/dates';
import { type Resource, isSameResource } from '../../core/services/contract/resource';
import type { StatusState } from '../../shared/status';

/** What the registry needs to know about the runs of a service. */
type RunRules = Pick<Runs, 'isActive' | 'times' | 'matchesListFilter'>;

export interface KnownRun extends RunEntry {
  readonly active: boolean;
  readonly rules: RunRules;
}

/** A request for runs and its answer. */
export interface RunUpdate {
  readonly account: ResourcePath;
  /** Empty: the whole account. */
  readonly within: readonly ResourcePath[];
  readonly runs: RunRules;
  readonly report: RunReport;
}

export interface RunRegistryContext {
  /** Since when (ms since 1970) the ends of runs at or below a path are reported, or undefined if it is not watched. */
  readonly notifySince: (path: ResourcePath) => number | undefined;
  /** The paths of runs that were active when the last window closed. */
  readonly remembered?: readonly ResourcePath[];
}

/** What an answer contained. */
interface Answer {
  /** The runs in it. */
  readonly reported: ReadonlySet<ResourcePath>;
  /** Those among them that were not known by name before. */
  readonly unknown: ReadonlySet<ResourcePath>;
  /** Those among them that are known to have ended. */
  readonly ended: ReadonlySet<ResourcePath>;
  readonly wasAsked: (path: ResourcePath) => boolean;
}

interface UnnamedRuns {
  readonly count: number;
  /** Runs that had ended before, which are therefore none of them. */
  readonly over: ReadonlySet<ResourcePath>;
}

/**
 * The runs of all accounts, as far as answers contained them. Notices the end of each run once, whichever answer
 * reports it first.
 */
export class RunRegistry {
  readonly #notifySince: RunRegistryContext['notifySince'];
  readonly #runs = new Map<ResourcePath, KnownRun>();
  /** The queued and running ones among `#runs`. */
  readonly #active = new Set<ResourcePath>();
  /** Runs thought to be active that no answer has contained yet. */
  readonly #expected: Set<ResourcePath>;
  /**
   * By watched path, the newest moment (service clock) of the runs that answers contained. A run that is newer, and has
   * ended when it first appears, started and ended between two answers.
   */
  readonly #newest = new Map<ResourcePath, number>();
  /** By watched path, the active runs whose identity is unknown. */
  readonly #unnamed = new Map<ResourcePath, UnnamedRuns>();
  /**
   * Ended runs that only answers about a whole account have contained, below a path with runs whose identity is unknown.
   * They may be among those.
   */
  readonly #undecided = new Set<ResourcePath>();
  readonly #changes = new Emitter<undefined>();
  readonly #ends = new Emitter<readonly KnownRun[]>();

  /** True if something changed since `onDidChange` last fired. */
  #changed = false;

  readonly onDidChange = this.#changes.event;
  /** Fires with the runs that ended between two answers. */
  readonly onDidEnd = this.#ends.event;

  constructor({ notifySince: noticedSince, remembered = [] }: RunRegistryContext) {
    this.#notifySince = noticedSince;
    this.#expected = new Set(remembered);
  }

  /** The queued, running and failed runs and those with warnings, newest first. */
  entries(): readonly KnownRun[] {
    const shown = [...this.#runs.values()].filter(
      (run) => run.active || toState(run) === 'failed' || toState(run) === 'warning',
    );
    return newestFirst(shown);
  }

  /** The queued and running runs at or below a path. */
  activePaths(path: ResourcePath): readonly ResourcePath[] {
    return [...this.#active, ...this.#expected].filter((own) => isWithin(own, path));
  }

  /** Adds runs that are shown as queued or running, so that their end is noticed. */
  expect(paths: readonly ResourcePath[]): void {
    const unknown = paths.filter((path) => !this.#runs.has(path) && !this.#expected.has(path));
    for (const path of unknown) this.#expected.add(path);
    if (unknown.length > 0) this.#changes.fire(undefined);
  }

  /**
   * Records that runs were shown at or below a watched path without their identity. The newest ended runs in the first
   * answer about that path are taken for them, unless as many are still active.
   * @param count number of runs; 0 clears an earlier one.
   */
  expectUnnamed(path: ResourcePath, count: number): void {
    if (count <= 0) {
      this.#unnamed.delete(path);
      return;
    }
    const over = [...this.#runs.keys()].filter((run) => isWithin(run, path) && !this.#active.has(run));
    this.#unnamed.set(path, { count, over: new Set(over) });
  }

  /** Applies an answer. Runs that were requested by path and are missing no longer exist. */
  apply({ account, within, runs, report }: RunUpdate): void {
    const asked = new Set(within.length === 0 ? [account] : within);
    const wasAsked = (path: ResourcePath): boolean => ancestry(path).some((above) => asked.has(above));
    const entries = [...report.updated.filter((row) => this.#isKnown(row)).map(asEntry), ...report.entries];
    const ended = new Set<ResourcePath>();
    const reported = new Set(entries.map(({ run }) => run.path));
    const unknown = new Set(
      [...reported].filter((path) => !this.#runs.has(path) || this.#undecided.has(path)),
    );
    for (const entry of entries) if (this.#record(entry, runs)) ended.add(entry.run.path);
    // Answers about a whole account leave out ended runs, so they do not show what is new.
    if (within.length > 0) {
      for (const path of this.#unnamedEnds({ reported, unknown, ended, wasAsked })) ended.add(path);
      this.#recordNewest(entries, runs, wasAsked);
      for (const path of reported) if (wasAsked(path)) this.#undecided.delete(path);
    } else this.#recordUndecided(unknown, ended);
    for (const path of [...this.#runs.keys(), ...this.#expected]) {
      if (reported.has(path) || !wasAsked(path)) continue;
      const isActive = this.#active.has(path) || this.#expected.has(path);
      this.#changed = true;
      this.#drop(path);
      // Services leave out ended runs of an account, and of places whose runs are listed elsewhere. The next answer about
      // the run itself shows whether it ended.
      if (isActive && !within.includes(path)) this.#expected.add(path);
      else this.#expected.delete(path);
    }
    this.#fireChanges([...ended]);
  }

  /** Applies what other requests revealed about active runs. @param get returns the current state of a resource. */
  syncWith(get: (path: ResourcePath) => Resource | undefined): void {
    const ended = [...this.#active].flatMap((path) => {
      const run = get(path);
      const rules = this.#runs.get(path)?.rules;
      return run && rules && this.#record({ run, ancestors: [] }, rules) ? [path] : [];
    });
    if (ended.length > 0) this.#fireChanges(ended);
  }

  /** Forgets the runs of an account except active ones, whose end is noticed when the account answers again. */
  forget(account: ResourcePath): void {
    for (const path of this.activePaths(account)) this.#expected.add(path);
    for (const path of this.#runs.keys()) if (isWithin(path, account)) this.#drop(path);
    for (const path of this.#newest.keys()) if (isWithin(path, account)) this.#newest.delete(path);
    for (const path of this.#unnamed.keys()) if (isWithin(path, account)) this.#unnamed.delete(path);
    this.#changes.fire(undefined);
  }

  #isKnown({ path }: Resource): boolean {
    return this.#runs.has(path) || this.#expected.has(path);
  }

  #recordUndecided(unknown: ReadonlySet<ResourcePath>, ended: ReadonlySet<ResourcePath>): void {
    for (const path of unknown) {
      const isBelowUnnamed = ancestry(path).some(
        (above) => this.#unnamed.get(above)?.over.has(path) === false,
      );
      if (isBelowUnnamed && !this.#active.has(path) && !ended.has(path)) this.#undecided.add(path);
    }
  }

  #drop(path: ResourcePath): void {
    this.#undecided.delete(path);
    this.#runs.delete(path);
    this.#active.delete(path);
  }

  /** @returns true if the run has ended, and was active or did not exist in the last answer. */
  #record({ run, ancestors }: RunEntry, rules: RunRules): boolean {
    const before = this.#runs.get(run.path);
    const isActive = rules.isActive(run);
    const ended =
      !isActive && (before?.active ?? (this.#expected.has(run.path) || this.#isNewRun(run.path, run, rules)));
    this.#expected.delete(run.path);
    // A single run may be reported without the names of its ancestors.
    const names =
      (before?.ancestors.length ?? 0) > ancestors.length ? (before?.ancestors ?? ancestors) : ancestors;
    this.#changed ||= before?.ancestors.length !== names.length || !isSameResource(before.run, run);
    this.#runs.set(run.path, { run, ancestors: names, active: isActive, rules });
    if (isActive) this.#active.add(run.path);
    else this.#active.delete(run.path);
    return ended;
  }

  /** True if the run started, or ended if the service reports that, after everything known at its place. */
  #isNewRun(path: ResourcePath, run: Resource, rules: RunRules): boolean {
    const moment = lastActivity(rules.times(run));
    return (
      moment !== undefined &&
      ancestry(path).some((above) => {
        const since = this.#notifySince(above);
        return since !== undefined && moment > (this.#newest.get(above) ?? since);
      })
    );
  }

  /** The runs that have ended since they were shown as active without their identity. */
  #unnamedEnds({ reported, unknown, ended, wasAsked }: Answer): readonly ResourcePath[] {
    return [...this.#unnamed].flatMap(([watched, { count }]) => {
      if (!wasAsked(watched)) return [];
      this.#unnamed.delete(watched);
      const below = [...reported].filter((path) => isWithin(path, watched));
      const known = new Set(below.filter((path) => this.#active.has(path) || ended.has(path)));
      const candidates = below.filter((path) => unknown.has(path) && !known.has(path));
      return newestFirst(candidates.flatMap((path) => this.#runs.get(path) ?? []))
        .slice(0, Math.max(0, count - known.size))
        .map(({ run }) => run.path);
    });
  }

  #recordNewest(
    entries: readonly RunEntry[],
    rules: RunRules,
    wasAsked: (path: ResourcePath) => boolean,
  ): void {
    for (const { run } of entries) {
      const moment = lastActivity(rules.times(run)) ?? -Infinity;
      for (const above of ancestry(run.path)) {
        if (this.#notifySince(above) === undefined) this.#newest.delete(above);
        else if (wasAsked(above))
          this.#newest.set(above, Math.max(moment, this.#newest.get(above) ?? -Infinity));
      }
    }
  }

  #fireChanges(ended: readonly ResourcePath[]): void {
    if (this.#changed) this.#changes.fire(undefined);
    this.#changed = false;
    const entries = ended.flatMap((path) => this.#runs.get(path) ?? []);
    if (entries.length > 0) this.#ends.fire(entries);
  }
}

/** A run without a date counts as the newest. */
function newestFirst(runs: readonly KnownRun[]): readonly KnownRun[] {
  const dated = runs.map((entry) => ({
    entry,
    moment: lastActivity(entry.rules.times(entry.run)) ?? Number.MAX_SAFE_INTEGER,
  }));
  return dated.toSorted((a, b) => b.moment - a.moment).map(({ entry }) => entry);
}

function asEntry(run: Resource): RunEntry {
  return { run, ancestors: [] };
}

function toState({ run }: RunEntry): StatusState | undefined {
  return run.status?.state;
}
