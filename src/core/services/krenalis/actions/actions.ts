import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { type ActionsById, unknownAction } from '../../common/actions';
import type {
  ActionResult,
  AuthorizationRequest,
  Preview,
  ActionTemplate,
  ActionInputValues,
  EditedDocument,
  ActionInfo,
} from '../../contract/action';
import type { Resource } from '../../contract/resource';
import type { ConnectorCache } from '../client/connectors';
import type { OAuth } from './oauth';
import type { Operations } from '../client/operations';
import { CreateConnection } from './createConnection';
import type { ActionHandler } from './actionHandler';
import { DeleteConnection } from './deleteConnection';
import { EditConnection } from './editConnection';
import { LinkConnection } from './linkConnection';
import { RunPipeline, SwitchPipeline } from './pipelines';

/** What can be changed at Krenalis: connections, their links, and pipelines. */
export class KrenalisActions implements ActionsById {
  /** In the order of menus: the most dangerous last. */
  readonly #deeds: readonly ActionHandler[];

  constructor(operations: Operations, catalogue: ConnectorCache, oauth: OAuth) {
    this.#deeds = [
      new CreateConnection(operations, catalogue, oauth),
      new RunPipeline(operations),
      new SwitchPipeline('enable', operations),
      new SwitchPipeline('disable', operations),
      new EditConnection(operations),
      new LinkConnection('link', operations, catalogue),
      new LinkConnection('unlink', operations, catalogue),
      new DeleteConnection(operations),
    ];
  }

  get ids(): readonly string[] {
    return this.#deeds.map(({ id }) => id);
  }

  actionsFor(resource: Resource): readonly ActionInfo[] {
    return this.#deeds.flatMap((deed) => {
      const offer = deed.offer(resource);
      return offer ? [{ ...offer, id: deed.id }] : [];
    });
  }

  async draft(resource: Resource, actionId: string, call: CallOptions): Promise<ActionTemplate> {
    const draft = await this.#deed(actionId).draft?.(resource, call);
    return draft ?? withoutDocument(actionId);
  }

  async preview(
    resource: Resource,
    actionId: string,
    document: EditedDocument,
    call: CallOptions,
  ): Promise<Preview> {
    const preview = await this.#deed(actionId).preview?.(resource, document, call);
    return preview ?? withoutDocument(actionId);
  }

  async consent(
    _resource: Resource,
    actionId: string,
    answer: ActionInputValues,
    call: CallOptions,
  ): Promise<AuthorizationRequest | undefined> {
    return this.#deed(actionId).consent?.(answer, call);
  }

  async perform(
    resource: Resource,
    actionId: string,
    answer: ActionInputValues,
    call: CallOptions,
  ): Promise<ActionResult> {
    return this.#deed(actionId).perform(resource, answer, call);
  }

  #deed(actionId: string): ActionHandler {
    const deed = this.#deeds.find(({ id }) => id === actionId);
    if (deed) return deed;
    throw unknownAction('Krenalis', actionId);
  }
}

function withoutDocument(actionId: string): never {
  throw new HttpError('rejected', l10n.t('The action {0} does not use a document.', actionId));
}
