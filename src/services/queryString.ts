/**
 * Writes a query: lists joined by commas, absent parameters and empty lists left out.
 * @param query the values by name: texts, numbers, booleans, and lists of them. Others count as absent.
 * @returns `?name=value&…`, or nothing.
 */
export function queryString(query: object): string {
  const entries: [string, unknown][] = Object.entries(query);
  const written = entries.flatMap(([name, value]): [string, string][] => {
    const text = Array.isArray(value) ? value.join(',') : parameterText(value);
    return text === '' ? [] : [[name, text]];
  });
  return written.length === 0 ? '' : `?${new URLSearchParams(written).toString()}`;
}

function parameterText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
