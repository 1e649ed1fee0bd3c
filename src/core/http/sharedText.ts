import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';

const compress = promisify(deflateRaw);

/** Compressing shorter texts saves little. */
const LEAST_CHARS = 16_384;

/** Characters that are decompressed at once, in a fraction of a millisecond. */
const PART_CHARS = 65_536;

/** Of zlib. Higher ones take longer for hardly less. */
const LEVEL = 3;

/** A decompressed part. */
interface Recent {
  readonly index: number;
  readonly text: string;
}

/** A long text that is kept for parts of it. */
export class SharedText {
  /** Undefined once it is compressed. */
  #text: string | undefined;
  /** UTF-8, compressed. */
  #parts: readonly Buffer[] = [];
  /** Where each part starts, and at last the length. */
  #starts: readonly number[] = [];
  /** What was read last is often read next. */
  #recent: WeakRef<Recent> | undefined;

  constructor(text: string) {
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
   * Compresses the text outside the extension host's thread: JSON to a tenth, because it repeats the names of its
   * members. Never rejects.
   */
  async compress(): Promise<void> {
    const text = this.#text;
    if (text === undefined || text.length < LEAST_CHARS) return;
    const parts: Buffer[] = [];
    const starts = partStarts(text);
    for (const [index, start] of starts.entries()) {
      const bytes = Buffer.from(text.slice(start, starts[index + 1]));
      const part = await compress(bytes, { level: LEVEL }).catch(() => undefined);
      if (!part) return;
      // zlib returns part of a larger buffer.
      parts.push(Buffer.from(part));
    }
    [this.#parts, this.#starts, this.#text] = [parts, starts, undefined];
  }

  #part(index: number): string {
    const known = this.#recent?.deref();
    if (known?.index === index) return known.text;
    const text = inflateRawSync(this.#parts[index] ?? Buffer.alloc(0)).toString();
    this.#recent = new WeakRef({ index, text });
    return text;
  }
}

/** Where the parts of a text start. None begins within a character, which UTF-8 could not write. */
function partStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = PART_CHARS; at < text.length; at += PART_CHARS) {
    starts.push(/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at);
  }
  return starts;
}
