import * as l10n from '@vscode/l10n';
import { diffJson } from '../../common/exactJson';
import { anyObject, readBase, readDocument } from '../../common/document';
import { hiddenSecretsIn } from '../../common/documentSecrets';
import type { JsonObject } from '../../../http/json';

/** The maximum length of a name in characters (recorded; the documentation says 60). */
export const MAX_NAME_CHARS = 100;

/** The service's words for how anonymous users are treated. */
export const strategies = ['Conversion', 'Fusion', 'Isolation', 'Preservation'] as const;

/** The service's words for how events are sent. */
export const sendingModes = ['Client', 'Server', 'ClientAndServer'] as const;

/**
 * The object in a document.
 * @param base the initial document, if it may be sent unchanged.
 * @throws DocumentError if it is anything else.
 */
export async function parseDocument(text: string, base?: string): Promise<JsonObject> {
  if (base === undefined) return readDocument(anyObject, text);
  const before = await readBase(anyObject, base);
  return readDocument(anyObject, text, (json) => hiddenSecretsIn(diffJson(before, json)));
}

/** A JSON Schema of an object with exactly these properties. */
export function objectSchema(properties: JsonObject, required: readonly string[]): JsonObject {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** The schema of a name. */
export function nameSchema(): JsonObject {
  return {
    type: 'string',
    minLength: 1,
    maxLength: MAX_NAME_CHARS,
    description: l10n.t('The name. It does not have to be unique.'),
  };
}

/** The schema of a strategy, or of a sending mode: one of some words, or null. */
export function wordSchema(words: readonly string[], description: string, nullable: boolean): JsonObject {
  return { enum: nullable ? [...words, null] : words, description };
}

/** The description of strategies in schemas. */
export function strategyText(): string {
  return l10n.t('How anonymous users are handled. Only for sources with SDK connectors.');
}

/** The description of sending modes in schemas. */
export function sendingModeText(): string {
  return l10n.t('How events are sent. Only for destinations that support it.');
}
