import type { Node } from 'jsonc-parser';
import { isSafeNumber, LosslessNumber, stringify } from 'lossless-json';
import type { HttpResponse } from '../../http/types';
import { isJsonObject, parseJson, type JsonValue, type JsonObject } from '../../http/json';
import { isDeepStrictEqual } from 'node:util';

/**
 * Parses a response body that becomes a document, to be edited and sent back: numbers as in `exactValue`.
 * @throws HttpError as `parseJson`.
 */
export async function parseExact(response: HttpResponse): Promise<JsonValue> {
  const read = parseJson(response);
  const { parseTree } = await import('jsonc-parser');
  const root = parseTree(response.text);
  return root ? exactValue(root, response.text) : read;
}

/**
 * The value of a `jsonc-parser` node, for JSON that is edited and sent back. A number that JavaScript cannot represent
 * keeps its spelling: it is neither a string, an object nor a number to other code, and `writeJson` writes it
 * unchanged.
 * @param text that the node was parsed from.
 */
export function exactValue(node: Node, text: string): JsonValue {
  switch (node.type) {
    case 'object':
      return Object.fromEntries(
        (node.children ?? []).flatMap(({ children: [key, value] = [] }): [string, JsonValue][] =>
          key && value ? [[String(key.value), exactValue(value, text)]] : [],
        ),
      );
    case 'array':
      return (node.children ?? []).map((item) => exactValue(item, text));
    case 'number':
      return exactNumber(text.slice(node.offset, node.offset + node.length));
    default:
      return node.value as JsonValue;
  }
}

/** @returns the number, or an object that keeps its text if JavaScript cannot represent it. */
function exactNumber(written: string): JsonValue {
  if (isSafeNumber(written)) return Number(written);
  const kept: unknown = new LosslessNumber(written);
  return kept as JsonValue;
}

/** The JSON text of a value. @param indent spaces per level; 0: everything on one line. */
export function writeJson(value: unknown, indent = 0): string {
  return stringify(value, undefined, indent) ?? 'null';
}

/**
 * The merge patch from `before` to `after`: of an object the members that differ, at every level; anything else,
 * including lists, as a whole. Members that only `before` has are ignored, because merging removes none.
 * @returns undefined if nothing differs.
 */
export function diffJson(before: JsonValue | undefined, after: JsonValue): JsonValue | undefined {
  if (isDeepStrictEqual(before, after)) return undefined;
  if (!isJsonObject(before) || !isJsonObject(after)) return after;
  const members = Object.entries(after).flatMap(([name, value]): [string, JsonValue][] => {
    const difference = diffJson(getMember(before, name), value);
    return difference === undefined ? [] : [[name, difference]];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** `base` with the members of `patch`, at every level. Everything but objects is replaced, including lists. */
export function merge(base: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isJsonObject(base) || !isJsonObject(patch)) return patch;
  const members = Object.entries(patch).map(([name, value]): [string, JsonValue] => [
    name,
    merge(getMember(base, name), value),
  ]);
  return Object.fromEntries([...Object.entries(base), ...members]);
}

/** An own member of an object; inherited ones do not count. */
export function getMember(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
