/** Characters of a line of a key in PEM form (RFC 7468). */
const LINE_LENGTH = 64;

/**
 * A private key with its lines, which a box for one line takes away. Any other text stays as it is, and so does a key
 * with headers of its own.
 */
export function restoreKeyLines(text: string): string {
  const key = /^\s*(-----BEGIN [A-Z0-9 ]+-----)([A-Za-z0-9+/=\s]+)(-----END [A-Z0-9 ]+-----)\s*$/.exec(text);
  if (!key || text.trim().includes('\n')) return text;
  const [, begin = '', body = '', end = ''] = key;
  const lines = body.replaceAll(/\s/g, '').match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
  return [begin, ...lines, end, ''].join('\n');
}
