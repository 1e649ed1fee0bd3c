import * as l10n from '@vscode/l10n';
import { texts } from '../../../base/texts';
import { getAccountId, accountPath, childPath, idInPath } from '../../contract/path';
import type { JsonObject } from '../../../http/json';
import type { Resource } from '../../contract/resource';
import type { Attribute, Connection, ConnectionField } from '../client/schemas';

/** Path and ID of an entity. */
export type Place = Pick<Resource, 'path' | 'id'>;

/** The entity that a resource is or is below; undefined for an account. */
export function findEntity({ path }: Pick<Resource, 'path'>): Place | undefined {
  const id = idInPath(path, 'entity');
  if (id === undefined) return undefined;
  return { path: childPath(accountPath(getAccountId(path)), 'entity', id), id };
}

/** The row of an entity, such as `users`. */
export function entityResource(account: Resource, entity: string): Resource {
  return {
    path: childPath(account.path, 'entity', entity),
    kind: 'entity',
    id: entity,
    label: entity,
    hasChildren: true,
  };
}

/** The group of an entity's attributes. */
export function attributesGroup(entity: Place): Resource {
  const id = 'attributes';
  return {
    path: childPath(entity.path, 'group', id),
    kind: 'group',
    id,
    label: l10n.t('Attributes'),
    hasChildren: true,
  };
}

/** The row of a connection. Datadog has no names: the ID was chosen by its author. */
export function connectionResource(entity: Place, connection: Connection, json: JsonObject): Resource {
  const { id, type } = connection;
  const description = inOneLine(type, joinText(connection));
  const none = json.fields === undefined || json.fields === null || isEmptyList(json.fields);
  return {
    path: childPath(entity.path, 'connection', id),
    kind: 'connection',
    id,
    label: id,
    ...(description && { description }),
    hasChildren: !none,
    json,
    ...(type && { searchAttributes: { type } }),
  };
}

export function fieldResource(connection: Resource, field: ConnectionField, json: JsonObject): Resource {
  const description = inOneLine(field.type, field.source_name, groupsText(field));
  return fieldRow(connection, field.id, field.display_name, description, json);
}

export function attributeResource(group: Resource, attribute: Attribute, json: JsonObject): Resource {
  const { attribute: id, display_name: name } = attribute;
  return fieldRow(group, id, name, inOneLine(attribute.type, name && id, groupsText(attribute)), json);
}

/** How a connection is matched with the records of its entity: `user_email (email)`. */
export function joinText({ join }: Connection): string | undefined {
  if (join?.attribute === undefined) return join?.type;
  return join.type === undefined ? join.attribute : `${join.attribute} (${join.type})`;
}

/** The groups of a field or an attribute. */
export function groupsText({ groups }: { readonly groups?: readonly unknown[] | undefined }): string {
  return texts(groups).join(', ');
}

/** The origin of an attribute. */
export function originText({ is_custom: custom }: Attribute): string | undefined {
  if (custom === undefined) return undefined;
  return custom ? l10n.t('A connection') : 'Datadog';
}

function fieldRow(
  parent: Resource,
  id: string,
  name: string | undefined,
  description: string,
  json: JsonObject,
): Resource {
  return {
    path: childPath(parent.path, 'field', id),
    kind: 'field',
    id,
    label: name ?? id,
    ...(description && { description }),
    hasChildren: false,
    json,
  };
}

function inOneLine(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
