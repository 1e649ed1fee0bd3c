import type { TextDocument } from 'vscode';

/** The lines of a document and their language. */
export interface TextLines {
  readonly languageId: string;
  /** Returns a line by its zero-based number. */
  lineAt(line: number): string;
}

export function toTextLines(document: TextDocument): TextLines {
  return { languageId: document.languageId, lineAt: (line) => document.lineAt(line).text };
}

/** A part of a line, with its start and end columns. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Characters searched on either side of a place, so that a minified bundle costs no more than a short line. */
export const MAX_ID_CHARS = 200;

/** The characters of IDs. IDs with other characters are only found as whole strings. */
export const WORD_PATTERN = /\w[\w-]*/g;

/** The length of IDs. */
const MIN_ID_LENGTH = 2;
const MAX_ID_LENGTH = 128;

/** The word that a column is in or at the end of; undefined if there is none or it is longer than the reach. */
export function wordAt(line: string, column: number): Word | undefined {
  const from = Math.max(0, column - MAX_ID_CHARS);
  const near = line.slice(from, column + MAX_ID_CHARS);
  for (const { 0: text, index } of near.matchAll(WORD_PATTERN)) {
    const [start, end] = [from + index, from + index + text.length];
    if (start > column) return undefined;
    if (column > end) continue;
    const cut = (index === 0 && from > 0) || (index + text.length === near.length && end < line.length);
    return cut ? undefined : { text, start, end };
  }
  return undefined;
}

/** True for a text that is worth looking up. */
export function isOfIdLength({ length }: string): boolean {
  return length >= MIN_ID_LENGTH && length <= MAX_ID_LENGTH;
}
