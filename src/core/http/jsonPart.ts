import { inflateRawSync } from 'node:zlib';
import { type Clock, systemClock } from '../base/clock';
import { compressed } from '../base/compression';
import { inTurns, Turns } from '../base/turns';
import { readJson, type JsonObject } from './json';

/** Compressing shorter texts saves little. */
const LEAST_CHARS = 16_384;

/** Characters that are decompressed at once, in a fraction of a millisecond. */
const PART_CHARS = 65_536;

/** Of zlib. Higher ones take longer for hardly less. */
const LEVEL = 3;

/** Until then, rows that arrive are shown: starting a compression takes a millisecond. */
export const COMPRESSION_DELAY_MS = 500;

/** Longer texts are not kept for a moment more: collecting them later would hold the extension host longer. */
const MAX_DELAYED_CHARS = 250_000;

/** A part of a text in UTF-8. */
interface Part {
  readonly bytes: Buffer;
  readonly isCompressed: boolean;
}

/** A part that was read. */
interface Recent {
  readonly index: number;
  readonly text: string;
}

const NOTHING: Part = { bytes: Buffer.alloc(0), isCompressed: false };

/** A long text that is kept for parts of it. */
export class SharedText {
  /** Undefined once it is in parts. */
  #text: string | undefined;
  #parts: Part[] = [];
  /** Where each part starts, and at last the length. */
  #starts: readonly number[] = [];
  /** What was read last is often read next. */
  #recent: WeakRef<Recent> | undefined;

  constructor(
    text: string,
    private readonly clock: Clock = systemClock,
  ) {
    this.#text = text;
  }

  slice(start: number, end: number): string {
    if (this.#text !== undefined) return this.#text.slice(start, end);
    const first = this.#starts.findLastIndex((offset) => offset <= start);
    const offset = this.#starts[first] ?? 0;
    let text = '';
    for (let index = first; index < this.#parts.length && (this.#starts[index] ?? 0) < end; index++) {
      text += this.#part(index);
    }
    return text.slice(start - offset, end - offset);
  }

  /**
   * Compresses the text: a very long one at once, others when the work of the moment is over.
   * @param turns of what else is done with long texts.
   */
  compressLater(turns?: Turns): void {
    if (this.#isShort()) return;
    if ((this.#text?.length ?? 0) > MAX_DELAYED_CHARS) void this.compress(turns);
    else this.clock.after(COMPRESSION_DELAY_MS, () => void this.compress(turns));
  }

  /**
   * Compresses the text outside the extension host's thread: JSON to a tenth, because it repeats the names of its
   * members. Until a part is, it is kept as bytes, which take no heap: one letter that is not Latin doubles the size of
   * a string. Never rejects.
   */
  async compress(turns = new Turns()): Promise<void> {
    await this.#encode(turns);
    const parts = this.#parts;
    for (const [index, { bytes, isCompressed }] of parts.entries()) {
      if (isCompressed) continue;
      // zlib prepares each part in this thread: a turn for each, however many texts are compressed.
      await turns.next();
      const shorter = await compressed(bytes, LEVEL);
      if (shorter) parts[index] = { bytes: Buffer.from(shorter.buffer), isCompressed: true };
    }
  }

  /** A function of its own, because a waiting one would keep the text. */
  async #encode(turns: Turns): Promise<void> {
    const text = this.#text;
    if (text === undefined || this.#isShort()) return;
    const starts = partStarts(text);
    this.#parts = await inTurns(encodedParts(text, starts), turns);
    [this.#starts, this.#text] = [starts, undefined];
  }

  #isShort(): boolean {
    return (this.#text?.length ?? 0) < LEAST_CHARS;
  }

  #part(index: number): string {
    const known = this.#recent?.deref();
    if (known?.index === index) return known.text;
    const { bytes, isCompressed } = this.#parts[index] ?? NOTHING;
    const text = (isCompressed ? inflateRawSync(bytes) : bytes).toString();
    this.#recent = new WeakRef({ index, text });
    return text;
  }
}

/** A generator for `inTurns`. */
function* encodedParts(text: string, starts: readonly number[]): Generator<void, Part[]> {
  const parts: Part[] = [];
  for (const [index, start] of starts.entries()) {
    parts.push({ bytes: Buffer.from(text.slice(start, starts[index + 1])), isCompressed: false });
    yield;
  }
  return parts;
}

/** Where the parts of a text start. None begins within a character, which UTF-8 could not write. */
function partStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = PART_CHARS; at < text.length; at += PART_CHARS) {
    starts.push(/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at);
  }
  return starts;
}

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
    return new JsonPart(this.source, start, end, this.#getLayout(decoded));
  }

  #getLayout(decoded: JsonObject): readonly string[] {
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
  parts.source.compressLater();
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
  const [before, now] = [earlier, later].map(getKeys);
  if (before === now || before?.every((key) => now?.includes(key))) return later;
  const merged = { ...decodedJson(earlier), ...decodedJson(later) };
  return earlier instanceof JsonPart || later instanceof JsonPart ? toPart(merged) : merged;
}

function getKeys(json: Json): readonly string[] {
  return json instanceof JsonPart ? json.keys : Object.keys(json);
}
