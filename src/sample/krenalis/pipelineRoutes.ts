import type { SampleRequest } from '../common/exchange';
import { readBody, badRequest, KrenalisFailure, PlainFailure } from './failures';
import { isOld } from './ids';
import type { Pipeline } from './pipeline';
import type { Workspace } from './workspace';

/** GET /v1/pipelines/{id} */
export function readPipeline(workspace: Workspace, id: string): unknown {
  const { connection, pipeline } = workspace.pipeline(id);
  return workspace.renderPipeline(connection, pipeline);
}

/** GET /v1/pipelines/runs: of all pipelines. */
export function listRuns(workspace: Workspace): unknown {
  return { runs: workspace.runs.list((pipeline) => workspace.has(pipeline)) };
}

/** GET /v1/pipelines/runs/{id} */
export function readRun(workspace: Workspace, id: string): unknown {
  const run = workspace.runs.find(id);
  if (run === undefined) throw new KrenalisFailure('NotFound', `run ${id} does not exist`);
  return run;
}

/**
 * POST /v1/pipelines/{id}/runs. @throws KrenalisFailure depending on the state of pipeline and warehouse (recorded).
 */
export function startRun(workspace: Workspace, { body }: SampleRequest, id: string): unknown {
  const { pipeline } = workspace.pipeline(id);
  readBody(body);
  if (!pipeline.batch) throw badRequest(`pipeline ${id} with target ${pipeline.target} cannot be run`);
  if (!pipeline.enabled) throw new KrenalisFailure('PipelineDisabled', `pipeline ${id} is disabled`);
  if (workspace.runs.isRunning(pipeline)) {
    const code = isOld(workspace.options) ? 'RunInProgress' : 'PipelineAlreadyRunning';
    throw new KrenalisFailure(code, `pipeline ${id} is already running`);
  }
  const { warehouseMode: mode } = workspace;
  if (mode !== 'Normal')
    throw new KrenalisFailure(`${mode}Mode`, `data warehouse is in ${mode.toLowerCase()} mode`);
  return { id: workspace.runs.start(pipeline, workspace.options.now()) };
}

/**
 * GET /v1/pipelines/errors/{start}/{end}: by step and message, the latest first. `end` is excluded.
 * @throws PlainFailure for a date that is none (recorded).
 */
export function listErrors(
  workspace: Workspace,
  { query }: SampleRequest,
  start: string,
  end: string,
): unknown {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  if (Number.isNaN(from) || Number.isNaN(to)) throw new PlainFailure(404, '404 page not found');
  const limit = Number(query.get('limit') ?? 100);
  if (!(limit >= 1 && limit <= 100)) throw badRequest('limit is not valid');
  const errors = workspace.runs.errors(pipelinesIn(workspace, query), from, to);
  return { errors: errors.slice(0, limit) };
}

/** GET /v1/pipelines/metrics/days/{days}: of pipelines with something to tell, a list for each day. */
export function metricsByDay(workspace: Workspace, { query }: SampleRequest, days: string): unknown {
  const count = Number(days);
  if (!(Number.isInteger(count) && count >= 1 && count <= 30)) throw badRequest('days is not valid');
  return workspace.runs.metrics(pipelinesIn(workspace, query), count);
}

function pipelinesIn(workspace: Workspace, query: URLSearchParams): readonly Pipeline[] {
  const ids = query.get('pipelines')?.split(',') ?? [];
  if (ids.length === 0) throw badRequest('pipelines is required');
  return ids.map((id) => workspace.pipeline(id).pipeline);
}

/** PUT /v1/pipelines/{id}/status */
export function setStatus(workspace: Workspace, { body }: SampleRequest, id: string): void {
  const { pipeline } = workspace.pipeline(id);
  const { enabled } = readBody(body);
  if (typeof enabled !== 'boolean') throw badRequest('enabled is not valid');
  pipeline.enabled = enabled;
}
