import type { Node, ParseError } from 'jsonc-parser';
import type { Pointer } from '../../core/services/common/documentError';
import { fillPlaceholders } from '../../core/services/common/documentSecrets';
import { exactValue } from '../../core/services/common/exactJson';
import { INDENTATION } from '../../shared/jsonFormatter';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/http/json';

/** The content of an action's document without comments and schema reference. */
export interface ReadDocument {
  /** JSON, with numbers and strings exactly as typed. */
  readonly text: string;
  /** Offset of the first syntax error; absent if there is none. */
  readonly flaw?: number;
}

/**
 * Adds a reference to a schema, so that the editor completes and validates the document. Only objects can
 * have one; other JSON is returned unchanged.
 */
export async function withSchema(text: string, schema: string): Promise<string> {
  const { applyEdits, modify, parseTree } = await import('jsonc-parser');
  if (parseTree(text)?.type !== 'object') return text;
  const edits = modify(text, ['$schema'], schema, {
    formattingOptions: { ...INDENTATION, eol: '\n' },
    getInsertionIndex: () => 0,
  });
  return applyEdits(text, edits);
}

/** Removes the schema reference; comments are kept. */
export async function withoutSchema(text: string): Promise<string> {
  const { applyEdits, modify, parseTree } = await import('jsonc-parser');
  if (parseTree(text)?.type !== 'object') return text;
  return applyEdits(text, modify(text, ['$schema'], undefined, {}));
}

/** The text of a document's schema. It allows `$schema`, even if it allows no other additional members. */
export function schemaText(schema: JsonObject): string {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  return JSON.stringify({ ...schema, properties: { $schema: { type: 'string' }, ...properties } });
}

/** Reads a document as the user saved it. */
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

/**
 * The value of JSON with or without comments, with all digits of its numbers. @returns null if there is no
 * value
 */
export async function documentValue(text: string): Promise<JsonValue> {
  const { parseTree } = await import('jsonc-parser');
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root ? exactValue(root, text) : null;
}

/** Replaces the placeholders in the strings of a JSON text by values. Member names are left unchanged. */
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

/** The string values, in document order. */
function* findStrings(node: Node): Generator<Node, void> {
  if (node.type === 'string') yield node;
  const children = node.children ?? [];
  for (const child of node.type === 'property' ? children.slice(1) : children) yield* findStrings(child);
}

/** A range of a document, as offsets. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the ranges to mark for JSON pointers. For an object or list this is its member name, because the
 * whole value would be too much; for a missing value, the nearest existing parent.
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
 * Guesses which place of a document a service's refusal is about, from the member names and values that it
 * mentions.
 * @returns the root if it mentions none.
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

/** How specific a match is: the length of the word; 0 if the text does not contain it as a whole word. */
function weigh(text: string, word: unknown): number {
  const wanted = typeof word === 'string' ? word.toLowerCase() : '';
  if (wanted.length < 2) return 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const around = text.charAt(at - 1) + text.charAt(at + wanted.length);
    if (!/[\p{L}\p{N}_]/u.test(around)) return wanted.length;
  }
  return 0;
}
