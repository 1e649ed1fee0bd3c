import type { TextDocument } from 'vscode';
import type { TextLines } from './textLines';

/** A document as lines. */
export function textLinesOf(document: TextDocument): TextLines {
  return { languageId: document.languageId, lineAt: (line) => document.lineAt(line).text };
}
