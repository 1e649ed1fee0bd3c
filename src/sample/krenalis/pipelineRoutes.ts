import type { SampleRequest } from '../common/exchange';
import { readBody } from './body';
import { badRequest, KrenalisFailure } from './failures';
import { isOld } from './ids';
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

/** PUT /v1/pipelines/{id}/status */
export function setStatus(workspace: Workspace, { body }: SampleRequest, id: string): void {
  const { pipeline } = workspace.pipeline(id);
  const { enabled } = readBody(body);
  if (typeof enabled !== 'boolean') throw badRequest('enabled is not valid');
  pipeline.enabled = enabled;
}
