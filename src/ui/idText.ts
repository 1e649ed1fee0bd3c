/** How several ids are written into a text. */
export type IdLayout = 'lines' | 'json';

/** Ids as text for an editor: one a line, or a JSON array. A single one stands for itself. */
export function idText(ids: readonly string[], layout: IdLayout): string {
  if (layout === 'lines' || ids.length < 2) return ids.join('\n');
  return `[${ids.map((id) => JSON.stringify(id)).join(', ')}]`;
}
