import { findNodeAtLocation, parseTree } from 'jsonc-parser';

/**
 * Cuts one item out of a list inside a JSON text, exactly as it was written: number spelling and key order are kept.
 * @param listKey the key of the list in the outermost object.
 * @param idKey the key that names the items.
 * @returns undefined where no item of the list has that id.
 */
export function itemText(text: string, listKey: string, idKey: string, id: string): string | undefined {
  const root = parseTree(text);
  const list = root && findNodeAtLocation(root, [listKey]);
  const item = list?.children?.find((node) => {
    const value: unknown = findNodeAtLocation(node, [idKey])?.value;
    return (typeof value === 'string' || typeof value === 'number') && String(value) === id;
  });
  return item && text.slice(item.offset, item.offset + item.length);
}
