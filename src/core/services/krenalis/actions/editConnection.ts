import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { requireDocument } from '../../common/actions';
import { parentList } from '../../contract/path';
import { pretty } from '../../common/document';
import { writeJson } from '../../common/exactJson';
import { checkChanged, readOne } from '../../common/readOne';
import type { JsonObject } from '../../../http/json';
import type { Action } from '../../contract/action';
import type { Resource } from '../../contract/resource';
import type { Operations } from '../client/operations';
import { identities } from '../client/schemas';
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

/** Edits name, strategy and sending mode of a connection (PUT /v1/connections/{id}). */
export function editConnection(operations: Operations, connection: Resource): Action {
  const { id } = connection;
  return {
    id: 'edit',
    verb: 'edit',
    title: l10n.t('Edit as JSON'),
    confirmation: 'confirm',
    input: { kind: 'document' },
    draft: async (call) => {
      const editable = await readEditable(operations, id, call);
      return { text: pretty(editable), schema: toSchema(editable) };
    },
    preview: async ({ text, base }, call) => {
      const after = pretty(await parseDocument(text, base));
      return { before: pretty(await readEditable(operations, id, call)), after };
    },
    perform: async (values, call) => {
      const { text, base } = requireDocument(values);
      const body = writeJson(await parseDocument(text, base));
      checkChanged(await operations.updateConnection(id, body, call), 'id', id);
      return { changed: [parentList(connection)] };
    },
  };
}

/** Deletes a connection with its pipelines (DELETE /v1/connections/{id}). */
export function deleteConnection(operations: Operations, connection: Resource): Action {
  return {
    id: 'delete',
    verb: 'delete',
    title: l10n.t('Delete…'),
    confirmation: 'typeName',
    input: { kind: 'none' },
    perform: async (_values, call) => {
      checkChanged(await operations.deleteConnection(connection.id, call), 'id', connection.id);
      return { changed: [parentList(connection)] };
    },
  };
}

/** The editable members in their current state. A strategy or sending mode that is null does not apply to the connection. */
async function readEditable(operations: Operations, id: string, call: CallOptions): Promise<JsonObject> {
  const response = await operations.connection(id, call);
  const { json } = readOne(response, identities.connection, id);
  const { name = '', strategy = null, sendingMode = null } = json;
  return {
    name,
    ...(strategy !== null && { strategy }),
    ...(sendingMode !== null && { sendingMode }),
  };
}

function toSchema(editable: JsonObject): JsonObject {
  const properties = {
    name: nameSchema(),
    ...('strategy' in editable && { strategy: wordSchema(strategies, strategyText(), false) }),
    ...('sendingMode' in editable && { sendingMode: wordSchema(sendingModes, sendingModeText(), false) }),
  };
  return objectSchema(properties, Object.keys(properties));
}
