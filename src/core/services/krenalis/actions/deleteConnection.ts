import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import type { ActionResult, ActionInputValues } from '../../contract/action';
import type { Resource } from '../../contract/resource';
import type { Operations } from '../client/operations';
import { type ActionHandler, parentList, type Offer } from './actionHandler';

/** Deletes a connection with its pipelines (DELETE /v1/connections/{id}). */
export class DeleteConnection implements ActionHandler {
  readonly id = 'delete';

  constructor(private readonly operations: Operations) {}

  offer({ kind }: Resource): Offer | undefined {
    if (kind !== 'connection') return undefined;
    return {
      verb: 'delete',
      title: l10n.t('Delete…'),
      confirmation: 'typeName',
      input: { kind: 'none' },
    };
  }

  async perform(connection: Resource, _answer: ActionInputValues, call: CallOptions): Promise<ActionResult> {
    await this.operations.deleteConnection(connection.id, call);
    return { changed: [parentList(connection)] };
  }
}
