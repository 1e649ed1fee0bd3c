import * as v from 'valibot';
import { withBudget } from '../../http/budget';
import type { CallOptions } from '../../http/client';
import { isJsonObject } from '../decode';
import { latestRuns } from '../latestRuns';
import type { ResourcePath } from '../path';
import type { RunEntry, RunReport, Runs, RunTimes } from '../runs';
import type { Resource, Status } from '../service';
import type { Catalogue } from './catalogue';
import { connectionsPage, pipelinesOf } from './connections';
import { readList } from './listing';
import type { Operations } from './operations';
import { runResource } from './resources';
import { runOf, withLastRun } from './runs';
import { timesOf } from './runTimes';
import { pipelineSchema, type Run } from './schemas';
import { connectionStatus, pipelineStatus } from './status';

/** A pipeline, and the connection that it belongs to. */
interface Place {
  readonly connection: Resource;
  readonly pipeline: Resource;
}

/**
 * The runs of a Krenalis workspace. One request tells of all of them (GET /v1/pipelines/runs), by the ids of their
 * pipelines; where these stand is known from the list of connections, which is read where it was not yet.
 */
export class KrenalisRuns implements Runs {
  readonly #operations: Operations;
  readonly #catalogue: Catalogue;

  constructor(operations: Operations, catalogue: Catalogue) {
    this.#operations = operations;
    this.#catalogue = catalogue;
  }

  async current(account: Resource, within: readonly ResourcePath[], call: CallOptions): Promise<RunReport> {
    const question = withBudget(call);
    const values = readList(await this.#operations.runs(question), 'runs');
    const whole = within.length === 0 || within.includes(account.path);
    const places = await this.#placesOf(values, whole, account, question);
    const entries = values.flatMap((value) => entryOf(value, places));
    return {
      entries: latestRuns(entries, whole ? [] : within, this),
      seen: [...parents(this.#catalogue.connections, lastRuns(values)), ...entries.map(({ run }) => run)],
    };
  }

  parts(paths: readonly ResourcePath[]): readonly (readonly ResourcePath[])[] {
    return paths.length === 0 ? [] : [paths];
  }

  readonly isLive = ({ status }: Resource): boolean =>
    status?.state === 'running' || status?.state === 'queued';

  readonly times = (run: Resource): RunTimes => timesOf(run);

  /** The pipelines by id. Those that no list showed are looked for only where all runs are asked for. */
  async #placesOf(
    values: readonly unknown[],
    whole: boolean,
    account: Resource,
    call: CallOptions,
  ): Promise<ReadonlyMap<string, Place>> {
    const known = placesIn(this.#catalogue.connections);
    const strange = values.some((value) => !known.has(runOf(value)?.pipeline ?? ''));
    if (known.size > 0 && !(whole && strange)) return known;
    const { items } = await connectionsPage(this.#operations, account, call);
    this.#catalogue.remember(items.map(({ resource }) => resource));
    return placesIn(this.#catalogue.connections);
  }
}

function placesIn(connections: readonly Resource[]): ReadonlyMap<string, Place> {
  const places = connections.flatMap((connection) =>
    pipelineRows(connection).map((pipeline) => [pipeline.id, { connection, pipeline }] as const),
  );
  return new Map(places);
}

function pipelineRows(connection: Resource): readonly Resource[] {
  const { items } = pipelinesOf(connection, connection.json?.pipelines);
  return items.map(({ resource }) => resource).filter(({ kind }) => kind === 'pipeline');
}

function entryOf(value: unknown, places: ReadonlyMap<string, Place>): readonly RunEntry[] {
  const run = runOf(value);
  const place = places.get(run?.pipeline ?? '');
  if (!run || !place || !isJsonObject(value)) return [];
  const { connection, pipeline } = place;
  return [{ run: runResource(pipeline, run, value), of: [connection.label, pipeline.label] }];
}

/** The newest run of each pipeline, by the id of the pipeline: the service sends the newest first. */
function lastRuns(values: readonly unknown[]): ReadonlyMap<string, Run> {
  const last = new Map<string, Run>();
  for (const value of values) {
    const run = runOf(value);
    if (run?.pipeline !== undefined && !last.has(run.pipeline)) last.set(run.pipeline, run);
  }
  return last;
}

/** Pipelines and connections as the newest runs show them. */
function parents(connections: readonly Resource[], last: ReadonlyMap<string, Run>): readonly Resource[] {
  return connections.flatMap((connection) => {
    const pipelines = pipelineRows(connection);
    const statuses = pipelines.map((pipeline) => listedStatus(pipeline, last.get(pipeline.id)));
    return [
      { ...connection, status: connectionStatus(statuses) },
      ...pipelines.map((pipeline) => withLastRun(pipeline, last.get(pipeline.id))),
    ];
  });
}

/** The status that the list of connections would tell of a pipeline: whether it runs, but not how the last run went. */
function listedStatus(pipeline: Resource, last: Run | undefined): Status {
  const decoded = v.parse(pipelineSchema, pipeline.json);
  return pipelineStatus({ ...decoded, ...(last && { running: last.endTime === undefined }) });
}
