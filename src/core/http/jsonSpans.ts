/**
 * Finds the items of a long list in JSON text without parsing it, so that they can be parsed one by one: parsing 10 MB at
 * once would keep the extension host from everything else.
 */

/** Where a list is in a text, and its items. */
export interface ListSpans {
  /** The offset of `[`. */
  readonly start: number;
  /** The offset behind `]`. */
  readonly end: number;
  /** The offsets of the items, two for each: of its first character, and behind its last one. */
  readonly items: readonly number[];
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/**
 * The list that is a member of an object. What is between the items is checked, their inside is not. A generator for
 * `inTurns`.
 * @param name of the member, as it is written in the text. @param from the offset of `{`, or of blanks before it.
 * @returns undefined if the text is no such object, or has the member more than once: then it has to be parsed.
 */
export function* listSpans(text: string, name: string, from = 0): Generator<void, ListSpans | undefined> {
  let members = 0;
  const lists = yield* memberLists(text, from, (start, end) => {
    const isNamed = end - start === name.length && text.startsWith(name, start);
    if (isNamed) members += 1;
    return isNamed;
  });
  return members === 1 ? lists?.[0] : undefined;
}

/**
 * The lists that are members of an object, in their order. A generator for `inTurns`.
 * @param from as of `listSpans`. @param isWanted called with the offsets of each name, without its quotation marks.
 * @returns undefined if the text is no such object: then it has to be parsed.
 */
export function* memberLists(
  text: string,
  from = 0,
  isWanted: (start: number, end: number) => boolean = () => true,
): Generator<void, readonly ListSpans[] | undefined> {
  const lists: ListSpans[] = [];
  let at = afterBlanks(text, from);
  if (text.charCodeAt(at) !== OPENING_BRACE) return undefined;
  do {
    const key = afterBlanks(text, at + 1);
    if (text.charCodeAt(key) !== QUOTE) return undefined;
    const keyEnd = stringEnd(text, key);
    const colon = afterBlanks(text, keyEnd);
    if (text.charCodeAt(colon) !== COLON) return undefined;
    const value = afterBlanks(text, colon + 1);
    if (isWanted(key + 1, keyEnd - 1) && text.charCodeAt(value) === OPENING_BRACKET) {
      const list = yield* itemSpans(text, value);
      if (!list) return undefined;
      lists.push(list);
      at = list.end;
    } else at = valueEnd(text, value);
    at = afterBlanks(text, at);
  } while (text.charCodeAt(at) === COMMA);
  return text.charCodeAt(at) === CLOSING_BRACE ? lists : undefined;
}

function* itemSpans(text: string, start: number): Generator<void, ListSpans | undefined> {
  const items: number[] = [];
  let at = afterBlanks(text, start + 1);
  if (text.charCodeAt(at) === CLOSING_BRACKET) return { start, end: at + 1, items };
  for (;;) {
    const end = valueEnd(text, at);
    if (end === at) return undefined;
    items.push(at, end);
    yield;
    const next = afterBlanks(text, end);
    const character = text.charCodeAt(next);
    if (character === CLOSING_BRACKET) return { start, end: next + 1, items };
    if (character !== COMMA) return undefined;
    at = afterBlanks(text, next + 1);
  }
}

/** The offset behind a value; the end of the text if the value has none. */
function valueEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return stringEnd(text, start);
  return first === OPENING_BRACE || first === OPENING_BRACKET ? nestedEnd(text, start) : wordEnd(text, start);
}

function nestedEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) at = stringEnd(text, at) - 1;
    else if (character === OPENING_BRACE || character === OPENING_BRACKET) depth += 1;
    else if (character === CLOSING_BRACE || character === CLOSING_BRACKET) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) return at + 1;
    if (character === BACKSLASH) at += 1;
  }
  return text.length;
}

/** The end of a number, `true`, `false` or `null`. */
function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !isBoundary(text.charCodeAt(at))) at += 1;
  return at;
}

function isBoundary(character: number): boolean {
  return (
    character === COMMA || character === CLOSING_BRACKET || character === CLOSING_BRACE || isBlank(character)
  );
}

function afterBlanks(text: string, start: number): number {
  let at = start;
  while (isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

/** The white space of JSON (RFC 8259). */
function isBlank(character: number): boolean {
  return character === 0x20 || character === 0x0a || character === 0x0d || character === 0x09;
}
