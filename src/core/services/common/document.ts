import * as l10n from '@vscode/l10n';
import type { ParseError } from 'jsonc-parser';
import * as v from 'valibot';
import { DocumentError, type DocumentFlaw, type Pointer, pointerText } from './documentError';
import { exactValue, writeJson } from './exactJson';
import { hiddenSecretsIn } from './documentSecrets';
import { isJsonObject, type JsonObject, type JsonValue } from '../../http/json';

/** A text of a document that must not be empty. */
export const filled = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty(() => l10n.t('must not be empty')),
);

/** A document that is any JSON object. */
export const anyObject = v.pipe(
  v.unknown(),
  v.check(isJsonObject, () => l10n.t('must be an object')),
  v.transform((value) => value as JsonObject),
);

/**
 * Parses a document that the user edited. Comments and trailing commas are allowed. Numbers keep all their digits, see
 * `exactValue`.
 * @param flawsIn finds further errors in its JSON, such as placeholders of hidden secrets in what is sent. If only part
 * of the document is sent, it checks that part.
 * @throws DocumentError with every position that does not match the schema or has such an error.
 */
export async function readDocument<S extends v.GenericSchema>(
  schema: S,
  text: string,
  flawsIn: (json: JsonValue) => readonly DocumentFlaw[] = hiddenSecretsIn,
): Promise<v.InferOutput<S>> {
  const { parseTree, printParseErrorCode } = await import('jsonc-parser');
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [broken] = errors;
  if (broken) {
    const line = text.slice(0, broken.offset).split('\n').length;
    throw unfit(l10n.t('it is not valid JSON, see line {0} ({1})', line, printParseErrorCode(broken.error)));
  }
  const value = root ? exactValue(root, text) : null;
  // One error per position: an empty value need not be reported for its format, too.
  const decoded = v.safeParse(schema, value, { abortPipeEarly: true });
  const issues = (decoded.issues ?? []).map(toFlaw);
  const known = new Set(issues.map(({ pointer }) => pointerText(pointer)));
  const more = flawsIn(value).filter(({ pointer }) => !known.has(pointerText(pointer)));
  const flaws = [...issues, ...more];
  if (decoded.success && flaws.length === 0) return decoded.output;
  throw flawed(flaws);
}

/** The texts of a new document that still have to be filled in, as the template left them. */
export function blanksIn(json: JsonValue, at: Pointer = []): readonly DocumentFlaw[] {
  if (typeof json === 'string') {
    const isBlank = /^\s*(?:https?:\/\/)?\s*$/.test(json);
    return isBlank
      ? [{ pointer: at, message: l10n.t('must not be empty, or the property must be removed') }]
      : [];
  }
  if (Array.isArray(json)) {
    return json.flatMap((item: JsonValue, index) => blanksIn(item, [...at, index]));
  }
  if (!isJsonObject(json)) return [];
  return Object.entries(json).flatMap(([name, value]) => blanksIn(value, [...at, name]));
}

/** Parses the original text of a document, which is not sent. @throws as `readDocument`. */
export async function readBase<S extends v.GenericSchema>(
  schema: S,
  text: string,
): Promise<v.InferOutput<S>> {
  return readDocument(schema, text, () => []);
}

/** The error for a document that cannot be sent. `why` ends its sentence. */
function unfit(why: string, flaws: readonly DocumentFlaw[] = []): DocumentError {
  return new DocumentError(l10n.t('The document cannot be sent: {0}.', why), flaws);
}

/** The error for a document with these flaws, of which there is at least one. */
export function flawed(flaws: readonly DocumentFlaw[]): DocumentError {
  const [first] = flaws;
  const why = first ? `${pointerText(first.pointer)} ${first.message}`.trim() : '';
  return unfit(why, flaws);
}

function toFlaw(issue: v.BaseIssue<unknown>): DocumentFlaw {
  return { pointer: toPointer(issue), message: flawMessage(issue) };
}

function toPointer({ path }: v.BaseIssue<unknown>): Pointer {
  return (path ?? []).flatMap(({ key }) => (typeof key === 'string' || typeof key === 'number' ? [key] : []));
}

function flawMessage({ kind, message, expected, received }: v.BaseIssue<unknown>): string {
  // The message of a validation is complete; others describe types.
  if (kind === 'validation') return message;
  if (received === 'undefined') return l10n.t('is missing');
  if (expected === 'never') return l10n.t('is unknown');
  return l10n.t('should be {0} but is {1}', expected ?? l10n.t('something else'), received);
}

/** JSON formatted for documents and comparisons. */
export function pretty(value: unknown): string {
  return writeJson(value, 2);
}

/** A JSON text with explanations above, as comments. */
export function commented(lines: readonly string[], json: string): string {
  // A line break in a translation must not end the comment.
  return `${lines.map((line) => `// ${line.replaceAll(/\s+/g, ' ')}\n`).join('')}${json}\n`;
}
