import * as l10n from '@vscode/l10n';
import { checkChanged, readMade, readOne } from '../../common/readOne';
import type { Action, StartedRun, Obstacle } from '../../contract/action';
import { type Resource, getJson } from '../../contract/resource';
import type { Operations } from '../client/operations';
import { identities } from '../client/schemas';
import { runStatus } from '../levels/status';
import { parentList } from '../../contract/path';

/**
 * Runs, enables and disables a pipeline. One that events pass through is never run. Of the others, the service refuses to
 * run those that are disabled or already running.
 */
export function pipelineActions(operations: Operations, pipeline: Resource): readonly Action[] {
  const json = getJson(pipeline);
  const canRun = typeof json?.running === 'boolean';
  const obstacle = findObstacle(json?.enabled === true, pipeline.status?.state === 'running');
  return [
    ...(canRun ? [startRun(operations, pipeline, obstacle)] : []),
    ...(json?.enabled === false ? [setStatus(operations, pipeline, 'enable')] : []),
    ...(json?.enabled === true ? [setStatus(operations, pipeline, 'disable')] : []),
  ];
}

/** POST /v1/pipelines/{id}/runs. */
function startRun(operations: Operations, pipeline: Resource, obstacle: Obstacle | undefined): Action {
  return {
    id: 'run',
    verb: 'start',
    title: l10n.t('Start Run'),
    confirmation: 'harmless',
    input: { kind: 'none' },
    ...(obstacle && { obstacle }),
    perform: async (_values, call) => {
      const runId = readMade(await operations.startRun(pipeline.id, call));
      const changed = [parentList(pipeline), pipeline.path];
      return { changed, run: startedRun(operations, pipeline, runId) };
    },
  };
}

function startedRun(operations: Operations, { label }: Resource, runId: string): StartedRun {
  return {
    title: l10n.t('Running "{0}"', label),
    poll: async (call) => {
      const { decoded: run } = readOne(await operations.run(runId, call), identities.run, runId);
      const status = runStatus(run);
      const { error, endTime } = run;
      const word = error === undefined ? status.label : `${status.label}: ${error}`;
      return { status: { ...status, label: word }, over: endTime !== undefined };
    },
  };
}

function findObstacle(enabled: boolean, running: boolean): Obstacle | undefined {
  if (!enabled) return { reason: l10n.t('The pipeline is disabled.'), clearedBy: 'enable' };
  return running ? { reason: l10n.t('The pipeline is already running.') } : undefined;
}

/** Enables or disables a pipeline (PUT /v1/pipelines/{id}/status). */
function setStatus(operations: Operations, pipeline: Resource, verb: 'enable' | 'disable'): Action {
  return {
    id: verb,
    verb,
    title: verb === 'enable' ? l10n.t('Enable') : l10n.t('Disable'),
    confirmation: 'confirm',
    input: { kind: 'none' },
    perform: async (_values, call) => {
      const response = await operations.setPipelineStatus(pipeline.id, verb === 'enable', call);
      checkChanged(response, 'id', pipeline.id);
      return { changed: [parentList(pipeline)] };
    },
  };
}
