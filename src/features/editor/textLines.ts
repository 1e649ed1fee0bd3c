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
