import { isJsonObject } from '../services/decode';
import type { JsonObject } from '../services/service';

/** What a document of an action holds once comments and the reference to its schema are left out. */
export interface ReadDocument {
  /** JSON, each number and text as it was typed. */
  readonly text: string;
  /** Offset of the first place that is no JSON; absent where all is well. */
  readonly flaw?: number;
}

/**
 * The text of a document with a reference to its schema, so that the editor completes and validates it. Only an object
 * can name its schema: other JSON stays as it is.
 */
export async function withSchema(text: string, schema: string): Promise<string> {
  const { applyEdits, modify, parseTree } = await import('jsonc-parser');
  if (parseTree(text)?.type !== 'object') return text;
  const edits = modify(text, ['$schema'], schema, {
    formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' },
    getInsertionIndex: () => 0,
  });
  return applyEdits(text, edits);
}

/** The text of the schema of such a document: it may name its schema, whatever else it must not hold. */
export function schemaText(schema: JsonObject): string {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  return JSON.stringify({ ...schema, properties: { $schema: { type: 'string' }, ...properties } });
}

/** Reads a document that the user saved. */
export async function readDocument(document: string): Promise<ReadDocument> {
  const { applyEdits, modify, parseTree, stripComments } = await import('jsonc-parser');
  const plain = stripComments(document);
  const errors: { offset: number }[] = [];
  const root = parseTree(plain, errors as Parameters<typeof parseTree>[1], { disallowComments: true });
  const [first] = errors;
  if (first) return { text: plain, flaw: first.offset };
  if (root?.type !== 'object') return { text: plain };
  return { text: applyEdits(plain, modify(plain, ['$schema'], undefined, {})) };
}
