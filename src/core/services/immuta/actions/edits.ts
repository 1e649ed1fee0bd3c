import * as l10n from '@vscode/l10n';
import { diffJson, getMember, merge } from '../../common/exactJson';
import { anyObject, commented, flawed, pretty, readBase, readDocument } from '../../common/document';
import { hiddenSecretsIn, REDACTED, secretPlaceholder } from '../../common/documentSecrets';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../http/json';
import type { ActionTemplate, EditedDocument } from '../../contract/action';

/** Members that the service sets itself, which are not part of a document. */
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

/** The member that identifies the form of a connection, and that every change must contain. */
type Form = 'technology' | undefined;

/**
 * The document with the editable part of a resource. Which members may be changed is not documented.
 * @param form undefined for data objects, whose technology is that of their connection.
 */
export function editDraft(before: JsonObject, form: Form): ActionTemplate {
  const editable = Object.fromEntries(
    Object.entries(before).filter(([name]) => !kept.has(name) && (name !== 'technology' || name === form)),
  );
  const lines = [
    l10n.t('Make your changes, then save.'),
    ...(form === undefined
      ? [l10n.t('Only changed properties are sent, each as a whole.')]
      : [
          l10n.t('Only changed properties are sent, at every level. Lists are sent as a whole.'),
          l10n.t('technology is always sent.'),
          l10n.t('If the dry run shows that Immuta does not merge an object, the whole object is sent.'),
        ]),
    l10n.t('Removing a property does not change it.'),
    l10n.t(
      '{0} hides a value and is never sent. Leave it as it is, or replace it with {1} to be asked for a new value.',
      REDACTED,
      secretPlaceholder('name'),
    ),
  ];
  return { text: commented(lines, pretty(editable)), schema: toSchema(editable) };
}

/** What to send of changed nested objects: only the changed members, or the whole objects. */
export type Extent = 'parts' | 'wholes';

/**
 * The changes that a document makes to its base.
 * @returns an empty object if there are none.
 * @throws DocumentError if it is not a JSON object, or would send the mask of a hidden secret.
 */
export async function readChanges(
  { text, base }: EditedDocument,
  form: Form,
  extent: Extent,
): Promise<JsonObject> {
  const document = await readDocument(anyObject, text, () => []);
  const before = await readBase(anyObject, base);
  const difference = diffJson(without(form, before), without(form, document));
  if (!isJsonObject(difference)) return {};
  const changes = extent === 'parts' ? difference : toWholes(before, difference);
  const flaws = hiddenSecretsIn(changes);
  if (flaws.length > 0) throw flawed(flaws);
  const discriminator = form && getMember(before, form);
  return { ...(form && discriminator !== undefined && { [form]: discriminator }), ...changes };
}

function toWholes(before: JsonObject, difference: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(difference).map(([name, part]) => [name, merge(getMember(before, name), part)]),
  );
}

/**
 * True if a dry run shows that a nested object was replaced by the part that was sent: members are missing
 * that no change removed.
 */
export async function isCutShort(
  { base }: EditedDocument,
  changes: JsonObject,
  after: JsonValue,
): Promise<boolean> {
  const before = await readBase(anyObject, base);
  return (
    isJsonObject(after) &&
    Object.entries(changes).some(([name, change]) =>
      lacks(getMember(after, name), getMember(before, name), change),
    )
  );
}

function lacks(after: JsonValue | undefined, before: JsonValue | undefined, change: JsonValue): boolean {
  // A value that is not an object was meant to be replaced, or has an unknown form.
  if (!isJsonObject(after) || !isJsonObject(before) || !isJsonObject(change)) return false;
  return Object.entries(before).some(([name, value]) => {
    const changed = getMember(change, name);
    return !Object.hasOwn(after, name) || (changed !== undefined && lacks(after[name], value, changed));
  });
}

function without(form: Form, json: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== form));
}

function toSchema(editable: JsonObject): JsonObject {
  const { technology } = editable;
  return {
    type: 'object',
    ...(technology !== undefined && { properties: { technology: { const: technology } } }),
  };
}
