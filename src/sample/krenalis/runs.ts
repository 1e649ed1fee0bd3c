import { isoDate } from '../common/dates';
import type { ResolvedOptions } from '../common/options';
import { drawId, isOld, type Id } from './ids';
import type { Pipeline } from './pipeline';

interface Run {
  readonly id: Id;
  readonly pipeline: Pipeline;
  readonly startedAt: number;
}

/** Items that a successful run receives. */
const items = 10;

const minute = 60_000;
const day = 24 * 60 * minute;

/** The runs of all pipelines. Their state depends on the time: a run proceeds from step to step, and ends. */
export class Runs {
  readonly #runs: Run[] = [];

  constructor(private readonly options: ResolvedOptions) {}

  /** @param startedAt milliseconds since 1970. @returns the ID of the run. */
  start(pipeline: Pipeline, startedAt: number): Id {
    const id = drawId(this.options, 'backfill', this.#runs.length);
    this.#runs.unshift({ id, pipeline, startedAt });
    return id;
  }

  isRunning(pipeline: Pipeline): boolean {
    return this.#runs.some((run) => run.pipeline === pipeline && this.#progress(run) < 1);
  }

  /** All runs of existing pipelines, newest first. */
  list(exists: (pipeline: Pipeline) => boolean): readonly unknown[] {
    const sorted = this.#runs.toSorted((a, b) => b.startedAt - a.startedAt);
    return sorted.filter(({ pipeline }) => exists(pipeline)).map((run) => this.#render(run));
  }

  find(id: string): unknown {
    const run = this.#runs.find((one) => String(one.id) === id);
    return run && this.#render(run);
  }

  /** What went wrong at each step between two moments, of which the second is excluded; the latest first. */
  errors(pipelines: readonly Pipeline[], from: number, to: number): readonly unknown[] {
    return this.#runs
      .filter((run) => pipelines.includes(run.pipeline) && this.#progress(run) === 1)
      .map((run) => ({ run, at: Math.floor(this.#end(run) / minute) * minute }))
      .filter(({ at }) => at >= from && at < to)
      .toSorted((a, b) => b.at - a.at)
      .flatMap(({ run: { pipeline }, at }) =>
        [
          // The step of an error that ends a run (recorded).
          ...(pipeline.error === '' ? [] : [{ step: 1, count: 0, message: pipeline.error }]),
          ...pipeline.rejected.map(({ message, count }) => ({ step: this.#transformation, count, message })),
        ].map((error) => ({ pipeline: pipeline.id, ...error, lastOccurred: isoDate(at) })),
      );
  }

  /** What runs passed and rejected on each of the last days (UTC), today included. */
  metrics(pipelines: readonly Pipeline[], days: number): unknown {
    const end = Math.floor(this.options.now() / day) * day + day;
    const start = end - days * day;
    const nothing = Array.from({ length: this.#steps() }, () => 0);
    const sum = (lists: readonly (readonly number[])[]): readonly number[] =>
      lists.reduce((one, other) => one.map((count, step) => count + (other[step] ?? 0)), nothing);
    const metrics = pipelines.flatMap((pipeline) => {
      const own = this.#runs.filter((run) => run.pipeline === pipeline && run.startedAt >= start);
      const byDay = (count: (run: Run) => readonly number[]): readonly (readonly number[])[] =>
        Array.from({ length: days }, (_, index) =>
          sum(own.filter((run) => Math.floor((run.startedAt - start) / day) === index).map(count)),
        );
      return own.length === 0
        ? []
        : [
            {
              pipeline: pipeline.id,
              passed: byDay((run) => this.#passed(run)),
              failed: byDay((run) => this.#failed(run)),
            },
          ];
    });
    return { start: isoDate(start), end: isoDate(end), metrics };
  }

  #end({ startedAt }: Run): number {
    return startedAt + this.options.backfillSeconds * 1000;
  }

  #render(run: Run): unknown {
    const { id, pipeline, startedAt } = run;
    const progress = this.#progress(run);
    const { error } = pipeline;
    const endedAt = this.#end(run);
    return {
      id,
      pipeline: pipeline.id,
      startTime: isoDate(startedAt),
      endTime: progress < 1 ? null : isoDate(endedAt),
      passed: this.#passed(run),
      failed: this.#failed(run),
      error: progress < 1 ? '' : error,
    };
  }

  /** Items reach one step after the other; the consent step counts none if no consent is required. */
  #passed(run: Run): readonly number[] {
    const steps = this.#steps();
    const progress = run.pipeline.error === '' ? this.#progress(run) : 0;
    return Array.from({ length: steps }, (_, step) => {
      if (steps === 7 && step === 3) return 0;
      const reached = Math.min(1, Math.max(0, progress * steps - step));
      const lost = step < this.#transformation ? 0 : rejectedBy(run.pipeline);
      return Math.floor((items - lost) * reached);
    });
  }

  /** Items that each step rejected, once the run has ended. */
  #failed(run: Run): readonly number[] {
    const isOver = this.#progress(run) === 1;
    return Array.from({ length: this.#steps() }, (_, step) =>
      isOver && step === this.#transformation ? rejectedBy(run.pipeline) : 0,
    );
  }

  get #transformation(): number {
    return this.#steps() - 3;
  }

  #steps(): number {
    return isOld(this.options) ? 6 : 7;
  }

  /** From 0 at the start to 1 at the end. */
  #progress({ startedAt }: Run): number {
    return Math.min(1, (this.options.now() - startedAt) / 1000 / this.options.backfillSeconds);
  }
}

function rejectedBy({ rejected }: Pipeline): number {
  return rejected.reduce((sum, { count }) => sum + count, 0);
}
