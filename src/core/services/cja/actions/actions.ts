import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { requireDocument } from '../../common/actions';
import { getMember, writeJson } from '../../common/exactJson';
import { pretty } from '../../common/document';
import { getAccountPath, childPath, parentList, type ResourcePath } from '../../contract/path';
import { readExactOne, readMade } from '../../common/readOne';
import type { JsonObject } from '../../../http/json';
import type { Action } from '../../contract/action';
import type { Resource } from '../../contract/resource';
import { dataViewFull } from '../client/expansions';
import type { Operations } from '../client/operations';
import { dataViewIdentity } from '../client/schemas';
import { dataViewsGroup, isHiddenConnection } from '../levels/resources';
import { toChanges, pickEditable, editDraft, newDraft, readNew, withChanges } from './dataViewDocument';
import { checkDeleted, checkModified, nameOfCopy, checkDataView } from './dataViewAnswers';

/**
 * The actions of a resource: data views are created, edited, copied and deleted. The public API cannot change connections.
 * Makes no request.
 */
export function listActions(operations: Operations, resource: Resource): readonly Action[] {
  switch (resource.kind) {
    case 'connection':
      // An account that sees a connection only from its data views is not its administrator.
      return isHiddenConnection(resource) ? [] : [createDataView(operations, resource)];
    case 'dataView':
      return [
        editDataView(operations, resource),
        copyDataView(operations, resource),
        deleteDataView(operations, resource),
      ];
    default:
      return [];
  }
}

function createDataView(operations: Operations, connection: Resource): Action {
  return {
    id: 'createDataView',
    verb: 'createDataView',
    title: l10n.t('Create Data View…'),
    confirmation: 'confirm',
    input: { kind: 'document' },
    draft: () => Promise.resolve(newDraft(connection.id)),
    preview: async ({ text }, call) => {
      const dataView = await readNew(text);
      const creates = { kind: 'dataView', label: dataView.name } as const;
      await checkDataView(operations, dataView, call);
      return { before: '', after: pretty(dataView), creates };
    },
    perform: async (values, call) => {
      const { text } = requireDocument(values);
      await readNew(text);
      readMade(await operations.createDataView(text, call));
      return { changed: [dataViewsGroup(connection).path] };
    },
  };
}

function editDataView(operations: Operations, dataView: Resource): Action {
  const { id } = dataView;
  /** The whole data view in its current state. */
  const read = async (call: CallOptions): Promise<JsonObject> =>
    readExactOne(await operations.dataView(id, { expansion: dataViewFull }, call), dataViewIdentity, id);
  return {
    id: 'editDataView',
    verb: 'edit',
    title: l10n.t('Edit as JSON'),
    confirmation: 'confirm',
    input: { kind: 'document' },
    draft: async (call) => editDraft(pickEditable(await read(call))),
    preview: async (document, call) => {
      const changes = await toChanges(document);
      const current = await read(call);
      const before = pretty(pickEditable(current));
      const after = withChanges(current, changes);
      const names = Object.keys(changes);
      if (names.length > 0) await checkDataView(operations, after, call, names);
      return { before, after: pretty(pickEditable(after)) };
    },
    perform: async (values, call) => {
      const changes = await toChanges(requireDocument(values));
      const names = Object.keys(changes);
      if (names.length > 0) {
        // Nested objects are sent whole, because whether the service merges them is not documented.
        const after = withChanges(await read(call), changes);
        const sent = Object.fromEntries(names.map((name) => [name, getMember(after, name) ?? null]));
        checkModified(await operations.modifyDataView(id, writeJson(sent), call), id);
      }
      return { changed: [parentList(dataView), ...movedTo(dataView, changes)] };
    },
  };
}

function copyDataView(operations: Operations, dataView: Resource): Action {
  return {
    id: 'copyDataView',
    verb: 'duplicate',
    title: l10n.t('Duplicate'),
    confirmation: 'confirm',
    input: { kind: 'none' },
    perform: async (_values, call) => {
      const name = nameOfCopy(await operations.copyDataView(dataView.id, call), dataView.id);
      const message = name && l10n.t('The copy is named "{0}".', name);
      return { changed: [parentList(dataView)], ...(message && { message }) };
    },
  };
}

function deleteDataView(operations: Operations, dataView: Resource): Action {
  return {
    id: 'deleteDataView',
    verb: 'delete',
    title: l10n.t('Delete…'),
    confirmation: 'typeName',
    input: { kind: 'none' },
    perform: async (_values, call) => {
      checkDeleted(await operations.deleteDataView(dataView.id, call));
      return { changed: [parentList(dataView)] };
    },
  };
}

/** The list of the other connection, if an edit moves a data view there. */
function movedTo({ path }: Resource, { parentDataGroupId: id }: JsonObject): readonly ResourcePath[] {
  if (typeof id !== 'string') return [];
  return [dataViewsGroup({ path: childPath(getAccountPath(path), 'connection', id) }).path];
}
