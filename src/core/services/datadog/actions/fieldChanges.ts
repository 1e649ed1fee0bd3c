import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { texts } from '../../../base/texts';
import { filled, flawed } from '../../common/document';
import { diffJson, writeJson } from '../../common/exactJson';
import type { DocumentFlaw } from '../../common/documentError';
import { hiddenSecretsIn } from '../../common/documentSecrets';
import type { JsonObject } from '../../../http/json';
import { type ConnectionField, fieldSchema } from '../client/schemas';

/** A field in a document. The service requires the first three members to create one. */
export const fieldDocument = v.strictObject({
  id: filled,
  source_name: v.optional(v.string()),
  type: v.optional(v.string()),
  display_name: v.optional(v.string()),
  description: v.optional(v.string()),
  groups: v.optional(v.array(v.string())),
});

export type FieldDocument = v.InferOutput<typeof fieldDocument>;

/** The changes in a request of UpdateConnection. */
export interface FieldChanges {
  readonly fields_to_add: readonly FieldDocument[];
  readonly fields_to_update: readonly FieldUpdate[];
  readonly fields_to_delete: readonly string[];
}

interface FieldUpdate {
  readonly field_id: string;
  readonly updated_display_name: string;
  readonly updated_description?: string;
  readonly updated_groups: readonly string[];
}

/** The editable fields of a connection. Invalid ones are omitted, and never changed. */
export function editableFields(fields: unknown): readonly FieldDocument[] {
  return (Array.isArray(fields) ? (fields as readonly unknown[]) : []).flatMap((field) => {
    const decoded = v.safeParse(fieldSchema, field);
    return decoded.success ? [editable(decoded.output)] : [];
  });
}

/**
 * The changes that turn one list of fields into another. Their order is ignored, because the service keeps
 * its own.
 * @throws DocumentError for a change that the service does not support.
 */
export function changesBetween(
  before: readonly FieldDocument[],
  after: readonly FieldDocument[],
): FieldChanges {
  const known = new Map(before.map((field) => [field.id, field]));
  const wanted = new Set(after.map(({ id }) => id));
  check(after.flatMap((field, at) => findFlaws(after, known.get(field.id), field, at)));
  return {
    fields_to_add: after.filter(({ id }) => !known.has(id)),
    fields_to_update: after.flatMap((field) => toUpdates(known.get(field.id), field)),
    fields_to_delete: before.map(({ id }) => id).filter((id) => !wanted.has(id)),
  };
}

/** True if there is nothing to send. */
export function isUnchanged(changes: FieldChanges): boolean {
  return Object.values(changes).every((list: readonly unknown[]) => list.length === 0);
}

/**
 * @throws DocumentError if a field of a new connection lacks a required member, or has the ID of another one.
 */
export function checkNewFields(fields: readonly FieldDocument[]): void {
  check(fields.flatMap((field, at) => findFlaws(fields, undefined, field, at)));
}

function check(flaws: readonly DocumentFlaw[]): void {
  if (flaws.length > 0) throw flawed(flaws);
}

/** The errors of the field at an index of a list. Requirements of the service: OpenAPI. */
function findFlaws(
  fields: readonly FieldDocument[],
  before: FieldDocument | undefined,
  field: FieldDocument,
  at: number,
): readonly DocumentFlaw[] {
  const first = fields.findIndex(({ id }) => id === field.id);
  const repeated =
    first < at ? [{ pointer: ['fields', at, 'id'], message: l10n.t('is used more than once') }] : [];
  const wrong = (['source_name', 'type'] as const).flatMap((member): readonly DocumentFlaw[] => {
    const pointer = ['fields', at, member];
    if (before && before[member] !== field[member]) {
      const message = l10n.t('cannot be changed. Add a field with another ID instead');
      return [{ pointer, message }];
    }
    if (before || field[member]) return [];
    const message = field[member] === undefined ? l10n.t('is missing') : l10n.t('must not be empty');
    return [{ pointer, message }];
  });
  const changed = diffJson(before as JsonObject | undefined, field as JsonObject);
  return [...repeated, ...wrong, ...hiddenSecretsIn(changed, ['fields', at])];
}

function toUpdates(before: FieldDocument | undefined, after: FieldDocument): readonly FieldUpdate[] {
  if (before === undefined) return [];
  const { id, display_name = '', description = '', groups = [] } = after;
  const same =
    display_name === (before.display_name ?? '') &&
    description === (before.description ?? '') &&
    writeJson(groups) === writeJson(before.groups ?? []);
  if (same) return [];
  const described = description !== '' || before.description !== undefined;
  return [
    {
      field_id: id,
      updated_display_name: display_name,
      ...(described && { updated_description: description }),
      updated_groups: groups,
    },
  ];
}

function editable({ groups, ...field }: ConnectionField): FieldDocument {
  return { ...field, groups: [...texts(groups)] };
}
