import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { expectError } from '../../../base/errors';
import { Budget, defaultAnswerMemory } from '../../../http/budget';
import type { HttpResponse, CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { isJsonObject } from '../../../http/json';
import { text } from '../../common/decode';
import { toProblem } from '../../common/problem';
import type { Problem } from '../../contract/resource';
import { readList } from '../client/listing';
import type { Operations } from '../client/operations';
import { type ListedRun, listedRunSchema, outcomeSchema } from '../client/schemas';
import type { LastRun, GetLastRun } from './status';

/** The runs of all pipelines of a workspace, newest first. */
export class WorkspaceRuns {
  readonly response: HttpResponse;
  /** As the service sent them. */
  readonly values: readonly unknown[];
  readonly #last = new Map<string, LastRun>();

  /** @throws HttpError kind `protocol` if the response has no list of runs. */
  constructor(response: HttpResponse) {
    this.response = response;
    this.values = readList(response, 'runs');
    for (const value of this.values) {
      const [pipeline, outcome] = [pipelineIn(value), v.safeParse(outcomeSchema, value)];
      if (pipeline !== undefined && outcome.success && !this.#last.has(pipeline))
        this.#last.set(pipeline, outcome.output);
    }
  }

  /** The outcome of the newest run of a pipeline, even if the rest of the run cannot be decoded. */
  readonly getLastRun: GetLastRun = (pipelineId) => this.#last.get(pipelineId) ?? 'none';

  /** The runs of a pipeline, including those without a pipeline ID: they may belong to it. */
  of(pipelineId: string): readonly unknown[] {
    return this.values.filter((value) => (pipelineIn(value) ?? pipelineId) === pipelineId);
  }
}

/** The runs of the workspace (GET /v1/pipelines/runs). @throws HttpError */
export async function readRuns(operations: Operations, call: CallOptions): Promise<WorkspaceRuns> {
  return new WorkspaceRuns(await operations.runs(call));
}

/** The outcomes of the newest runs, as far as they are known. */
export interface LastRuns {
  readonly getLastRun: GetLastRun;
  /** Why they are unknown. */
  readonly problem?: Problem;
}

/** How much longer to wait for the last runs than for the list of pipelines, in milliseconds. */
export const LAST_RUNS_PATIENCE_MS = 5_000;

/**
 * Loads a list of pipelines, and in parallel the last runs of all pipelines. If these fail or take much longer, the
 * list is returned without them: then no pipeline counts as healthy.
 * @param ask loads the list. @throws what it throws.
 */
export async function besideLastRuns<T>(
  operations: Operations,
  call: CallOptions,
  ask: (call: CallOptions) => Promise<T>,
): Promise<readonly [T, LastRuns]> {
  const stop = new AbortController();
  const signal = call.signal ? AbortSignal.any([call.signal, stop.signal]) : stop.signal;
  const asked = ask(call);
  const lastRuns = readLastRuns(operations, { ...call, signal });
  // Its failure does not matter if the list cannot be loaded.
  lastRuns.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  try {
    const list = await asked;
    timer = setTimeout(() => {
      stop.abort(tooSlow());
    }, LAST_RUNS_PATIENCE_MS);
    return [list, await lastRuns];
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

/** The outcomes of the newest runs of all pipelines. A 404 means that the service has no list of runs. */
async function readLastRuns(operations: Operations, call: CallOptions): Promise<LastRuns> {
  // Only the outcomes are kept.
  const memory = new Budget(defaultAnswerMemory(), call.budget);
  try {
    const { getLastRun } = await readRuns(operations, { ...call, budget: memory });
    return { getLastRun };
  } catch (error) {
    const failure = expectError(error, HttpError);
    if (failure.status === 404) return { getLastRun: () => 'none' };
    const what = l10n.t('The result of the last runs is unknown');
    return { getLastRun: () => 'unknown', problem: { ...toProblem(failure), title: what, retryable: true } };
  } finally {
    memory.take(-memory.used);
  }
}

function tooSlow(): HttpError {
  return new HttpError('timeout', l10n.t('The service is slow to list the runs of all pipelines.'), {
    advice: l10n.t('Try again later, or expand a pipeline to see its runs.'),
  });
}

/** A run in the list of all runs; undefined if it cannot be decoded. */
export function toRun(value: unknown): ListedRun | undefined {
  const decoded = v.safeParse(listedRunSchema, value);
  return decoded.success ? decoded.output : undefined;
}

/** The ID of the pipeline that a run belongs to. */
function pipelineIn(value: unknown): string | undefined {
  return isJsonObject(value) ? v.parse(text, value.pipeline) : undefined;
}
