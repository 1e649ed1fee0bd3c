import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { type ActionsById, requireDocument, unknownAction } from '../../common/actions';
import { pretty, readBase, readDocument } from '../../common/document';
import { throwNotFound } from '../../common/answerErrors';
import type {
  ActionResult,
  Preview,
  ActionTemplate,
  ActionInputValues,
  EditedDocument,
  ActionInfo,
} from '../../contract/action';
import type { Resource } from '../../contract/resource';
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
  type FieldDocument,
  isUnchanged,
} from './fieldChanges';
import { type Operations, writeBody } from '../client/operations';
import { findEntity, type Place } from '../levels/resources';

const CREATE = 'createConnection';
const EDIT = 'editFields';
const DELETE = 'deleteConnection';
const IDS = [CREATE, EDIT, DELETE] as const;

/** Creates, edits and deletes connections (CreateConnection, UpdateConnection, DeleteConnection). */
export class DatadogActions implements ActionsById {
  readonly ids = IDS;

  constructor(private readonly operations: Operations) {}

  actionsFor({ kind }: Resource): readonly ActionInfo[] {
    if (kind === 'entity') return [create()];
    return kind === 'connection' ? [editFields(), remove()] : [];
  }

  async draft(resource: Resource, actionId: string, call: CallOptions): Promise<ActionTemplate> {
    if (actionId === CREATE) return newConnectionDraft(entityAt(resource).id);
    if (actionId !== EDIT) throw unknownAction('Datadog', actionId);
    return fieldsDraft(await this.#fields(resource, call));
  }

  async preview(_resource: Resource, actionId: string, { text, base }: EditedDocument): Promise<Preview> {
    if (actionId === CREATE) {
      const { id, ...attributes } = await newConnection(text);
      const creates = { kind: 'connection', label: id } as const;
      return { before: pretty({}), after: pretty(writeBody(id, attributes)), creates };
    }
    if (actionId !== EDIT) throw unknownAction('Datadog', actionId);
    const { fields: before } = await readBase(fieldsDocument, base);
    const { fields: after } = await readDocument(fieldsDocument, text, () => []);
    return {
      before: pretty({ fields: before, ...changesBetween(before, before) }),
      after: pretty({ fields: after, ...changesBetween(before, after) }),
    };
  }

  async perform(
    resource: Resource,
    actionId: string,
    answer: ActionInputValues,
    call: CallOptions,
  ): Promise<ActionResult> {
    const entity = entityAt(resource);
    switch (actionId) {
      case CREATE: {
        const { id, ...attributes } = await newConnection(requireDocument(answer).text);
        await this.operations.createConnection(entity.id, writeBody(id, attributes), call);
        return { changed: [entity.path] };
      }
      case EDIT:
        return this.#edit(resource, requireDocument(answer), call);
      case DELETE:
        await this.operations.deleteConnection(entity.id, resource.id, call);
        return { changed: [entity.path] };
      default:
        throw unknownAction('Datadog', actionId);
    }
  }

  async #edit(
    connection: Resource,
    { text, base }: EditedDocument,
    call: CallOptions,
  ): Promise<ActionResult> {
    const { fields: before } = await readBase(fieldsDocument, base);
    const { fields: after } = await readDocument(fieldsDocument, text, () => []);
    const changes = changesBetween(before, after);
    if (isUnchanged(changes)) return { message: l10n.t('No fields were changed.'), changed: [] };
    const entity = entityAt(connection);
    await this.operations.updateConnection(entity.id, writeBody(connection.id, changes), call);
    return { changed: [entity.path] };
  }

  async #fields(connection: Resource, call: CallOptions): Promise<readonly FieldDocument[]> {
    return editableFields((await readConnection(this.operations, connection, call)).json?.fields);
  }
}

function create(): ActionInfo {
  return {
    id: CREATE,
    verb: 'create',
    title: l10n.t('Create Connection…'),
    confirmation: 'harmless',
    input: { kind: 'document' },
  };
}

function editFields(): ActionInfo {
  return {
    id: EDIT,
    verb: 'edit',
    title: l10n.t('Edit Fields…'),
    confirmation: 'confirm',
    input: { kind: 'document' },
  };
}

function remove(): ActionInfo {
  return {
    id: DELETE,
    verb: 'delete',
    title: l10n.t('Delete Connection…'),
    confirmation: 'typeName',
    input: { kind: 'none' },
  };
}

async function newConnection(text: string): Promise<ConnectionDocument> {
  const document = await readDocument(connectionDocument, text);
  checkNewFields(document.fields);
  return document;
}

function entityAt(resource: Resource): Place {
  return findEntity(resource) ?? throwNotFound(resource);
}
