/** How formatted JSON is indented. */
export interface Indentation {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
}

/**
 * The same JSON with line breaks and indentation. Tokens stay as they are written: key order, numbers beyond 2^53 and
 * floats are unharmed. Text that is no JSON comes back as far as it could be formatted.
 */
export async function formatJson(text: string, indentation: Indentation): Promise<string> {
  const { applyEdits, format } = await import('jsonc-parser');
  return applyEdits(text, format(text, undefined, { ...indentation, eol: '\n' }));
}

/**
 * Cuts one item out of a list inside a JSON text, exactly as it was written: number spelling and key order are kept.
 * @param listKey the key of the list in the outermost object, or the keys that lead to it.
 * @param idKey the key that names the items.
 * @returns undefined where no item of the list has that id.
 */
export async function itemText(
  text: string,
  listKey: string | readonly string[],
  idKey: string,
  id: string,
): Promise<string | undefined> {
  const { findNodeAtLocation, parseTree } = await import('jsonc-parser');
  const root = parseTree(text);
  const list = root && findNodeAtLocation(root, [listKey].flat());
  const item = list?.children?.find((node) => {
    const value: unknown = findNodeAtLocation(node, [idKey])?.value;
    return (typeof value === 'string' || typeof value === 'number') && String(value) === id;
  });
  return item && text.slice(item.offset, item.offset + item.length);
}
