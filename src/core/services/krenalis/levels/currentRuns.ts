import { withBudget } from '../../../http/budget';
import type { CallOptions } from '../../../http/types';
import { brokenRuns, strayRuns, latestRuns } from '../../common/currentRuns';
import { isJsonObject } from '../../../http/json';
import type { ResourcePath } from '../../contract/path';
import type { RunEntry, RunReport, Runs, RunTimes } from '../../contract/runs';
import type { Resource } from '../../contract/resource';
import type { ConnectorCache } from '../client/connectors';
import { pipelinesIn, readConnections, withLastRuns } from './connections';
import type { Operations } from '../client/operations';
import { runResource } from './resources';
import { toTimes } from './runs';
import type { GetLastRun } from './status';
import { readRuns, toRun, type WorkspaceRuns } from './workspaceRuns';

/** A pipeline, and the connection that it belongs to. */
interface Place {
  readonly connection: Resource;
  readonly pipeline: Resource;
}

/**
 * The runs of a Krenalis workspace. One request returns all of them (GET /v1/pipelines/runs), with the IDs of their
 * pipelines; their connections are known from the list of connections, which is loaded if needed.
 */
export class KrenalisRuns implements Runs {
  constructor(
    private readonly operations: Operations,
    private readonly catalogue: ConnectorCache,
  ) {}

  async fetchRuns(account: Resource, within: readonly ResourcePath[], call: CallOptions): Promise<RunReport> {
    const question = withBudget(call);
    const runs = await readRuns(this.operations, question);
    const whole = within.length === 0 || within.includes(account.path);
    const places = await this.#getPlaces(runs, whole, account, question);
    const entries = runs.values.flatMap((value) => toEntry(value, places));
    const broken = runs.values.filter((value) => toRun(value) === undefined).length;
    const stray = runs.values.length - broken - entries.length;
    return {
      entries: latestRuns(entries, whole ? [] : within, this),
      updated: [
        ...withLastRuns(this.catalogue.connections, runs.getLastRun),
        ...entries.map(({ run }) => run),
      ],
      ...(whole && { problems: [...brokenRuns(account, broken), ...strayRuns(account, stray)] }),
    };
  }

  batches(paths: readonly ResourcePath[]): readonly (readonly ResourcePath[])[] {
    return paths.length === 0 ? [] : [paths];
  }

  readonly isActive = ({ status }: Resource): boolean =>
    status?.state === 'running' || status?.state === 'queued';

  readonly times = (run: Resource): RunTimes => toTimes(run);

  /** The pipelines by ID. Unlisted ones are only looked up if all runs are requested. */
  async #getPlaces(
    { values, getLastRun }: WorkspaceRuns,
    whole: boolean,
    account: Resource,
    call: CallOptions,
  ): Promise<ReadonlyMap<string, Place>> {
    const known = placesIn(this.catalogue.connections, getLastRun);
    const strange = values.some((value) => !known.has(toRun(value)?.pipeline ?? ''));
    if (known.size > 0 && !(whole && strange)) return known;
    this.catalogue.remember(await readConnections(this.operations, account, getLastRun, call));
    return placesIn(this.catalogue.connections, getLastRun);
  }
}

function placesIn(connections: readonly Resource[], getLastRun: GetLastRun): ReadonlyMap<string, Place> {
  const places = connections.flatMap((connection) =>
    pipelinesIn(connection, getLastRun).map((pipeline) => [pipeline.id, { connection, pipeline }] as const),
  );
  return new Map(places);
}

function toEntry(value: unknown, places: ReadonlyMap<string, Place>): readonly RunEntry[] {
  const run = toRun(value);
  const place = places.get(run?.pipeline ?? '');
  if (!run || !place || !isJsonObject(value)) return [];
  const { connection, pipeline } = place;
  return [{ run: runResource(pipeline, run, value), ancestors: [connection.label, pipeline.label] }];
}
