import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { texts } from '../decode';
import { filled, unfit } from '../document';
import { type ConnectionField, fieldSchema } from './schemas';

/** A field as it stands in a document. The service needs the first three to make one. */
export const fieldDocument = v.strictObject({
  id: filled,
  source_name: v.optional(v.string()),
  type: v.optional(v.string()),
  display_name: v.optional(v.string()),
  description: v.optional(v.string()),
  groups: v.optional(v.array(v.string())),
});

export type FieldDocument = v.InferOutput<typeof fieldDocument>;

/** What UpdateConnection is sent. */
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

/** The fields of a connection as a document shows them: what can be edited. Broken ones are left out, and left alone. */
export function editableFields(fields: unknown): readonly FieldDocument[] {
  return (Array.isArray(fields) ? (fields as readonly unknown[]) : []).flatMap((field) => {
    const decoded = v.safeParse(fieldSchema, field);
    return decoded.success ? [editable(decoded.output)] : [];
  });
}

/**
 * The request that makes one list of fields of another. Their order does not count: the service keeps its own.
 * @throws HttpError kind `rejected` for what the service has no request for.
 */
export function changesBetween(
  before: readonly FieldDocument[],
  after: readonly FieldDocument[],
): FieldChanges {
  const known = new Map(before.map((field) => [field.id, field]));
  const wanted = new Set(after.map(({ id }) => id));
  if (wanted.size < after.length) throw unfit(l10n.t('two fields have the same ID'));
  return {
    fields_to_add: after.filter(({ id }) => !known.has(id)).map(complete),
    fields_to_update: after.flatMap((field) => updateOf(known.get(field.id), field)),
    fields_to_delete: before.map(({ id }) => id).filter((id) => !wanted.has(id)),
  };
}

/** True where there is nothing to send. */
export function isUnchanged(changes: FieldChanges): boolean {
  return Object.values(changes).every((list: readonly unknown[]) => list.length === 0);
}

/** @throws HttpError kind `rejected` where the field lacks what the service requires (OpenAPI). */
export function complete(field: FieldDocument): FieldDocument {
  if (field.source_name && field.type) return field;
  throw unfit(l10n.t('the field {0} needs both source_name and type', field.id));
}

function updateOf(before: FieldDocument | undefined, after: FieldDocument): readonly FieldUpdate[] {
  if (before === undefined) return [];
  if (before.source_name !== after.source_name || before.type !== after.type) {
    throw unfit(
      l10n.t(
        'Datadog cannot change source_name and type of the field {0}; add one with another ID',
        after.id,
      ),
    );
  }
  const { id, display_name = '', description = '', groups = [] } = after;
  const same =
    display_name === (before.display_name ?? '') &&
    description === (before.description ?? '') &&
    JSON.stringify(groups) === JSON.stringify(before.groups ?? []);
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
