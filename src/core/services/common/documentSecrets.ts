import * as l10n from '@vscode/l10n';
import { isSecretName } from '../../redaction/secretNames';
import type { DocumentFlaw, Pointer } from './documentError';
import { isJsonObject, type JsonObject, type JsonValue } from '../../http/json';

/** Immuta sends this instead of every sensitive text (description of the connection resource). */
export const REDACTED = '[REDACTED]';

/** `[REDACTED]` and similar, anywhere in a text. */
const BRACKETED = /[[(<{](?:redacted|masked|filtered|obfuscated|sanitized)[\])>}]/i;

/** A character that masks consist of. */
const DOT = '[*•●∙⬤＊]';

/**
 * A run of at least three mask characters, or at least four with a few visible characters around them (`****1234`,
 * `sk-****`, `12****34`). A word between two runs is emphasis in Markdown.
 */
const ATOM = `(?:${DOT}{3,}|[\\w.-]{1,4}${DOT}{4,}[\\w.-]{0,4}|${DOT}{4,}[\\w.-]{1,8})(?![\\w*•●])`;

/** A text that is only a mask. */
const ALONE = new RegExp(`^\\s*(${ATOM})\\s*$`);

/**
 * A mask inside a longer text, at the position of a secret: after an authentication scheme, after the name of a value,
 * and in an address before its host. `redact` writes these forms.
 */
const BEHIND_SCHEME = new RegExp(`\\b(?:Bearer|Basic|Digest|Token|ApiKey|OAuth)\\s{1,9}["']?(${ATOM})`, 'i');
const BEHIND_NAME = new RegExp(`(?:[\\w"'][=:]\\s{0,9}["']?|://)(${ATOM})`);

/** Texts that are masks only if a secret is expected: `xxxx`, `XXXX1234`, `---`, `hidden`. */
const STANDS_FOR_SECRET =
  /^\s*(?:x{3,}\w{0,4}|-{3,}|_{3,}|\.{3,}|…+|\?{3,}|redacted|masked|hidden|filtered|obfuscated|sanitized)\s*$/i;

/**
 * Finds masks of hidden texts, created by a service or by this extension: as a whole text, inside a longer one, in a
 * list, or in a member name. If they were sent, they would replace what they hide.
 * @param json what would be sent.
 * @param at its position in the document.
 */
export function hiddenSecretsIn(json: unknown, at: Pointer = []): readonly DocumentFlaw[] {
  if (typeof json === 'string')
    return toFlaw(
      json,
      at,
      at.findLast((step) => typeof step === 'string'),
    );
  if (Array.isArray(json)) return json.flatMap((item, index) => hiddenSecretsIn(item, [...at, index]));
  if (!isJsonObject(json)) return [];
  return Object.entries(json).flatMap(([name, value]) => {
    const below = [...at, name];
    const own = toFlaw(name, below);
    return own.length > 0 ? own : hiddenSecretsIn(value, below);
  });
}

/**
 * The mask in a text; undefined if there is none.
 * @param name of the member whose value the text is.
 */
export function maskIn(text: string, name?: string): string | undefined {
  const found =
    BRACKETED.exec(text)?.[0] ??
    [ALONE, BEHIND_SCHEME, BEHIND_NAME].map((mask) => mask.exec(text)?.[1]).find(Boolean);
  if (found !== undefined) return found;
  return name !== undefined && isSecretName(name) && STANDS_FOR_SECRET.test(text) ? text.trim() : undefined;
}

function toFlaw(text: string, pointer: Pointer, name?: string): readonly DocumentFlaw[] {
  const mask = maskIn(text, name);
  if (mask === undefined) return [];
  return [{ pointer, message: l10n.t('still contains {0} in place of the hidden value', mask) }];
}

/**
 * Documents contain no secrets, because VS Code writes unsaved documents to disk. Each secret is replaced by
 * `${secret:NAME}`, like `${input:NAME}` in VS Code's own configuration files. The values are asked for when the
 * document is sent.
 */

const PLACEHOLDER = /\$\{secret:([^{}"\\\s]{1,100})\}/g;

/** `${secret:password}` */
export function secretPlaceholder(name: string): string {
  return `\${secret:${name}}`;
}

/** The names of the placeholders in a text, in order, without duplicates. */
export function placeholderNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
}

/** Replaces placeholders by values. Those without a value stay. */
export function fillPlaceholders(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replace(PLACEHOLDER, (placeholder, name: string) => valueOf(name) ?? placeholder);
}

/** True if a text of the value has a placeholder. */
function hasPlaceholder(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return value.search(PLACEHOLDER) >= 0;
  if (Array.isArray(value)) return value.some(hasPlaceholder);
  return isJsonObject(value) && Object.values(value).some(hasPlaceholder);
}

/** Splits an object into the members without placeholders and those with one, at every level. */
export function splitPlaceholders(json: JsonObject): {
  readonly plain: JsonObject;
  readonly secret: JsonObject;
} {
  const plain: Record<string, JsonValue> = {};
  const secret: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(json)) {
    if (!hasPlaceholder(value)) plain[name] = value;
    else if (!isJsonObject(value)) secret[name] = value;
    else {
      const parts = splitPlaceholders(value);
      if (Object.keys(parts.plain).length > 0) plain[name] = parts.plain;
      secret[name] = parts.secret;
    }
  }
  return { plain, secret };
}
