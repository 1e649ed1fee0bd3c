import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { toDate } from '../../common/dates';
import { writeJson } from '../../common/exactJson';
import { dateRow, decodedRows, type FactRow, idRow, knownFacts, userRow } from '../../common/overviewRows';
import { toUser, type User } from '../../common/users';
import { idInPath } from '../../contract/path';
import { isJsonObject, type JsonValue } from '../../../http/json';
import type { Property, ResourceFacts } from '../../contract/properties';
import type { Resource } from '../../contract/resource';
import { groupsText, joinText, originText } from '../levels/resources';
import {
  type Attribute,
  attributeSchema,
  type Connection,
  type ConnectionField,
  connectionSchema,
  fieldSchema,
} from '../client/schemas';
import { decodedJson } from '../../../http/jsonPart';

/** Properties for tooltips and the panel, most important first. */
export function toProperties({ kind, path, json }: Resource): readonly Property[] {
  if (kind === 'connection') {
    return knownFacts([
      ...decodedRows(connectionSchema, json, connectionRows),
      ...metadataRows(decodedJson(json)?.metadata),
    ]);
  }
  if (kind !== 'field') return [];
  return knownFacts(
    idInPath(path, 'connection') === undefined
      ? decodedRows(attributeSchema, json, attributeRows)
      : decodedRows(fieldSchema, json, fieldRows),
  );
}

function connectionRows(connection: Connection): readonly FactRow[] {
  return [
    [l10n.t('Type'), connection.type],
    [l10n.t('Joined by'), joinText(connection)],
    momentRow(l10n.t('Created'), connection.created_at),
    userRow(l10n.t('Created by'), user(connection.created_by)),
    momentRow(l10n.t('Updated'), connection.updated_at),
    userRow(l10n.t('Updated by'), user(connection.updated_by)),
    idRow('ID', connection.id),
  ];
}

function fieldRows(field: ConnectionField): readonly FactRow[] {
  return [
    [l10n.t('Description'), field.description],
    [l10n.t('Type'), field.type],
    idRow(l10n.t('Source column'), field.source_name),
    [l10n.t('Groups'), groupsText(field)],
    idRow('ID', field.id),
  ];
}

function attributeRows(attribute: Attribute): readonly FactRow[] {
  return [
    [l10n.t('Description'), attribute.description],
    [l10n.t('Type'), attribute.type],
    [l10n.t('Groups'), groupsText(attribute)],
    [l10n.t('Origin'), originText(attribute)],
    idRow('ID', attribute.attribute),
  ];
}

/** The metadata of a connection by key, such as the reference table that it reads. */
function metadataRows(metadata: JsonValue | undefined): readonly FactRow[] {
  if (!isJsonObject(metadata)) return [];
  return Object.entries(metadata).map(([key, value]) => [
    l10n.t('Metadata {0}', key),
    typeof value === 'string' ? value : writeJson(value),
  ]);
}

function momentRow(label: string, time: string | undefined): FactRow {
  return isZeroTime(time) ? [label, unknown()] : dateRow(label, time);
}

/** The service sends Go's zero time if it does not know one, as in its documented example. */
function isZeroTime(time: string | undefined): boolean {
  return time?.startsWith('0001-01-01') === true;
}

/** The nil UUID likewise. */
function user(id: string | undefined): User {
  return id !== undefined && /^[0-]+$/.test(id) ? { name: unknown() } : toUser(id);
}

function unknown(): string {
  return l10n.t('unknown');
}

/** The times of a connection. */
export function toFacts({ kind, json }: Resource): ResourceFacts {
  const decoded = v.safeParse(connectionSchema, decodedJson(json));
  if (kind !== 'connection' || !decoded.success) return {};
  return { created: knownTime(decoded.output.created_at), modified: knownTime(decoded.output.updated_at) };
}

function knownTime(time: string | undefined): string | undefined {
  return isZeroTime(time) ? undefined : toDate(time);
}
