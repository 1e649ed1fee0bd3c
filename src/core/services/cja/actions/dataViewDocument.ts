import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { diffJson, merge } from '../../common/exactJson';
import { anyObject, commented, filled, flawed, pretty, readBase, readDocument } from '../../common/document';
import { hiddenSecretsIn } from '../../common/documentSecrets';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../http/json';
import type { ActionTemplate, EditedDocument } from '../../contract/action';

/** The minimum for a data view. The service's validation reports what else is missing (guide). */
const newDataView = v.looseObject({ name: filled, parentDataGroupId: filled });

export type NewDataView = v.InferOutput<typeof newDataView>;

/** Members that the service sets itself (guide), which are not part of a document. */
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

/** The document for a new data view: the fields of the guide's example that the user chooses. */
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

/** Reads the document of a new data view. @throws DocumentError */
export function readNew(text: string): Promise<NewDataView> {
  return readDocument(newDataView, text);
}

/**
 * The editable part of a data view. Words of its session definition are in upper case, as the service
 * requires; it returns them in lower case (guide).
 */
export function pickEditable(dataView: JsonObject): JsonObject {
  const members = Object.entries(dataView).filter(([name]) => !SERVER_MADE.has(name));
  return Object.fromEntries(
    members.map(([name, value]) => [name, name === 'sessionDefinition' ? upperSessions(value) : value]),
  );
}

/** The document for editing a data view. @param editable the editable part of it. */
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
 * The changes that a document makes to its base, at every level; lists as a whole.
 * @returns an empty object if there are none.
 * @throws DocumentError if it is not a JSON object, has an empty name, or would send the mask of a hidden
 * secret.
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

/** Applies changes to a data view. */
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

/** JSON Schemas of the members that users may edit (guide). */
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
