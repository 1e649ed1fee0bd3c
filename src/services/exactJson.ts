import type { Node } from 'jsonc-parser';
import { isSafeNumber, LosslessNumber, stringify } from 'lossless-json';
import type { HttpResponse } from '../http/client';
import { parseJson } from '../http/json';
import type { JsonValue } from './service';

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
