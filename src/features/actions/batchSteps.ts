import * as l10n from '@vscode/l10n';
import { HttpError } from '../../core/http/errors';
import type { ResourcePath } from '../../core/services/contract/path';
import type { ActionResult, StartedRun, Action, Verb } from '../../core/services/contract/action';
import type { Resource, Status } from '../../core/services/contract/resource';
import type { ActionRequest } from './confirmAction';
import { runBatch, type BatchOptions, type BatchResult, type Reached } from '../../ui/commands/batch';
import type { LeftOutRow, NamedRow, PlacedRow } from '../../ui/commands/batchTexts';

export interface BatchStepContext {
  /** The actions that a resource offers in its current state. */
  readonly offered: (resource: Resource) => Promise<readonly Action[]>;
  readonly requestFor: (resource: Resource, action: Action) => ActionRequest;
  readonly nameRow: (resource: Resource) => NamedRow;
  /** Runs an action that needs no input. @throws HttpError */
  readonly attempt: (step: BatchStep) => Promise<ActionResult>;
  /** Follows a run to its end. */
  readonly follow: (
    step: BatchStep,
    run: StartedRun,
    changed: readonly ResourcePath[],
    following: RunEnd,
  ) => void;
  /** Reports the end of a run. */
  readonly notify: (title: string, status: Status) => void;
  /** Reports how many runs succeeded, once all have ended. */
  readonly notifySucceeded: (count: number, total: number) => void;
}

/** Called when a followed run ends. */
export interface RunEnd {
  /** Reports its status. */
  readonly notify: (title: string, status: Status) => void;
  /** The run is no longer followed, whether or not its end is known. */
  readonly over: () => void;
}

/** The result of several actions. */
export interface BatchResults {
  readonly results: readonly BatchResult<BatchStep>[];
  /** Lists that may have changed. */
  readonly changed: readonly ResourcePath[];
}

/** An action to run on a row. */
export interface BatchStep extends PlacedRow {
  readonly resource: Resource;
  readonly action: Action;
  readonly request: ActionRequest;
}

/** A selected row that is skipped. */
export interface LeftOut extends LeftOutRow {
  readonly resource: Resource;
}

/** The step for a resource, or the reason to skip it. */
export async function prepareStep(
  { offered, requestFor, nameRow }: Pick<BatchStepContext, 'offered' | 'requestFor' | 'nameRow'>,
  resource: Resource,
  verb: Verb,
): Promise<BatchStep | LeftOut> {
  const offers = (await offered(resource)).filter((action) => action.verb === verb);
  const [action] = offers;
  const row = { resource, ...nameRow(resource) };
  if (!action) return { ...row, reason: l10n.t('Not available for this resource.') };
  if (action.obstacle) return { ...row, reason: action.obstacle.reason };
  if (offers.length > 1 || action.input.kind !== 'none') {
    return { ...row, reason: l10n.t('Only available for a single resource.') };
  }
  const request = requestFor(resource, action);
  return { ...row, action, request, account: request.account, service: request.service };
}

/**
 * Runs the steps one after another, and follows the runs that they start.
 * @param options if its signal is aborted, no further step starts, and the current one is completed.
 */
export async function runSteps(
  context: BatchStepContext,
  steps: readonly BatchStep[],
  options: BatchOptions<BatchStep>,
): Promise<BatchResults> {
  const changed = new Set<ResourcePath>();
  const ends = new Ends(context);
  const signIns = new SignIns();
  const work = async (step: BatchStep): Promise<Reached> => {
    const { changed: lists, run, message } = await signIns.use(step, () => context.attempt(step));
    for (const path of lists) changed.add(path);
    if (run) context.follow(step, run, lists, ends.expect());
    return { state: run ? 'started' : 'done', message };
  };
  const results = await runBatch(steps, work, options);
  ends.close();
  return { results, changed: [...changed] };
}

/** Accounts whose credentials were rejected: a service may lock an account after repeated attempts. */
class SignIns {
  readonly #refusals = new Map<string, HttpError>();

  /**
   * @throws what the work throws; without running it, the earlier error if the account's sign-in was refused.
   */
  async use<T>({ account }: BatchStep, work: () => Promise<T>): Promise<T> {
    const refusal = this.#refusals.get(account.id);
    if (refusal) throw refusal;
    try {
      return await work();
    } catch (error) {
      if (error instanceof HttpError && error.kind === 'authentication')
        this.#refusals.set(account.id, error);
      throw error;
    }
  }
}

/**
 * Collects the ends of the runs that a batch started. Unsuccessful ones are reported at once, the others
 * together.
 */
class Ends {
  #expected = 0;
  #ended = 0;
  #well = 0;
  #closed = false;

  constructor(private readonly context: Pick<BatchStepContext, 'notify' | 'notifySucceeded'>) {}

  /** Registers a run. @returns what to call at its end. */
  expect(): RunEnd {
    this.#expected++;
    return {
      notify: (title, status) => {
        if (status.state === 'ok') this.#well++;
        else this.context.notify(title, status);
      },
      over: () => {
        this.#ended++;
        this.#notifyAll();
      },
    };
  }

  /** No more runs are registered. */
  close(): void {
    this.#closed = true;
    this.#notifyAll();
  }

  #notifyAll(): void {
    if (!this.#closed || this.#well === 0 || this.#ended < this.#expected) return;
    this.context.notifySucceeded(this.#well, this.#expected);
  }
}
