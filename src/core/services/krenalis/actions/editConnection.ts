import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { requireDocument } from '../../common/actions';
import { pretty } from '../../common/document';
import { writeJson } from '../../common/exactJson';
import { readOne } from '../../common/readOne';
import type { JsonObject } from '../../../http/json';
import type {
  ActionResult,
  Preview,
  ActionTemplate,
  ActionInputValues,
  EditedDocument,
} from '../../contract/action';
import type { Resource } from '../../contract/resource';
import type { Operations } from '../client/operations';
import { identities } from '../client/schemas';
import { type ActionHandler, parentList, type Offer } from './actionHandler';
import {
  nameSchema,
  objectSchema,
  parseDocument,
  sendingModes,
  sendingModeText,
  strategies,
  strategyText,
  wordSchema,
} from './documents';

/** Changes name, strategy and sending mode of a connection (PUT /v1/connections/{id}). */
export class EditConnection implements ActionHandler {
  readonly id = 'edit';

  constructor(private readonly operations: Operations) {}

  offer({ kind }: Resource): Offer | undefined {
    if (kind !== 'connection') return undefined;
    return {
      verb: 'edit',
      title: l10n.t('Edit…'),
      confirmation: 'confirm',
      input: { kind: 'document' },
    };
  }

  async draft({ id }: Resource, call: CallOptions): Promise<ActionTemplate> {
    const editable = await this.#editable(id, call);
    return { text: pretty(editable), schema: toSchema(editable) };
  }

  async preview({ id }: Resource, { text, base }: EditedDocument, call: CallOptions): Promise<Preview> {
    const after = pretty(await parseDocument(text, base));
    return { before: pretty(await this.#editable(id, call)), after };
  }

  async perform(connection: Resource, answer: ActionInputValues, call: CallOptions): Promise<ActionResult> {
    const { text, base } = requireDocument(answer);
    const body = writeJson(await parseDocument(text, base));
    await this.operations.updateConnection(connection.id, body, call);
    return { changed: [parentList(connection)] };
  }

  /** What can be changed, as it is. A strategy or sending mode that is null is not for this connection. */
  async #editable(id: string, call: CallOptions): Promise<JsonObject> {
    const response = await this.operations.connection(id, call);
    const { json } = readOne(response, identities.connection, id);
    const { name = '', strategy = null, sendingMode = null } = json;
    return {
      name,
      ...(strategy !== null && { strategy }),
      ...(sendingMode !== null && { sendingMode }),
    };
  }
}

function toSchema(editable: JsonObject): JsonObject {
  const properties = {
    name: nameSchema(),
    ...('strategy' in editable && { strategy: wordSchema(strategies, strategyText(), false) }),
    ...('sendingMode' in editable && { sendingMode: wordSchema(sendingModes, sendingModeText(), false) }),
  };
  return objectSchema(properties, Object.keys(properties));
}
