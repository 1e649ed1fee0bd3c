import * as v from 'valibot';
import type { CallOptions } from '../../http/client';
import { unpagedEnd } from '../envelope';
import { decodeItems } from '../items';
import type { Page, PageRequest, Resource } from '../service';
import type { Catalogue } from './catalogue';
import { withLastRuns } from './connections';
import { cursorAt, readOffset } from './listing';
import type { Operations } from './operations';
import { runResource } from './resources';
import { listedRunSchema, pipelineSchema } from './schemas';
import { pipelineStatus } from './status';
import { readRuns } from './workspaceRuns';

/**
 * The runs of a pipeline, newest first. The service sends those of all pipelines at once; a page shows some of them. How
 * the newest went tells of this pipeline, and of all others that are known.
 */
export async function runsPage(
  operations: Operations,
  catalogue: Catalogue,
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
  const rest = next.length > 0 ? [] : unpagedEnd(pipeline, runs.response, runs.values.length);
  const decoded = v.safeParse(pipelineSchema, pipeline.json);
  return {
    items: [...items, ...rest],
    ...(decoded.success && {
      parent: { ...pipeline, status: pipelineStatus(decoded.output, runs.lastOf(pipeline.id)) },
    }),
    seen: withLastRuns(catalogue.connections, runs.lastOf),
    next,
    total: values.length,
    order: 'service',
    follow: false,
  };
}
