import * as v from 'valibot';
import { expectError } from '../../base/errors';
import { atOnce, inTurns, type Turns } from '../../base/turns';
import { isJsonObject, readJson } from '../../http/json';
import { type JsonPart, JsonParts } from '../../http/jsonPart';
import { type ListSpans, listSpans } from '../../http/jsonSpans';
import type { HttpResponse } from '../../http/types';
import { toFlaw } from './items';
import { brokenItem } from './problem';
import type { Page, PageItem } from '../contract/page';
import type { Resource } from '../contract/resource';

/** An object in the text of a response, parsed. */
export interface TextItem {
  /** Without the items of the list that it contains. */
  readonly value: unknown;
  /** All of it; undefined if it is no object. */
  readonly json: JsonPart | undefined;
  /** The list that it contains, if it does. */
  readonly inner: TextList | undefined;
}

/** A row, and its children if they are in the same text. */
export interface BuiltItem {
  readonly resource: Resource;
  readonly children?: Generator<void, Page> | undefined;
}

/** A list in the text of a response. Its items are parsed one by one, because together they may be 10 MB. */
export class TextList {
  /** @param inner the names of the long lists that are not parsed with an item: of its own, of one in that, and so on. */
  constructor(
    private readonly parts: JsonParts,
    private readonly spans: ListSpans,
    private readonly inner: readonly string[],
  ) {}

  get length(): number {
    return this.spans.items.length / 2;
  }

  /**
   * Parses an item. A generator for `inTurns`.
   * @throws SyntaxError if it is not JSON.
   */
  read(index: number): Generator<void, TextItem> {
    const { items } = this.spans;
    return readItem(this.parts, this.inner, items[2 * index], items[2 * index + 1]);
  }
}

/**
 * Parses an object in a text. A generator for `inTurns`.
 * @param inner as of `TextList`. @throws SyntaxError if it is not JSON.
 */
export function* readItem(
  parts: JsonParts,
  [name, ...inner]: readonly string[],
  start = 0,
  end = parts.text.length,
): Generator<void, TextItem> {
  const { text } = parts;
  const spans = name === undefined ? undefined : yield* listSpans(text, name, start);
  // A list that ends elsewhere is not of this object, which then is not closed.
  const own = spans && spans.end <= end ? spans : undefined;
  const value = readJson(own ? withoutItems(text, [own], start, end) : text.slice(start, end));
  return {
    value,
    json: isJsonObject(value) ? parts.part(start, end, value) : undefined,
    inner: own && new TextList(parts, own, inner),
  };
}

/** A text with empty lists in place of long ones. @param lists in their order. */
export function withoutItems(
  text: string,
  lists: readonly ListSpans[],
  start = 0,
  end = text.length,
): string {
  const starts = [start, ...lists.map((list) => list.end - 1)];
  const ends = [...lists.map((list) => list.start + 1), end];
  return starts.map((from, index) => text.slice(from, ends[index])).join('');
}

/** Like `decodeItems`, for a list in a text. A generator for `inTurns`. @throws SyntaxError if it is not JSON. */
export function* decodeTextItems<S extends v.GenericSchema>(
  list: TextList,
  parent: Pick<Resource, 'path'>,
  place: number | string,
  schema: S,
  build: (decoded: v.InferOutput<S>, json: JsonPart, inner: TextList | undefined) => BuiltItem,
): Generator<void, readonly PageItem[]> {
  const items = new Map<string, PageItem>();
  for (let index = 0; index < list.length; index++) {
    const { value, json, inner } = yield* list.read(index);
    const decoded = v.safeParse(schema, value);
    const item =
      decoded.success && json
        ? yield* withChildren(build(decoded.output, json, inner))
        : brokenItem(parent, `${place}.${index}`, toFlaw(decoded.issues?.[0]));
    if (!items.has(item.resource.path)) items.set(item.resource.path, item);
    yield;
  }
  return [...items.values()];
}

function* withChildren({ resource, children: building }: BuiltItem): Generator<void, PageItem> {
  const children = building && (yield* building);
  return { resource, ...(children && { children }) };
}

/**
 * Reads a response part by part, and keeps its text for the rows.
 * @param turns absent if there is no concurrent work.
 * @returns undefined if the text is not as expected: then the response has to be parsed as a whole, which also explains
 * what is wrong.
 */
export async function readText<Result>(
  { text }: HttpResponse,
  turns: Turns | undefined,
  read: (parts: JsonParts) => Generator<void, Result | undefined>,
): Promise<Result | undefined> {
  const parts = new JsonParts(text);
  try {
    const result = turns ? await inTurns(read(parts), turns) : atOnce(read(parts));
    if (result !== undefined) parts.source.compressLater(turns);
    return result;
  } catch (error) {
    expectError(error, SyntaxError);
    return undefined;
  }
}
