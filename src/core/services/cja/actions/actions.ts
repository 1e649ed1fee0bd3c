import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { type ActionsById, requireDocument, unknownAction } from '../../common/actions';
import { getMember, writeJson } from '../../common/exactJson';
import { pretty } from '../../common/document';
import { getAccountPath, childPath, parentPath, type ResourcePath } from '../../contract/path';
import { readMade } from '../../common/readOne';
import type { JsonObject } from '../../../http/json';
import type {
  ActionResult,
  Preview,
  ActionTemplate,
  ActionInputValues,
  EditedDocument,
  ActionInfo,
} from '../../contract/action';
import type { Resource } from '../../contract/resource';
import { dataViewFull } from '../client/expansions';
import type { Operations } from '../client/operations';
import { dataViewsGroup, isHiddenConnection } from '../levels/resources';
import { toChanges, pickEditable, editDraft, newDraft, readNew, withChanges } from './dataViewDocument';
import { checkDeleted, checkModified, nameOfMade, readDataView } from './dataViewAnswers';
import { checkDataView } from './validation';

const ACTION_IDS = ['createDataView', 'editDataView', 'copyDataView', 'deleteDataView'] as const;

type ActionId = (typeof ACTION_IDS)[number];

/** What changes Adobe CJA: data views are made, changed, copied and deleted; connections cannot be, by the public API. */
export class CjaActions implements ActionsById {
  readonly ids = ACTION_IDS;

  constructor(private readonly operations: Operations) {}

  actionsFor(resource: Resource): readonly ActionInfo[] {
    const { kind } = resource;
    // The account is no administrator of what it sees by data views only.
    if (kind === 'connection' && !isHiddenConnection(resource)) return [createOffer()];
    return kind === 'dataView' ? dataViewOffers() : [];
  }

  async draft(resource: Resource, actionId: string, call: CallOptions): Promise<ActionTemplate> {
    switch (documentAction(actionId)) {
      case 'createDataView':
        return newDraft(resource.id);
      case 'editDataView':
        return editDraft(pickEditable(await this.#read(resource, call)));
    }
  }

  /** The service checks what would come of the document: what it finds wrong is a flaw of the document. */
  async preview(
    resource: Resource,
    actionId: string,
    document: EditedDocument,
    call: CallOptions,
  ): Promise<Preview> {
    switch (documentAction(actionId)) {
      case 'createDataView': {
        const dataView = await readNew(document.text);
        const creates = { kind: 'dataView', label: dataView.name } as const;
        await checkDataView(this.operations, dataView, call);
        return { before: '', after: pretty(dataView), creates };
      }
      case 'editDataView': {
        const changes = await toChanges(document);
        const current = await this.#read(resource, call);
        const before = pretty(pickEditable(current));
        const after = withChanges(current, changes);
        const names = Object.keys(changes);
        if (names.length > 0) await checkDataView(this.operations, after, call, names);
        return { before, after: pretty(pickEditable(after)) };
      }
    }
  }

  async perform(
    resource: Resource,
    actionId: string,
    answer: ActionInputValues,
    call: CallOptions,
  ): Promise<ActionResult> {
    switch (checked(actionId)) {
      case 'createDataView':
        return this.#create(resource, requireDocument(answer), call);
      case 'editDataView':
        return this.#edit(resource, requireDocument(answer), call);
      case 'copyDataView':
        return this.#copy(resource, call);
      case 'deleteDataView':
        return this.#delete(resource, call);
    }
  }

  async #create(connection: Resource, { text }: EditedDocument, call: CallOptions): Promise<ActionResult> {
    await readNew(text);
    readMade(await this.operations.createDataView(text, call));
    return { changed: [dataViewsGroup(connection).path] };
  }

  /** What is nested is sent whole, with the changes in it: whether the service merges it is not documented. */
  async #edit(dataView: Resource, document: EditedDocument, call: CallOptions): Promise<ActionResult> {
    const changes = await toChanges(document);
    const names = Object.keys(changes);
    if (names.length > 0) {
      const after = withChanges(await this.#read(dataView, call), changes);
      const sent = Object.fromEntries(names.map((name) => [name, getMember(after, name) ?? null]));
      const body = writeJson(sent);
      checkModified(await this.operations.modifyDataView(dataView.id, body, call), dataView.id);
    }
    return { changed: [...parentLists(dataView), ...movedTo(dataView, changes)] };
  }

  async #copy(dataView: Resource, call: CallOptions): Promise<ActionResult> {
    const name = nameOfMade(await this.operations.copyDataView(dataView.id, call));
    const message = name && l10n.t('The copy is named "{0}".', name);
    return { changed: parentLists(dataView), ...(message && { message }) };
  }

  async #delete(dataView: Resource, call: CallOptions): Promise<ActionResult> {
    checkDeleted(await this.operations.deleteDataView(dataView.id, call));
    return { changed: parentLists(dataView) };
  }

  /** The data view as it is now, whole. */
  async #read({ id }: Resource, call: CallOptions): Promise<JsonObject> {
    return readDataView(await this.operations.dataView(id, { expansion: dataViewFull }, call), id);
  }
}

function createOffer(): ActionInfo {
  const title = l10n.t('Create Data View…');
  return {
    id: 'createDataView',
    verb: 'create',
    title,
    confirmation: 'confirm',
    input: { kind: 'document' },
  };
}

function dataViewOffers(): readonly ActionInfo[] {
  const none = { kind: 'none' } as const;
  return [
    {
      id: 'editDataView',
      verb: 'edit',
      title: l10n.t('Edit…'),
      confirmation: 'confirm',
      input: { kind: 'document' },
    },
    {
      id: 'copyDataView',
      verb: 'duplicate',
      title: l10n.t('Duplicate'),
      confirmation: 'confirm',
      input: none,
    },
    { id: 'deleteDataView', verb: 'delete', title: l10n.t('Delete…'), confirmation: 'typeName', input: none },
  ];
}

/** The list that a data view stands in. */
function parentLists({ path }: Resource): readonly ResourcePath[] {
  return [parentPath(path) ?? path];
}

/** The list of the other connection, where an edit moves a data view there. */
function movedTo({ path }: Resource, { parentDataGroupId: id }: JsonObject): readonly ResourcePath[] {
  if (typeof id !== 'string') return [];
  return [dataViewsGroup({ path: childPath(getAccountPath(path), 'connection', id) }).path];
}

/** @throws HttpError kind `rejected` where it is none of the service's. */
function checked(actionId: string): ActionId {
  const known = ACTION_IDS.find((id) => id === actionId);
  if (known) return known;
  throw unknownAction('Adobe CJA', actionId);
}

function documentAction(actionId: string): 'createDataView' | 'editDataView' {
  const id = checked(actionId);
  if (id === 'createDataView' || id === 'editDataView') return id;
  throw new HttpError('rejected', l10n.t('The action {0} does not use a document.', actionId));
}
