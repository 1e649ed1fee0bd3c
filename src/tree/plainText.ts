/** Characters that reorder or hide text around them: bidirectional controls, zero-width ones, and C0/C1 controls. */
const invisible = /[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]+/gu;

/**
 * A server's text as one line of a row: no control characters, no text direction tricks, no lone surrogates.
 * @param limit the greatest length; longer text ends in an ellipsis.
 */
export function plainText(text: string, limit = 200): string {
  const line = text.toWellFormed().replace(invisible, ' ').trim();
  return line.length > limit ? `${line.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
}
