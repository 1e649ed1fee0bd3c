import { applyEdits, format, type FormattingOptions } from 'jsonc-parser';

/** How formatted JSON is indented. */
export type Indentation = Required<Pick<FormattingOptions, 'insertSpaces' | 'tabSize'>>;

/**
 * The same JSON with line breaks and indentation. Tokens stay as they are written: key order, numbers beyond 2^53 and
 * floats are unharmed. Text that is no JSON comes back as far as it could be formatted.
 */
export function formatJson(text: string, indentation: Indentation): string {
  return applyEdits(text, format(text, undefined, { ...indentation, eol: '\n' }));
}
