import { isEscapeLead, readCharacter, INVISIBLE_RUNS, isInvisible } from './characters';
import type { Range } from './ranges';

/** A decoded text, with the source positions of its characters. */
export class DecodedText {
  readonly text: string;

  private constructor(
    text: string /** Where each character starts in the source, and where the last one ends. Absent: at the same position. */,
    private readonly starts?: readonly number[],
  ) {
    this.text = text;
  }

  /** A text without invisible characters other than spaces and line breaks. */
  static visible(source: string): DecodedText {
    const whole = new DecodedText(source);
    if (!/[^\s -~]/.test(source)) return whole;
    const kept: Piece[] = [];
    let from = 0;
    for (const { index, 0: run } of source.matchAll(INVISIBLE_RUNS)) {
      kept.push({ text: source.slice(from, index), at: from });
      from = index + run.length;
    }
    return from === 0 ? whole : whole.#of([...kept, { text: source.slice(from), at: from }]);
  }

  /** The text with every escape decoded once; undefined if there is none. */
  decoded(): DecodedText | undefined {
    const { text } = this;
    const pieces: Piece[] = [];
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      if (!isEscapeLead(text.charCodeAt(at))) continue;
      const { code, end } = readCharacter(text, at, 1);
      if (end === at + 1) continue;
      const written = isInvisible(code) ? '' : String.fromCodePoint(code);
      pieces.push({ text: text.slice(from, at), at: from }, { text: written, at, end });
      from = end;
      at = end - 1;
    }
    return from === 0 ? undefined : this.#of([...pieces, { text: text.slice(from), at: from }]);
  }

  /** The source range of a range of this text. */
  getSource([start, end]: Range): Range {
    return this.starts ? [this.starts[start] ?? 0, this.starts[end] ?? 0] : [start, end];
  }

  #of(pieces: readonly Piece[]): DecodedText {
    const starts: number[] = [];
    const source = (at: number): number => this.starts?.[at] ?? at;
    for (const { text, at, end } of pieces) {
      for (let index = 0; index < text.length; index++)
        starts.push(source(end === undefined ? at + index : at));
    }
    starts.push(source(this.text.length));
    return new DecodedText(pieces.map(({ text }) => text).join(''), starts);
  }
}

interface Piece {
  readonly text: string;
  readonly at: number;
  /** Set for a character that was written as an escape: where that ends. */
  readonly end?: number;
}
