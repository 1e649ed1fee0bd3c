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

  #render(run: Run): unknown {
    const { id, pipeline, startedAt } = run;
    const progress = this.#progress(run);
    const { error } = pipeline;
    const endedAt = startedAt + this.options.backfillSeconds * 1000;
    return {
      id,
      pipeline: pipeline.id,
      startTime: isoDate(startedAt),
      endTime: progress < 1 ? null : isoDate(endedAt),
      passed: this.#passed(error === '' ? progress : 0),
      failed: Array.from({ length: this.#steps() }, () => 0),
      error: progress < 1 ? '' : error,
    };
  }

  /** Items reach one step after the other; the consent step counts none if no consent is required. */
  #passed(progress: number): readonly number[] {
    const steps = this.#steps();
    return Array.from({ length: steps }, (_, step) => {
      if (steps === 7 && step === 3) return 0;
      const reached = Math.min(1, Math.max(0, progress * steps - step));
      return Math.floor(items * reached);
    });
  }

  #steps(): number {
    return isOld(this.options) ? 6 : 7;
  }

  /** From 0 at the start to 1 at the end. */
  #progress({ startedAt }: Run): number {
    return Math.min(1, (this.options.now() - startedAt) / 1000 / this.options.backfillSeconds);
  }
}
