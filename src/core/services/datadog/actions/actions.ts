import * as l10n from '@vscode/l10n';
import { requireDocument } from '../../common/actions';
import { pretty, readBase, readDocument } from '../../common/document';
import { bodyObject, throwNotFound } from '../../common/answerErrors';
import { checkChanged } from '../../common/readOne';
import type { HttpResponse } from '../../../http/types';
import type { Action, EditedDocument } from '../../contract/action';
import { type Resource, getJson } from '../../contract/resource';
import { readConnection } from '../levels/connections';
import {
  type ConnectionDocument,
  connectionDocument,
  fieldsDocument,
  fieldsDraft,
  newConnectionDraft,
} from './drafts';
import {
  changesBetween,
  checkNewFields,
  editableFields,
  type FieldChanges,
  type FieldDocument,
  isUnchanged,
} from './fieldChanges';
import { type Operations, writeBody } from '../client/operations';
import { findEntity, type Place } from '../levels/resources';

/** The actions of a resource: connections are created, edited and deleted. Makes no request. */
export function listActions(operations: Operations, resource: Resource): readonly Action[] {
  switch (resource.kind) {
    case 'entity':
      return [createConnection(operations, resource)];
    case 'connection':
      return [editFields(operations, resource), deleteConnection(operations, resource)];
    default:
      return [];
  }
}

/** CreateConnection. */
function createConnection(operations: Operations, entity: Resource): Action {
  return {
    id: 'createConnection',
    verb: 'create',
    title: l10n.t('Create Connection…'),
    confirmation: 'harmless',
    input: { kind: 'document' },
    draft: () => Promise.resolve(newConnectionDraft(entity.id)),
    preview: async ({ text }) => {
      const { id, ...attributes } = await newConnection(text);
      const creates = { kind: 'connection', label: id } as const;
      return { before: pretty({}), after: pretty(writeBody(id, attributes)), creates };
    },
    perform: async (values, call) => {
      const { id, ...attributes } = await newConnection(requireDocument(values).text);
      checkWritten(await operations.createConnection(entity.id, writeBody(id, attributes), call), id);
      return { changed: [entity.path] };
    },
  };
}

/** UpdateConnection, which takes fields to add, update and delete. */
function editFields(operations: Operations, connection: Resource): Action {
  return {
    id: 'editFields',
    verb: 'edit',
    title: l10n.t('Edit as JSON'),
    confirmation: 'confirm',
    input: { kind: 'document' },
    draft: async (call) => {
      const read = await readConnection(operations, connection, call);
      return fieldsDraft(editableFields(getJson(read)?.fields));
    },
    preview: async (document) => {
      const { before, after, changes } = await readFields(document);
      return {
        before: pretty({ fields: before, ...changesBetween(before, before) }),
        after: pretty({ fields: after, ...changes }),
      };
    },
    perform: async (values, call) => {
      const entity = entityAt(connection);
      const { changes } = await readFields(requireDocument(values));
      if (isUnchanged(changes)) return { message: l10n.t('No fields were changed.'), changed: [] };
      const body = writeBody(connection.id, changes);
      checkWritten(await operations.updateConnection(entity.id, body, call), connection.id);
      return { changed: [entity.path] };
    },
  };
}

/** DeleteConnection. */
function deleteConnection(operations: Operations, connection: Resource): Action {
  return {
    id: 'deleteConnection',
    verb: 'delete',
    title: l10n.t('Delete…'),
    confirmation: 'typeName',
    input: { kind: 'none' },
    perform: async (_values, call) => {
      const entity = entityAt(connection);
      checkWritten(await operations.deleteConnection(entity.id, connection.id, call), connection.id);
      return { changed: [entity.path] };
    },
  };
}

/** Responses to writes have no body; one that has must be about that connection. @throws as `checkChanged` does. */
function checkWritten(response: HttpResponse, id: string): void {
  checkChanged(response, 'id', id, bodyObject(response.text)?.data);
}

/** The fields before and after editing, and the difference. @throws DocumentError */
async function readFields({ text, base }: EditedDocument): Promise<{
  readonly before: readonly FieldDocument[];
  readonly after: readonly FieldDocument[];
  readonly changes: FieldChanges;
}> {
  const { fields: before } = await readBase(fieldsDocument, base);
  const { fields: after } = await readDocument(fieldsDocument, text, () => []);
  return { before, after, changes: changesBetween(before, after) };
}

async function newConnection(text: string): Promise<ConnectionDocument> {
  const document = await readDocument(connectionDocument, text);
  checkNewFields(document.fields);
  return document;
}

function entityAt(resource: Resource): Place {
  return findEntity(resource) ?? throwNotFound(resource);
}
