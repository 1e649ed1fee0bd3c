import type { Node } from 'jsonc-parser';
import { readJson } from '../../http/json';
import { JsonFormatter } from '../../../shared/jsonFormatter';

/** Formats JSON as {@link JsonFormatter} does. A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD. */
export function formatJson(text: string): string {
  const formatted = new JsonFormatter().format(new TextEncoder().encode(text));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(formatted);
}

function skipSpace(text: string, at: number): number {
  let end = at;
  while (isSpace(text.charCodeAt(end))) end++;
  return end;
}

/** The end of the token at `at`: one of `{}[]`, a string, or a run of anything else. */
function tokenEnd(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first === 0x22) return stringEnd(text, at);
  if (isBracket(first)) return at + 1;
  let end = at + 1;
  while (end < text.length && !isBoundary(text.charCodeAt(end))) end++;
  return end;
}

/** A quotation mark ends a string if an even number of backslashes precedes it. */
function stringEnd(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote;
    while (text.charCodeAt(before - 1) === 0x5c) before--;
    if ((quote - before) % 2 === 0) return quote + 1;
  }
  return text.length;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** `{`, `}`, `[` and `]`. */
function isBracket(code: number): boolean {
  return code === 0x7b || code === 0x7d || code === 0x5b || code === 0x5d;
}

function isBoundary(code: number): boolean {
  return code === 0x22 || isSpace(code) || isBracket(code);
}

/** Replaces the key `$schema`. */
const UNFOLLOWED_KEY = '"$schema (not followed)"';

/**
 * Removes what an editor takes for a reference to a schema, because editors send a request to the address in `$schema`
 * of the outermost object. Renames that key; the rest stays as it is.
 */
export function withoutSchemaReference(text: string): string {
  // Escapes may hide the key.
  if (!text.includes('$schema"') && !text.includes('\\u')) return text;
  const parts: string[] = [];
  let [depth, done] = [0, 0];
  let end: number;
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, end)) {
    end = tokenEnd(text, at);
    const token = text.charAt(at);
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (token === '"' && depth === 1 && namesSchema(text, at, end)) {
      parts.push(text.slice(done, at), UNFOLLOWED_KEY);
      done = end;
    }
  }
  return [...parts, text.slice(done)].join('');
}

/** True for a string that is the key `$schema`: values and list items are not followed by a colon. */
function namesSchema(text: string, at: number, end: number): boolean {
  // In the longest spelling, each of its characters takes six.
  if (text.charAt(skipSpace(text, end)) !== ':' || end - at > 2 + 6 * '$schema'.length) return false;
  try {
    return readJson(text.slice(at, end)) === '$schema';
  } catch {
    return false;
  }
}

/**
 * Extracts one item of a list from a JSON text, exactly as it was written: spelling of numbers and key order are kept.
 * @param listKey the key of the list in the outermost object, or the keys that lead to it.
 * @param idKey the key that identifies items.
 * @returns undefined if no item of the list has that ID.
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
  const item = list?.children?.find((node) => getId(findNodeAtLocation(node, [idKey]), text) === id);
  return item && text.slice(item.offset, item.offset + item.length);
}

/** Numbers beyond 2^53 are compared as they were written. */
function getId(node: Node | undefined, text: string): string | undefined {
  const id = node && readJson(text.slice(node.offset, node.offset + node.length));
  return typeof id === 'number' ? String(id) : typeof id === 'string' ? id : undefined;
}
