import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { readMade, readOne } from '../../common/readOne';
import type { ActionResult, StartedRun, ActionInputValues, Obstacle } from '../../contract/action';
import type { Resource } from '../../contract/resource';
import type { Operations } from '../client/operations';
import { identities } from '../client/schemas';
import { runStatus } from '../levels/status';
import { type ActionHandler, parentList, type Offer } from './actionHandler';

/** Starts a run of a pipeline (POST /v1/pipelines/{id}/runs), which goes on by itself. */
export class RunPipeline implements ActionHandler {
  readonly id = 'run';

  constructor(private readonly operations: Operations) {}

  /** What events pass through is never run. Of the others, the service refuses what is disabled or runs already. */
  offer({ kind, json, status }: Resource): Offer | undefined {
    if (kind !== 'pipeline' || typeof json?.running !== 'boolean') return undefined;
    const obstacle = findObstacle(json.enabled === true, status?.state === 'running');
    return {
      verb: 'start',
      title: l10n.t('Start Run'),
      confirmation: 'harmless',
      input: { kind: 'none' },
      ...(obstacle && { obstacle }),
    };
  }

  async perform(pipeline: Resource, _answer: ActionInputValues, call: CallOptions): Promise<ActionResult> {
    const runId = readMade(await this.operations.startRun(pipeline.id, call));
    return { changed: [parentList(pipeline), pipeline.path], run: this.#watch(pipeline, runId) };
  }

  #watch({ label }: Resource, runId: string): StartedRun {
    return {
      title: l10n.t('Running "{0}"', label),
      poll: async (call) => {
        const { decoded: run } = readOne(await this.operations.run(runId, call), identities.run, runId);
        const status = runStatus(run);
        const { error, endTime } = run;
        const word = error === undefined ? status.label : `${status.label}: ${error}`;
        return { status: { ...status, label: word }, over: endTime !== undefined };
      },
    };
  }
}

function findObstacle(enabled: boolean, running: boolean): Obstacle | undefined {
  if (!enabled) return { reason: l10n.t('The pipeline is disabled.'), clearedBy: 'enable' };
  return running ? { reason: l10n.t('The pipeline is already running.') } : undefined;
}

/** Enables or disables a pipeline (PUT /v1/pipelines/{id}/status). */
export class SwitchPipeline implements ActionHandler {
  readonly id: 'enable' | 'disable';

  constructor(
    verb: 'enable' | 'disable',
    private readonly operations: Operations,
  ) {
    this.id = verb;
  }

  offer({ kind, json }: Resource): Offer | undefined {
    const enabling = this.id === 'enable';
    if (kind !== 'pipeline' || json?.enabled !== !enabling) return undefined;
    const title = enabling ? l10n.t('Enable…') : l10n.t('Disable…');
    return { verb: this.id, title, confirmation: 'confirm', input: { kind: 'none' } };
  }

  async perform(pipeline: Resource, _answer: ActionInputValues, call: CallOptions): Promise<ActionResult> {
    await this.operations.setPipelineStatus(pipeline.id, this.id === 'enable', call);
    return { changed: [parentList(pipeline)] };
  }
}
