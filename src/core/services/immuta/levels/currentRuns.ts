import { withBudget } from '../../../http/budget';
import type { CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { brokenRuns, latestRuns } from '../../common/currentRuns';
import { everyPage } from '../../common/everyPage';
import { decodeItems } from '../../common/items';
import { childPath, idInPath, parentPath, pathSegments, type ResourcePath } from '../../contract/path';
import { readOne } from '../../common/readOne';
import type { StatusState } from '../../../../shared/status';
import type { RunEntry, RunReport, Runs, RunTimes } from '../../contract/runs';
import type { PageRequest } from '../../contract/page';
import { type Resource, getJson } from '../../contract/resource';
import { connectionsPage } from './connections';
import type { Operations } from '../client/operations';
import { readListing } from '../client/paging';
import { runResource } from './resources';
import { identities, runSchema } from '../client/schemas';
import type { ImmutaSettings } from '../signIn/settings';
import { allTasks } from './tasks';
import * as v from 'valibot';
import { parseTimes } from '../../common/dates';

/** The maximum page size (OpenAPI). */
const page: PageRequest = { size: 100, bypassCache: true, depth: 0 };
const nothing: RunReport = { entries: [], updated: [] };

/**
 * The runs of the tasks of an Immuta tenant. Runs are listed by task, and tasks by connection: one request each for a
 * run, for the runs of a task and for the tasks of a connection, and one more for each of its tasks that is active or has
 * just ended.
 */
export class ImmutaRuns implements Runs {
  /** By key of a connection, the states of its tasks in the last answer about that connection. */
  readonly #lastStates = new Map<string, TaskStates>();

  constructor(
    private readonly operations: Operations,
    private readonly settings: ImmutaSettings,
  ) {}

  async fetchRuns(account: Resource, within: readonly ResourcePath[], call: CallOptions): Promise<RunReport> {
    const question = withBudget(call);
    const whole = within.length === 0 || within.includes(account.path);
    const paths = whole ? await this.#connections(account, question) : within;
    const reports = await Promise.all(
      paths.map((path) => this.#at(account, path, whole, question).catch(nothingWhereGone)),
    );
    const entries = reports.flatMap((report) => report.entries);
    const seen = reports.flatMap((report) => report.updated);
    const broken = reports.flatMap(({ problems = [] }) => problems).length;
    return {
      entries: latestRuns(entries, whole ? [] : within, this),
      updated: seen,
      ...(whole && { problems: brokenRuns(account, broken) }),
    };
  }

  batches(paths: readonly ResourcePath[]): readonly (readonly ResourcePath[])[] {
    return paths.map((path) => [path]);
  }

  readonly isActive = ({ kind, status }: Resource): boolean =>
    (kind === 'run' || kind === 'task') && (status?.state === 'running' || status?.state === 'queued');

  readonly times = (run: Resource): RunTimes => toTimes(run);

  readonly matchesListFilter = ({ status }: Resource): boolean =>
    this.settings.runStatus === undefined || this.settings.runStatus === status?.label;

  async #connections(account: Resource, call: CallOptions): Promise<readonly ResourcePath[]> {
    const found: ResourcePath[] = [];
    const pages = everyPage(call, async (cursor, question) => {
      const request = { ...page, cursor };
      const { items, nextCursors } = await connectionsPage(this.operations, account, request, question);
      return { value: items.map(({ resource }) => resource), next: nextCursors[0] };
    });
    for await (const resources of pages) {
      found.push(...resources.filter(({ kind }) => kind === 'connection').map(({ path }) => path));
    }
    return found;
  }

  #at(account: Resource, path: ResourcePath, whole: boolean, call: CallOptions): Promise<RunReport> {
    switch (pathSegments(path).at(-1)?.kind) {
      case 'run':
        return this.#run(path, call);
      case 'task':
        return this.#runs({ path }, [getKey(path)], call);
      default:
        return this.#tasks(account, getKey(path), whole, call);
    }
  }

  /**
   * The runs of active tasks. For the whole account also those of failed ones; for a connection those of tasks that
   * ended since the answer before.
   */
  async #tasks(account: Resource, key: string, whole: boolean, call: CallOptions): Promise<RunReport> {
    const connection = { path: childPath(account.path, 'connection', key) };
    const tasks = await allTasks(this.operations, connection, this.settings, call);
    const before = this.#lastStates.get(key);
    const isRelevant = (task: Resource): boolean =>
      this.isActive(task) || (whole ? task.status?.state === 'failed' : isNews(task, before));
    const relevant = tasks.filter(isRelevant);
    const reports = await Promise.all(relevant.map((task) => this.#runs(task, [key, task.label], call)));
    if (!whole) this.#lastStates.set(key, new Map(tasks.map(({ path, status }) => [path, status?.state])));
    return {
      entries: reports.flatMap(({ entries }) => entries),
      updated: [...tasks, ...reports.flatMap(({ updated }) => updated)],
      problems: reports.flatMap(({ problems = [] }) => problems),
    };
  }

  async #runs(task: Pick<Resource, 'path'>, of: readonly string[], call: CallOptions): Promise<RunReport> {
    const taskId = idInPath(task.path, 'task') ?? '';
    const response = await this.operations.runs(
      getKey(task.path),
      taskId,
      { limit: page.size },
      undefined,
      call,
    );
    return report(task, readListing(response, 'runs').values, of);
  }

  async #run(path: ResourcePath, call: CallOptions): Promise<RunReport> {
    const [key, taskId] = [getKey(path), idInPath(path, 'task') ?? ''];
    const runId = idInPath(path, 'run') ?? '';
    const { json } = readOne(await this.operations.run(key, taskId, runId, call), identities.run, runId);
    return report({ path: parentPath(path) ?? path }, [json], [key]);
  }
}

type TaskStates = ReadonlyMap<ResourcePath, StatusState | undefined>;

/** True if a task has another state than in the last answer, if there was one. */
function isNews({ path, status }: Resource, before: TaskStates | undefined): boolean {
  return before !== undefined && before.get(path) !== status?.state;
}

function getKey(path: ResourcePath): string {
  return idInPath(path, 'connection') ?? '';
}

function report(task: Pick<Resource, 'path'>, values: readonly unknown[], of: readonly string[]): RunReport {
  const items = decodeItems(values, task, 'runs', runSchema, (run, json) => ({
    resource: runResource(task, run, json),
  }));
  const seen = items.map(({ resource }) => resource).filter(({ kind }) => kind === 'run');
  const problems = items.map(({ resource }) => resource).filter(({ kind }) => kind === 'problem');
  return { entries: seen.map((run): RunEntry => ({ run, ancestors: of })), updated: seen, problems };
}

/** A task may be deleted with its connection meanwhile. */
function nothingWhereGone(error: unknown): RunReport {
  if (error instanceof HttpError && error.kind === 'notFound') return nothing;
  throw error;
}

/**
 * When a run of a task was created, started and completed (OpenAPI, TaskRun). The service does not report progress.
 * @returns empty for other resources.
 */
export function toTimes({ kind, json }: Resource): RunTimes {
  const decoded = v.safeParse(runSchema, getJson({ json }));
  if (kind !== 'run' || !decoded.success) return {};
  const { createdAt, startedAt, completedAt } = decoded.output;
  return parseTimes({ created: createdAt, started: startedAt, completed: completedAt });
}
