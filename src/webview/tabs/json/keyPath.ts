import type { SyntaxNode, Tree } from '@lezer/common';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The JSON value at a position of the text. */
export interface Place {
  /** The keys and indices that lead to it from the root. */
  readonly steps: readonly (string | number)[];
  readonly value: Range;
  /** The innermost object or array at the position; the value itself if it is one. */
  readonly subtree: Range;
}

const leaves = new Set(['String', 'Number', 'True', 'False', 'Null', 'PropertyName']);
const nested = new Set(['Object', 'Array']);

/**
 * The value at a position; on a key, the value of that key.
 * @param tree parsed by `@lezer/json`, complete up to the position.
 * @param read returns a range of the text.
 * @returns undefined if there is no value.
 */
export function placeAt(
  tree: Tree,
  read: (from: number, to: number) => string,
  position: number,
): Place | undefined {
  const value = valueAt(innermost(tree, position));
  if (!value) return undefined;
  const steps: (string | number)[] = [];
  for (let node: SyntaxNode | null = value; node; node = node.parent) {
    const step = stepTo(node, read);
    if (step !== undefined) steps.unshift(step);
  }
  const subtree = nested.has(value.name) ? value : (enclosing(value) ?? value);
  return { steps, value: toRange(value), subtree: toRange(subtree) };
}

/** Between two tokens, values and keys take precedence over punctuation. */
function innermost(tree: Tree, position: number): SyntaxNode {
  const after = tree.resolveInner(position, 1);
  const before = tree.resolveInner(position, -1);
  return !leaves.has(after.name) && leaves.has(before.name) ? before : after;
}

function valueAt(node: SyntaxNode): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    const found: SyntaxNode | null = at.name === 'Property' ? at.lastChild : at;
    if (found && isValue(found)) return found;
    if (found !== at) return undefined;
  }
  return undefined;
}

function isValue({ name }: SyntaxNode): boolean {
  return name !== 'PropertyName' && (leaves.has(name) || nested.has(name));
}

/** The step from its parent to a node; undefined if it is not a value of an object or array. */
function stepTo(node: SyntaxNode, read: (from: number, to: number) => string): string | number | undefined {
  const { parent } = node;
  if (parent?.name === 'Array' && isValue(node)) return findIndex(node);
  if (node.name !== 'Property') return undefined;
  const name = node.getChild('PropertyName');
  return name ? toJavaScriptString(read(name.from, name.to)) : undefined;
}

function findIndex(node: SyntaxNode): number {
  let index = 0;
  for (let at = node.prevSibling; at; at = at.prevSibling) if (isValue(at)) index++;
  return index;
}

function enclosing(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (nested.has(at.name)) return at;
  return undefined;
}

function toRange({ from, to }: SyntaxNode): Range {
  return { from, to };
}

/** The value of a JSON string; the text itself if it is not a complete one. */
export function toJavaScriptString(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : json;
  } catch {
    return json;
  }
}

/** As a normalized path of RFC 9535, in shorthand if possible: `$.dataSets[0]['data set']`. */
export function jsonPath(steps: Place['steps']): string {
  const short = /^[A-Za-z_][A-Za-z0-9_]*$/;
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    return short.test(step) ? `${path}.${step}` : `${path}['${singleQuoted(step)}']`;
  }, '$');
}

/** As a JavaScript expression on a parsed object: `json.dataSets[0]["data set"]`. */
export function jsAccessor(steps: Place['steps']): string {
  const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    return identifier.test(step) ? `${path}.${step}` : `${path}[${JSON.stringify(step)}]`;
  }, 'json');
}

function singleQuoted(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", String.raw`\'`);
}
