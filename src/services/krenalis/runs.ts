import * as v from 'valibot';
import type { CallOptions } from '../../http/client';
import { decodeItems } from '../items';
import type { Page, PageRequest, Resource } from '../service';
import { cursorAt, readList, readOffset } from './listing';
import type { Operations } from './operations';
import { runResource } from './resources';
import { pipelineSchema, type Run, runSchema } from './schemas';
import { pipelineStatus } from './status';

/**
 * The runs of a pipeline, newest first (GET /v1/pipelines/runs). The service sends those of all pipelines at once; a
 * page shows some of them. How the newest went tells of the pipeline too.
 */
export async function runsPage(
  operations: Operations,
  pipeline: Resource,
  request: PageRequest,
  call: CallOptions,
): Promise<Page> {
  const values = readList(await operations.runs(call), 'runs').filter(
    (value) => runOf(value)?.pipeline === pipeline.id,
  );
  const offset = readOffset(request);
  const end = offset + request.size;
  const items = decodeItems(values.slice(offset, end), pipeline, offset, runSchema, (run, json) => ({
    resource: runResource(pipeline, run, json),
  }));
  return {
    items,
    parent: withLastRun(pipeline, runOf(values[0])),
    next: cursorAt(end, values.length),
    total: values.length,
    order: 'service',
    follow: false,
  };
}

/** The row of a pipeline as its newest run shows it. */
export function withLastRun(pipeline: Resource, lastRun: Run | undefined): Resource {
  const decoded = v.safeParse(pipelineSchema, pipeline.json);
  return decoded.success ? { ...pipeline, status: pipelineStatus(decoded.output, lastRun) } : pipeline;
}

/** A run as the service sent it; undefined where it is none. */
export function runOf(value: unknown): Run | undefined {
  const decoded = v.safeParse(runSchema, value);
  return decoded.success ? decoded.output : undefined;
}
