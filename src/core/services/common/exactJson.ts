import type { Node } from 'jsonc-parser';
import { isSafeNumber, LosslessNumber, stringify } from 'lossless-json';
import type { HttpResponse } from '../../http/types';
import { parseJson, type JsonValue, type JsonObject } from '../../http/json';
import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from './decode';

/**
 * The body of an answer that becomes a document, to be edited and sent back: numbers as `exactValue` keeps them.
 * @throws HttpError as `parseJson`.
 */
export async function parseExact(response: HttpResponse): Promise<JsonValue> {
  const read = parseJson(response);
  const { parseTree } = await import('jsonc-parser');
  const root = parseTree(response.text);
  return root ? exactValue(root, response.text) : read;
}

/**
 * The value of a node of `jsonc-parser`, for JSON that is edited and sent back. A number that JavaScript cannot hold is
 * kept as it was written: neither string, object nor number to whoever asks, and written by `writeJson` unchanged.
 * @param text that the node was read from.
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

/** @returns the number, or what keeps its text where JavaScript has no such number. */
function exactNumber(written: string): JsonValue {
  if (isSafeNumber(written)) return Number(written);
  const kept: unknown = new LosslessNumber(written);
  return kept as JsonValue;
}

/** The JSON text of a value. @param indent spaces for each level; 0: all in one line. */
export function writeJson(value: unknown, indent = 0): string {
  return stringify(value, undefined, indent) ?? 'null';
}

/**
 * What has to be merged into `before` for it to become `after`: of an object the members that differ, at every level;
 * anything else, lists too, as a whole. A member that only `before` has differs in nothing: merging removes none.
 * @returns undefined where nothing differs.
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

/** `base` with the members of `patch`, at every level. What is no object, lists too, is replaced. */
export function merge(base: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isJsonObject(base) || !isJsonObject(patch)) return patch;
  const members = Object.entries(patch).map(([name, value]): [string, JsonValue] => [
    name,
    merge(getMember(base, name), value),
  ]);
  return Object.fromEntries([...Object.entries(base), ...members]);
}

/** A member of an object; what every object inherits is none. */
export function getMember(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
