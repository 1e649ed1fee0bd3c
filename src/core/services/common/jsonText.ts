import type { Node } from 'jsonc-parser';
import { readJson } from '../../http/json';

/** How formatted JSON is indented. */
export interface Indentation {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
}

/** What is nested deeper than this stays on one line: its indentation would outgrow the text. */
const MAX_DEPTH = 200;

/**
 * The same JSON with line breaks and indentation, in one pass. Tokens stay as they are written: key order, numbers
 * beyond 2^53 and floats are unharmed. Text that is no JSON comes back as far as it could be formatted.
 */
export function formatJson(text: string, indentation: Indentation): string {
  return [...formattedParts(text, indentation, () => Infinity)].join('');
}

/**
 * The same piece by piece, so that the beginning of a long text can be shown before its end is formatted. A part ends
 * between two tokens.
 * @param lengthOf gives the characters that a part has at least, by its number from 0. The last one may have fewer.
 */
export function* formattedParts(
  text: string,
  { insertSpaces, tabSize }: Indentation,
  lengthOf: (part: number) => number,
): Generator<string, void> {
  const step = insertSpaces ? ' '.repeat(tabSize) : '\t';
  const breaks = Array.from({ length: MAX_DEPTH + 1 }, (_, depth) => `\n${step.repeat(depth)}`);
  let part = '';
  let count = 0;
  let wanted = lengthOf(count);
  let depth = 0;
  let last = '';
  // What needs no gap inside is copied at a stretch.
  let from = 0;
  let end = 0;
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, end)) {
    const token = text.charAt(at);
    if (token === '}' || token === ']') depth = Math.max(0, depth - 1);
    const gap = gapBetween(last, token, breaks[depth]);
    if (gap !== '' || at !== end) {
      part += text.slice(from, end) + gap;
      from = at;
    }
    if (part.length >= wanted) {
      yield part;
      part = '';
      wanted = lengthOf(++count);
    }
    if (token === '{' || token === '[') depth++;
    last = token;
    end = tokenEnd(text, at);
  }
  yield part + text.slice(from, end);
}

/**
 * What stands between two tokens, told by their first characters.
 * @param lineBreak at the depth of the token; undefined where that is too deep.
 */
function gapBetween(last: string, token: string, lineBreak: string | undefined): string {
  const opened = last === '{' || last === '[';
  if (token === '}' || token === ']') return opened ? '' : (lineBreak ?? '');
  if (opened || last === ',') return lineBreak ?? (opened ? '' : ' ');
  if (last === '' || token === ',' || token === ':') return '';
  return ' ';
}

function skipSpace(text: string, at: number): number {
  let end = at;
  while (isSpace(text.charCodeAt(end))) end++;
  return end;
}

/** Where the token ends that begins at `at`: one of `{}[],:`, a string, or a run of anything else. */
function tokenEnd(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first === 0x22) return stringEnd(text, at);
  if (isPunctuation(first)) return at + 1;
  let end = at + 1;
  while (end < text.length && !isBoundary(text.charCodeAt(end))) end++;
  return end;
}

/** A quote ends a string where an even number of backslashes stands before it. */
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

/** `{`, `}`, `[`, `]`, `,` and `:`. */
function isPunctuation(code: number): boolean {
  return code === 0x7b || code === 0x7d || code === 0x5b || code === 0x5d || code === 0x2c || code === 0x3a;
}

function isBoundary(code: number): boolean {
  return code === 0x22 || isSpace(code) || isPunctuation(code);
}

/** Stands in the place of the key `$schema`. */
const UNFOLLOWED_KEY = '"$schema (not followed)"';

/**
 * The same JSON with nothing in it that an editor takes for a reference to a schema, for editors send a request to the
 * address in the member `$schema` of the outermost object. That key is written otherwise; the rest stays as it is.
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

/** True for a string that is the key `$schema`: a value is followed by no colon, and nor is an item of a list. */
function namesSchema(text: string, at: number, end: number): boolean {
  // The longest way to write it has six characters for each of its own.
  if (text.charAt(skipSpace(text, end)) !== ':' || end - at > 2 + 6 * '$schema'.length) return false;
  try {
    return readJson(text.slice(at, end)) === '$schema';
  } catch {
    return false;
  }
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
  const item = list?.children?.find((node) => getId(findNodeAtLocation(node, [idKey]), text) === id);
  return item && text.slice(item.offset, item.offset + item.length);
}

/** A number beyond 2^53 is the same only as it was written. */
function getId(node: Node | undefined, text: string): string | undefined {
  const id = node && readJson(text.slice(node.offset, node.offset + node.length));
  return typeof id === 'number' ? String(id) : typeof id === 'string' ? id : undefined;
}
