/** Finds the places of a TypeScript file at which a small change should make a test fail. */
import ts from 'typescript';

/** One change of a source file. Positions count UTF-16 units. */
export interface Mutant {
  readonly start: number;
  readonly end: number;
  /** The replaced text, and its replacement. */
  readonly original: string;
  readonly replacement: string;
  /** An expression is switched by a condition; a statement is skipped. */
  readonly kind: 'expression' | 'statement';
}

const OPERATORS: Readonly<Partial<Record<string, string>>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '&&': '||',
  '||': '&&',
};

/** Methods whose calls are replaced by the objects that they are called on. */
const TRANSFORMS = new Set([
  'toSorted',
  'filter',
  'slice',
  'reverse',
  'toReversed',
  'trim',
  'toLowerCase',
  'flat',
]);

/** All mutants of a file, in source order. Types, imports and localized texts are not changed. */
export function findMutants(path: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (isLeftOut(node)) return;
    const replacement = getReplacement(node, source);
    const start = node.getStart(source);
    const original = text.slice(start, node.end);
    if (replacement !== undefined && replacement !== original) {
      const kind = ts.isExpressionStatement(node) ? 'statement' : 'expression';
      found.push({ start, end: node.end, original, replacement, kind });
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

function isLeftOut(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    (ts.isCallExpression(node) && node.expression.getText() === 'l10n.t')
  );
}

/** The replacement of a node; undefined if it has no mutant. */
function getReplacement(node: ts.Node, source: ts.SourceFile): string | undefined {
  const getText = (part: ts.Node): string => part.getText(source);
  if (ts.isExpressionStatement(node)) return isCall(node.expression) ? '' : undefined;
  if (ts.isBinaryExpression(node)) return ofBinary(node, getText);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return getText(node.operand);
  if (ts.isConditionalExpression(node))
    return `${getText(node.condition)} ? ${getText(node.whenFalse)} : ${getText(node.whenTrue)}`;
  if (ts.isCallExpression(node)) return ofCall(node, getText);
  if (isCondition(node)) return `!(${getText(node)})`;
  return ofLiteral(node, getText);
}

function isCall(expression: ts.Expression): boolean {
  const called = ts.isAwaitExpression(expression) ? expression.expression : expression;
  return ts.isCallExpression(called) && called.expression.kind !== ts.SyntaxKind.SuperKeyword;
}

function ofBinary(node: ts.BinaryExpression, getText: (part: ts.Node) => string): string | undefined {
  const operator = getText(node.operatorToken);
  if (operator === '??') return getText(node.left);
  const other = OPERATORS[operator];
  return other === undefined ? undefined : `${getText(node.left)} ${other} ${getText(node.right)}`;
}

function ofCall(node: ts.CallExpression, getText: (part: ts.Node) => string): string | undefined {
  const { expression } = node;
  // Parentheses around a part of `a?.b.c()` would end its short circuit.
  const transforms =
    !ts.isCallChain(node) &&
    ts.isPropertyAccessExpression(expression) &&
    TRANSFORMS.has(expression.name.text);
  return transforms ? getText(expression.expression) : undefined;
}

/** A name or access that is the whole condition of an `if`. Other conditions have mutants of their own. */
function isCondition(node: ts.Node): boolean {
  const decides = ts.isIfStatement(node.parent) && node.parent.expression === node;
  return decides && (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node));
}

function ofLiteral(node: ts.Node, getText: (part: ts.Node) => string): string | undefined {
  if (node.kind === ts.SyntaxKind.TrueKeyword) return 'false';
  if (node.kind === ts.SyntaxKind.FalseKeyword) return 'true';
  const isName = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
  if (ts.isNumericLiteral(node) && !isName) return ofNumber(node, getText(node));
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0 && !isPattern(node)) return '[]';
  return undefined;
}

/**
 * Adds one; doubles large numbers, such as milliseconds and bytes, for which one more would make no
 * difference.
 */
function ofNumber({ text }: ts.NumericLiteral, written: string): string {
  return Number(text) < 1000 ? `(${written} + 1)` : `(${written} * 2)`;
}

/** In `[a, b] = …`, the array is a destructuring pattern. */
function isPattern({ parent }: ts.Node): boolean {
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

/**
 * The text of a file with several mutants at once, each switched on by `isMutant(NUMBER)`.
 * @param mutants by number; they must not overlap
 */
export function withSwitches(text: string, mutants: ReadonlyMap<number, Mutant>): string {
  const lastFirst = [...mutants].toSorted(([, a], [, b]) => b.start - a.start);
  return lastFirst.reduce((before, [number, mutant]) => {
    const { start, end, original, replacement, kind } = mutant;
    const condition = `globalThis.isMutant(${number})`;
    const switched =
      kind === 'statement'
        ? // Braces around all of it, because otherwise an `else` that follows would belong to this `if`.
          `{ if (!${condition}) { ${original} } }`
        : `(${condition} ? (${replacement}) : (${original}))`;
    return before.slice(0, start) + switched + before.slice(end);
  }, text);
}
