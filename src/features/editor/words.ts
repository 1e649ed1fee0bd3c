import type { TextDocument } from 'vscode';

/** The lines of a document, and what they are written in. */
export interface TextLines {
  readonly languageId: string;
  /** Text of a line, by its zero-based number. */
  lineAt(line: number): string;
}

/** A document as lines. */
export function toTextLines(document: TextDocument): TextLines {
  return { languageId: document.languageId, lineAt: (line) => document.lineAt(line).text };
}

/** A part of a line: its text, and the columns where it begins and ends. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** No more than this is looked at on either side of a place, so that a bundle in one line costs no more than a short one. */
export const MAX_ID_CHARS = 200;

/** What ids are written with. Ids of other characters are found as the whole of a string. */
export const wordForm = /\w[\w-]*/g;

/** Shorter and longer texts are no ids. */
const MIN_ID_LENGTH = 2;
const MAX_ID_LENGTH = 128;

/** The word that a column lies in or at the end of; undefined where there is none, or only a part of one is in reach. */
export function wordAt(line: string, column: number): Word | undefined {
  const from = Math.max(0, column - MAX_ID_CHARS);
  const near = line.slice(from, column + MAX_ID_CHARS);
  for (const { 0: text, index } of near.matchAll(wordForm)) {
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
