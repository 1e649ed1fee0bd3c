import * as v from 'valibot';
import type { CallOptions } from '../../../http/types';
import { unpagedEnd } from '../../common/envelope';
import { decodeItems } from '../../common/items';
import type { Page, PageRequest } from '../../contract/page';
import { type Resource, getJson } from '../../contract/resource';
import type { ConnectorCache } from '../client/connectors';
import { withLastRuns } from './connections';
import { cursorAt, readOffset } from '../client/listing';
import type { Operations } from '../client/operations';
import { runResource } from './resources';
import { listedRunSchema, pipelineSchema, runSchema } from '../client/schemas';
import { pipelineStatus } from './status';
import { readRuns } from './workspaceRuns';
import type { RunTimes } from '../../contract/runs';
import { parseTimes } from '../../common/dates';

/**
 * The runs of a pipeline, newest first. The service returns those of all pipelines at once; a page shows some of them.
 * The newest ones also update the status of all known pipelines.
 */
export async function runsPage(
  operations: Operations,
  catalogue: ConnectorCache,
  pipeline: Resource,
  request: PageRequest,
  call: CallOptions,
): Promise<Page> {
  const runs = await readRuns(operations, call);
  const values = runs.of(pipeline.id);
  const offset = readOffset(request);
  const end = offset + request.size;
  const items = decodeItems(values.slice(offset, end), pipeline, offset, listedRunSchema, (run, json) => ({
    resource: runResource(pipeline, run, json),
  }));
  const next = cursorAt(end, values.length);
  // All pages are parts of one response, so the first one tells how the list ends.
  const rest = offset > 0 ? [] : unpagedEnd(pipeline, runs.response, runs.values.length);
  const decoded = v.safeParse(pipelineSchema, getJson(pipeline));
  return {
    items: [...items, ...rest],
    ...(decoded.success && {
      parent: { ...pipeline, status: pipelineStatus(decoded.output, runs.getLastRun(pipeline.id)) },
    }),
    updated: withLastRuns(catalogue.connections, runs.getLastRun),
    nextCursors: next,
    total: values.length,
    loading: 'onDemand',
  };
}

/**
 * When a run of a pipeline started and ended (GET /v1/pipelines/runs, recorded). The service reports neither when it
 * was requested nor its progress.
 * @returns empty for other resources.
 */
export function toTimes({ kind, json }: Resource): RunTimes {
  const decoded = v.safeParse(runSchema, getJson({ json }));
  if (kind !== 'run' || !decoded.success) return {};
  const { startTime, endTime } = decoded.output;
  return parseTimes({ started: startTime, completed: endTime });
}
