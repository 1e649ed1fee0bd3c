import type { Node, ParseError } from 'jsonc-parser';
import { isJsonObject } from '../../core/services/common/decode';
import type { Pointer } from '../../core/services/common/documentError';
import { fillPlaceholders } from '../../core/services/common/documentSecrets';
import { exactValue } from '../../core/services/common/exactJson';
import type { JsonObject, JsonValue } from '../../core/http/json';

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

/** The same text without that reference; comments stay. */
export async function withoutSchema(text: string): Promise<string> {
  const { applyEdits, modify, parseTree } = await import('jsonc-parser');
  if (parseTree(text)?.type !== 'object') return text;
  return applyEdits(text, modify(text, ['$schema'], undefined, {}));
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
  const errors: ParseError[] = [];
  const root = parseTree(document, errors);
  const [first] = errors;
  if (first) return { text: plain, flaw: first.offset };
  if (root?.type !== 'object') return { text: plain };
  return { text: applyEdits(plain, modify(plain, ['$schema'], undefined, {})) };
}

/** The value of JSON, with comments or without: every digit of its numbers is kept. @returns null for no value */
export async function documentValue(text: string): Promise<JsonValue> {
  const { parseTree } = await import('jsonc-parser');
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root ? exactValue(root, text) : null;
}

/** A JSON text with values in the place of the placeholders in its strings. The names of members stay as they are. */
export async function fillSecrets(
  text: string,
  valueOf: (name: string) => string | undefined,
): Promise<string> {
  const { parseTree } = await import('jsonc-parser');
  const root = parseTree(text);
  let result = text;
  for (const { offset, length, value } of root ? [...findStrings(root)].toReversed() : []) {
    const filled = fillPlaceholders(String(value), valueOf);
    if (filled === value) continue;
    result = result.slice(0, offset) + JSON.stringify(filled) + result.slice(offset + length);
  }
  return result;
}

/** The strings that are values, in the order of the text. */
function* findStrings(node: Node): Generator<Node, void> {
  if (node.type === 'string') yield node;
  const children = node.children ?? [];
  for (const child of node.type === 'property' ? children.slice(1) : children) yield* findStrings(child);
}

/** A part of a document, as offsets. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the places of a document that pointers lead to, for an editor to mark. Of an object or list that is the name of
 * its member, because all of it would be much; of something that is missing, what it is missing in.
 */
export async function findPlaces(document: string, pointers: readonly Pointer[]): Promise<readonly Part[]> {
  const { findNodeAtLocation, parseTree } = await import('jsonc-parser');
  const root = parseTree(document, [], { allowTrailingComma: true });
  if (!root) return pointers.map(() => ({ start: 0, end: document.length }));
  return pointers.map((pointer) => {
    let steps = pointer;
    while (steps.length > 0 && !findNodeAtLocation(root, [...steps])) steps = steps.slice(0, -1);
    const node = findNodeAtLocation(root, [...steps]) ?? root;
    return toPart(node);
  });
}

function toPart(node: Node): Part {
  const isLarge = node.type === 'object' || node.type === 'array';
  const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
  if (isLarge && !key) return { start: node.offset, end: node.offset + 1 };
  const { offset, length } = isLarge && key ? key : node;
  return { start: offset, end: offset + length };
}

/**
 * The place of a document that a refusal of the service speaks of, as far as its words name a member or repeat a value.
 * @returns the root where they do not.
 */
export async function findMentioned(document: string, words: string): Promise<Pointer> {
  const { getNodePath, parseTree } = await import('jsonc-parser');
  const root = parseTree(document, [], { allowTrailingComma: true });
  const said = words.toLowerCase();
  let best: { readonly node: Node; readonly weight: number } | undefined;
  for (const node of root ? findProperties(root) : []) {
    const [key, value] = node.children ?? [];
    if (!key || !value) continue;
    const weight = Math.max(weigh(said, key.value), value.type === 'string' ? weigh(said, value.value) : 0);
    if (weight > 0 && weight >= (best?.weight ?? 0)) best = { node: value, weight };
  }
  return best ? getNodePath(best.node) : [];
}

function* findProperties(node: Node): Generator<Node, void> {
  if (node.type === 'property') yield node;
  for (const child of node.children ?? []) yield* findProperties(child);
}

/** How much of a text a word is, by its length; 0 where it does not stand there as a whole. */
function weigh(text: string, word: unknown): number {
  const wanted = typeof word === 'string' ? word.toLowerCase() : '';
  if (wanted.length < 2) return 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const around = text.charAt(at - 1) + text.charAt(at + wanted.length);
    if (!/[\p{L}\p{N}_]/u.test(around)) return wanted.length;
  }
  return 0;
}
