import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../http/client';
import { documentOf, unknownAction } from '../actionAnswers';
import { pretty, readDocument } from '../document';
import { gone } from '../gone';
import type { ResourcePath } from '../path';
import type { Action, ActionAnswer, Actions, Draft, Outcome, Preview, Resource } from '../service';
import { readConnection } from './connections';
import {
  type ConnectionDocument,
  connectionDocument,
  fieldsDocument,
  fieldsDraft,
  newConnectionDraft,
} from './drafts';
import { changesBetween, complete, editableFields, type FieldDocument, isUnchanged } from './fieldChanges';
import { type Operations, writeBody } from './operations';
import { entityOf, type Place } from './resources';

const CREATE = 'createConnection';
const EDIT = 'editFields';
const DELETE = 'deleteConnection';

/** Creates, edits and deletes connections (CreateConnection, UpdateConnection, DeleteConnection). */
export class DatadogActions implements Actions {
  readonly #operations: Operations;
  /**
   * The fields that a draft began with. What was edited is the difference to them, not to what the service holds by
   * then: a field that somebody else added meanwhile must not be deleted for its absence from the document.
   */
  readonly #drafted = new Map<ResourcePath, readonly FieldDocument[]>();

  constructor(operations: Operations) {
    this.#operations = operations;
  }

  of({ kind }: Resource): readonly Action[] {
    if (kind === 'entity') return [create()];
    return kind === 'connection' ? [editFields(), remove()] : [];
  }

  async draft(resource: Resource, actionId: string, call: CallOptions): Promise<Draft> {
    if (actionId === CREATE) return newConnectionDraft(entityAt(resource).id);
    if (actionId !== EDIT) throw unknownAction('Datadog', actionId);
    const fields = await this.#fields(resource, call);
    this.#drafted.set(resource.path, fields);
    return fieldsDraft(fields);
  }

  async preview(resource: Resource, actionId: string, text: string, call: CallOptions): Promise<Preview> {
    if (actionId === CREATE) {
      const { id, ...attributes } = await newConnection(text);
      return { before: pretty({}), after: pretty(writeBody(id, attributes)) };
    }
    if (actionId !== EDIT) throw unknownAction('Datadog', actionId);
    const before = await this.#before(resource, call);
    const { fields: after } = await readDocument(fieldsDocument, text);
    return {
      before: pretty({ fields: before, ...changesBetween(before, before) }),
      after: pretty({ fields: after, ...changesBetween(before, after) }),
    };
  }

  async perform(
    resource: Resource,
    actionId: string,
    answer: ActionAnswer,
    call: CallOptions,
  ): Promise<Outcome> {
    const entity = entityAt(resource);
    switch (actionId) {
      case CREATE: {
        const { id, ...attributes } = await newConnection(documentOf(answer));
        await this.#operations.createConnection(entity.id, writeBody(id, attributes), call);
        return { changed: [entity.path] };
      }
      case EDIT:
        return this.#edit(resource, documentOf(answer), call);
      case DELETE:
        await this.#operations.deleteConnection(entity.id, resource.id, call);
        return { changed: [entity.path] };
      default:
        throw unknownAction('Datadog', actionId);
    }
  }

  async #edit(connection: Resource, text: string, call: CallOptions): Promise<Outcome> {
    const { fields: after } = await readDocument(fieldsDocument, text);
    const changes = changesBetween(await this.#before(connection, call), after);
    if (isUnchanged(changes)) return { message: l10n.t('The fields are as they were.'), changed: [] };
    const entity = entityAt(connection);
    await this.#operations.updateConnection(entity.id, writeBody(connection.id, changes), call);
    this.#drafted.delete(connection.path);
    return { changed: [entity.path] };
  }

  async #before(connection: Resource, call: CallOptions): Promise<readonly FieldDocument[]> {
    return this.#drafted.get(connection.path) ?? this.#fields(connection, call);
  }

  async #fields(connection: Resource, call: CallOptions): Promise<readonly FieldDocument[]> {
    return editableFields((await readConnection(this.#operations, connection, call)).json?.fields);
  }
}

function create(): Action {
  return {
    id: CREATE,
    verb: 'create',
    title: l10n.t('Create Connection…'),
    danger: 'harmless',
    input: { kind: 'document' },
  };
}

function editFields(): Action {
  return {
    id: EDIT,
    verb: 'edit',
    title: l10n.t('Edit Fields…'),
    danger: 'confirm',
    input: { kind: 'document' },
  };
}

function remove(): Action {
  return {
    id: DELETE,
    verb: 'delete',
    title: l10n.t('Delete Connection…'),
    danger: 'typeName',
    input: { kind: 'none' },
  };
}

async function newConnection(text: string): Promise<ConnectionDocument> {
  const document = await readDocument(connectionDocument, text);
  return { ...document, fields: document.fields.map(complete) };
}

function entityAt(resource: Resource): Place {
  return entityOf(resource) ?? gone(resource);
}
