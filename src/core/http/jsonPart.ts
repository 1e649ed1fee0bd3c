import { readJson, type JsonObject } from './json';
import { SharedText } from './sharedText';

/** JSON of a service: decoded, or as its text. Look at it with `decodedJson`. */
export type Json = JsonObject | JsonPart;

/**
 * A JSON object as part of a text, decoded when it is looked at. A decoded row takes several times as much memory as its
 * text, and few rows are ever looked at.
 */
export class JsonPart {
  /** @param keys of the object, in its order. */
  constructor(
    readonly source: SharedText,
    private readonly start: number,
    private readonly end: number,
    readonly keys: readonly string[],
  ) {}

  get text(): string {
    return this.source.slice(this.start, this.end);
  }
}

/** The objects of a JSON text that were found in it. Objects with the same keys share a list of them. */
export class JsonParts {
  readonly source: SharedText;
  #layouts: (readonly string[])[] = [];

  constructor(readonly text: string) {
    this.source = new SharedText(text);
  }

  /** The object at that place. @param decoded an object with the same keys. */
  part(start: number, end: number, decoded: JsonObject): JsonPart {
    return new JsonPart(this.source, start, end, this.#layoutOf(decoded));
  }

  #layoutOf(decoded: JsonObject): readonly string[] {
    const known = this.#layouts.find((layout) => hasKeys(decoded, layout));
    if (known) return known;
    const layout = Object.keys(decoded);
    // The last ones first: neighbors are alike. Without a limit, a service could make the search slow.
    this.#layouts = [layout, ...this.#layouts.slice(0, MAX_LAYOUTS - 1)];
    return layout;
  }
}

const MAX_LAYOUTS = 16;

function hasKeys(decoded: JsonObject, layout: readonly string[]): boolean {
  let index = 0;
  for (const key in decoded) if (key !== layout[index++]) return false;
  return index === layout.length;
}

/** A JSON object as its text. */
export function toPart(object: JsonObject): JsonPart {
  const text = JSON.stringify(object);
  const parts = new JsonParts(text);
  const part = parts.part(0, text.length, object);
  void parts.source.compress();
  return part;
}

/** The object, with its members in the order of the text, and numbers as `readJson` gives them. */
export function decodedJson(json: Json): JsonObject;
export function decodedJson(json: Json | undefined): JsonObject | undefined;
export function decodedJson(json: Json | undefined): JsonObject | undefined {
  // The text was parsed before, as an object.
  return json instanceof JsonPart ? (readJson(json.text) as JsonObject) : json;
}

/** The text of JSON. */
export function jsonText(json: Json): string {
  return json instanceof JsonPart ? json.text : JSON.stringify(json);
}

/** True if both have the same members in the same order. */
export function isSameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other || !one || !other) return one === other;
  return (
    jsonText(one) === jsonText(other) ||
    JSON.stringify(decodedJson(one)) === JSON.stringify(decodedJson(other))
  );
}

/** The members of both; those of `later` replace those of `earlier`, and alone if there is one for each. */
export function mergedJson(earlier: Json, later: Json | undefined): Json {
  if (!later) return earlier;
  const [before, now] = [earlier, later].map(keysOf);
  if (before === now || before?.every((key) => now?.includes(key))) return later;
  const merged = { ...decodedJson(earlier), ...decodedJson(later) };
  return earlier instanceof JsonPart || later instanceof JsonPart ? toPart(merged) : merged;
}

function keysOf(json: Json): readonly string[] {
  return json instanceof JsonPart ? json.keys : Object.keys(json);
}
