/** Characters per line of a PEM key (RFC 7468). */
const LINE_LENGTH = 64;

/**
 * Restores the line breaks of a private key, which a single-line input removes. Other texts, and keys with
 * PEM headers, are returned unchanged.
 */
export function restoreKeyLines(text: string): string {
  const key = /^\s*(-----BEGIN [A-Z0-9 ]+-----)([A-Za-z0-9+/=\s]+)(-----END [A-Z0-9 ]+-----)\s*$/.exec(text);
  if (!key || text.trim().includes('\n')) return text;
  const [, begin = '', body = '', end = ''] = key;
  const lines = body.replaceAll(/\s/g, '').match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
  return [begin, ...lines, end, ''].join('\n');
}
