import * as l10n from '@vscode/l10n';
import { isJsonObject } from '../../decode';
import { anyObject, commented, readDocument } from '../../document';
import type { Draft, EditedDocument, JsonObject, JsonValue } from '../../service';

/** Stands in answers in the place of every sensitive text (description of the connection resource). */
const REDACTED = '[REDACTED]';

/** What the service keeps itself: not part of a document. */
const kept: ReadonlySet<string> = new Set([
  'id',
  'connectionKey',
  'state',
  'health',
  'remoteId',
  'remoteType',
  'remoteFormat',
  'remoteKind',
  'remoteCreatedAt',
  'remoteUpdatedAt',
  'lastSyncedAt',
  'createdBy',
  'createdAt',
  'updatedBy',
  'updatedAt',
]);

/** The member that tells which form a connection has, and that every change of one carries. */
type Form = 'technology' | undefined;

/**
 * The part of a resource that can be edited, as the document begins. Which members may be changed is not documented.
 * @param form undefined for data objects, whose technology is that of their connection.
 */
export function editDraft(before: JsonObject, form: Form): Draft {
  const editable = Object.fromEntries(
    Object.entries(before).filter(([name]) => !kept.has(name) && (name !== 'technology' || name === form)),
  );
  const lines = [
    l10n.t('Change what is to be changed, then save. Only members that differ are sent.'),
    l10n.t('A member that you remove stays as it is.'),
    l10n.t('{0} is not sent: write a new text over it to replace a secret.', REDACTED),
  ];
  return { text: commented(lines, JSON.stringify(editable, undefined, 2)), schema: schemaOf(editable) };
}

/**
 * What a document changes: its members that differ from what it began with, secrets that were not replaced left out.
 * @returns an empty object where nothing differs.
 * @throws DocumentError where it is no JSON object.
 */
export async function readChanges({ text, base }: EditedDocument, form: Form): Promise<JsonObject> {
  const document = await readDocument(anyObject, text);
  const before = await readDocument(anyObject, base);
  const changes = Object.entries(document).flatMap(([name, value]): [string, JsonValue][] => {
    const wanted = withoutRedacted(value);
    return name === form || same(wanted, withoutRedacted(before[name])) ? [] : [[name, wanted]];
  });
  if (changes.length === 0) return {};
  const told = form === undefined ? undefined : before[form];
  return {
    ...(form !== undefined && told !== undefined && { [form]: told }),
    ...Object.fromEntries(changes),
  };
}

/** A copy without members whose text was not shown: sent back, it would replace the secret by its placeholder. */
function withoutRedacted(value: JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => withoutRedacted(item));
  if (!isJsonObject(value)) return value ?? null;
  const shown = Object.entries(value).filter(([, member]) => member !== REDACTED);
  return Object.fromEntries(shown.map(([name, member]) => [name, withoutRedacted(member)]));
}

function same(a: JsonValue, b: JsonValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function schemaOf(editable: JsonObject): JsonObject {
  const { technology } = editable;
  return {
    type: 'object',
    ...(technology !== undefined && { properties: { technology: { const: technology } } }),
  };
}
