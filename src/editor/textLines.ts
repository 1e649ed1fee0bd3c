/** The lines of a document, and what they are written in. */
export interface TextLines {
  readonly languageId: string;
  /** Text of a line, by its zero-based number. */
  lineAt(line: number): string;
}
