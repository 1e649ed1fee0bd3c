import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/client';
import type { ActionAnswer, Outcome, Resource } from '../../service';
import type { Operations } from '../operations';
import { type Deed, listAround, type Offer } from './deed';

/** Enables or disables a pipeline (PUT /v1/pipelines/{id}/status). */
export class SwitchPipeline implements Deed {
  readonly id: 'enable' | 'disable';
  readonly #operations: Operations;

  constructor(verb: 'enable' | 'disable', operations: Operations) {
    this.id = verb;
    this.#operations = operations;
  }

  offer({ kind, json }: Resource): Offer | undefined {
    const enabling = this.id === 'enable';
    if (kind !== 'pipeline' || json?.enabled !== !enabling) return undefined;
    const title = enabling ? l10n.t('Enable…') : l10n.t('Disable…');
    return { verb: this.id, title, danger: 'confirm', input: { kind: 'none' } };
  }

  async perform(pipeline: Resource, _answer: ActionAnswer, call: CallOptions): Promise<Outcome> {
    await this.#operations.setPipelineStatus(pipeline.id, this.id === 'enable', call);
    return { changed: [listAround(pipeline)] };
  }
}
