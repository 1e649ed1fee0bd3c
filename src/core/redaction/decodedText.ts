import { isEscapeLead, readCharacter, INVISIBLE_RUNS, isInvisible } from './characters';
import type { Range } from './ranges';

/** A text that was made of another one, and where its characters came from. */
export class DecodedText {
  readonly text: string;

  private constructor(
    text: string /** Where each character begins in the source, and behind them where that ends. Absent: at the same place. */,
    private readonly starts?: readonly number[],
  ) {
    this.text = text;
  }

  /** A text without what nobody sees in it, blanks and line breaks apart. */
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

  /** The same with every escape taken away once; undefined where there is none. */
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

  /** The part of the source that a part of this text came from. */
  sourceOf([start, end]: Range): Range {
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

/** A part of a text. */
interface Piece {
  readonly text: string;
  readonly at: number;
  /** Set for one character that was written as an escape: where that ends. */
  readonly end?: number;
}
