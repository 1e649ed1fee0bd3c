import * as l10n from '@vscode/l10n';
import type { ParseError } from 'jsonc-parser';
import * as v from 'valibot';
import { HttpError } from '../http/errors';
import { flawOf } from './items';

/** A text of a document that must be filled in. */
export const filled = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty(() => l10n.t('must not be empty')),
);

/**
 * Reads a document that the user edited. Comments and commas at the end of lists are allowed.
 * @throws HttpError kind `rejected` that says where it is not as the schema wants it.
 */
export async function readDocument<S extends v.GenericSchema>(
  schema: S,
  text: string,
): Promise<v.InferOutput<S>> {
  const { parse, printParseErrorCode } = await import('jsonc-parser');
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [broken] = errors;
  if (broken) {
    const line = text.slice(0, broken.offset).split('\n').length;
    throw unfit(l10n.t('it is no JSON, see line {0} ({1})', line, printParseErrorCode(broken.error)));
  }
  const decoded = v.safeParse(schema, value);
  if (decoded.success) return decoded.output;
  const [issue] = decoded.issues;
  // What `filled` demands is no matter of types: it says itself what is wrong.
  throw unfit(
    issue.kind === 'validation' ? `${v.getDotPath(issue) ?? ''} ${issue.message}`.trim() : flawOf(issue),
  );
}

/** The error for a document that cannot be sent. `why` ends the sentence that begins with it. */
export function unfit(why: string): HttpError {
  return new HttpError('rejected', l10n.t('The document cannot be sent: {0}.', why), {
    advice: l10n.t('Correct it, then save again. Nothing was sent.'),
  });
}

/** JSON as documents and comparisons show it. */
export function pretty(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

/** Lines of explanation above a JSON text, as comments. */
export function commented(lines: readonly string[], json: string): string {
  // A line break in a translation must not end the comment.
  return `${lines.map((line) => `// ${line.replaceAll(/\s+/g, ' ')}\n`).join('')}${json}\n`;
}
