import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { isJsonObject } from '../../common/decode';
import { diffJson, merge } from '../../common/exactJson';
import { anyObject, commented, filled, flawed, pretty, readBase, readDocument } from '../../common/document';
import { hiddenSecretsIn } from '../../common/documentSecrets';
import type { JsonObject, JsonValue } from '../../../http/json';
import type { ActionTemplate, EditedDocument } from '../../contract/action';

/** What a data view needs at least; what else it needs, the service's validation says (guide). */
const newDataView = v.looseObject({ name: filled, parentDataGroupId: filled });

export type NewDataView = v.InferOutput<typeof newDataView>;

/** What the service sets itself (guide): not part of a document. */
const SERVER_MADE: ReadonlySet<string> = new Set([
  'id',
  'owner',
  'ownerFullName',
  'isDeleted',
  'currentTimezoneOffset',
  'createdDate',
  'modifiedDate',
  'modifiedBy',
  'modifiedByFullName',
  'organization',
  'recentRecordedAccess',
  'systemUserOwned',
  'componentType',
]);

/** The document of a data view that is to be made: the fields of the guide's example that a person chooses. */
export function newDraft(connectionId: string): ActionTemplate {
  const dataView = {
    name: '',
    description: '',
    parentDataGroupId: connectionId,
    timezoneDesignator: 'UTC',
    sessionDefinition: [{ numPeriods: 30, granularity: 'MINUTE', func: 'INACTIVITY' }],
    containerNames: { event: 'Event', session: 'Session', people: 'Person' },
  };
  const lines = [
    l10n.t(
      'A data view of this connection. Saving opens a comparison and asks for confirmation before anything is sent.',
    ),
    l10n.t('The technical account must be a product administrator of Customer Journey Analytics.'),
  ];
  return {
    text: commented(lines, pretty(dataView)),
    schema: { type: 'object', required: ['name', 'parentDataGroupId'], properties },
  };
}

/** Reads the document of a data view that is to be made. @throws DocumentError */
export function readNew(text: string): Promise<NewDataView> {
  return readDocument(newDataView, text);
}

/**
 * The part of a data view that can be changed. Words of its sessions are in upper case, as the service wants them sent;
 * it answers them in lower case (guide).
 */
export function pickEditable(dataView: JsonObject): JsonObject {
  const members = Object.entries(dataView).filter(([name]) => !SERVER_MADE.has(name));
  return Object.fromEntries(
    members.map(([name, value]) => [name, name === 'sessionDefinition' ? upperSessions(value) : value]),
  );
}

/** The document of a data view that is to be changed. @param editable what of it can be. */
export function editDraft(editable: JsonObject): ActionTemplate {
  const lines = [
    l10n.t('Make your changes, then save.'),
    l10n.t('Only changed properties are sent, each as a whole.'),
    l10n.t('Removing a property does not change it.'),
    l10n.t('The technical account must be a product administrator of Customer Journey Analytics.'),
  ];
  return { text: commented(lines, pretty(editable)), schema: { type: 'object', properties } };
}

/**
 * What a document changes of what it began with, at every level; lists as a whole.
 * @returns an empty object where nothing differs.
 * @throws DocumentError where it is no JSON object, has an empty name, or would send what stands for a hidden secret.
 */
export async function toChanges({ text, base }: EditedDocument): Promise<JsonObject> {
  const document = await readDocument(anyObject, text, () => []);
  const changes = diffJson(await readBase(anyObject, base), document);
  if (!isJsonObject(changes)) return {};
  const { name } = changes;
  const unnamed = name !== undefined && !v.safeParse(filled, name).success;
  const flaws = [
    ...(unnamed ? [{ pointer: ['name'], message: l10n.t('must not be empty') }] : []),
    ...hiddenSecretsIn(changes),
  ];
  if (flaws.length > 0) throw flawed(flaws);
  return changes;
}

/** A data view as it would be with the changes in it. */
export function withChanges(dataView: JsonObject, changes: JsonObject): JsonObject {
  const after = merge(dataView, changes);
  return isJsonObject(after) ? after : dataView;
}

function upperSessions(sessions: JsonValue): JsonValue {
  return Array.isArray(sessions) ? sessions.map(upperSession) : sessions;
}

function upperSession(session: JsonValue): JsonValue {
  if (!isJsonObject(session)) return session;
  return Object.fromEntries(
    Object.entries(session).map(([name, value]) => [
      name,
      (name === 'granularity' || name === 'func') && typeof value === 'string' ? value.toUpperCase() : value,
    ]),
  );
}

/** JSON Schemas of the members that a person may write (guide). */
const properties: JsonObject = {
  name: { type: 'string', minLength: 1 },
  description: { type: 'string' },
  parentDataGroupId: { type: 'string', pattern: '^dg_' },
  timezoneDesignator: { type: 'string', examples: ['UTC', 'US/Mountain', 'Europe/Paris'] },
  segmentList: { type: 'array', items: { type: 'string' } },
  sessionDefinition: {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        numPeriods: { type: 'integer', minimum: 1 },
        granularity: { type: 'string', examples: ['MINUTE', 'HOUR', 'DAY', 'WEEK'] },
        func: { type: 'string', examples: ['INACTIVITY', 'BEFORE_EVENTS'] },
        events: { type: 'array', items: { type: 'string' } },
      },
    },
  },
  containerNames: {
    type: 'object',
    properties: { event: { type: 'string' }, session: { type: 'string' }, people: { type: 'string' } },
  },
  externalData: {
    type: 'object',
    properties: { externalId: { type: 'string' }, externalParentId: { type: 'string' } },
  },
  curationEnabled: { type: 'boolean' },
};
