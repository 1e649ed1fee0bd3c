/** Finds the points of a TypeScript file that tests should reach, and instruments each of them. */
import ts from 'typescript';

/** A point of a file. */
export interface Point {
  /** A statement, or the expression of an arrow function; or a branch. */
  readonly kind: 'line' | 'branch';
  /** From 1. */
  readonly line: number;
  /** The kind of error handling, if any. */
  readonly error?: 'catch' | 'throw';
}

/** Text to insert into a file. Positions count UTF-16 units. */
interface Insertion {
  readonly at: number;
  readonly text: string;
}

export interface Instrumented {
  readonly points: readonly Point[];
  /** The file, with a call of the recorder at each point. */
  readonly text: string;
}

/** The name of the recorder in a file. */
const RECORDER = '__reached';

/**
 * All points within functions of a file. Module-level code is excluded, because it always runs, and calls in
 * it would prevent tree shaking.
 * @param first the number of the file's first point; the others follow
 * @param recorder module specifier of the function `reached`
 */
export function instrument(path: string, text: string, first: number, recorder: string): Instrumented {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const points: Point[] = [];
  const insertions: Insertion[] = [];
  const add = (node: ts.Node, point: Omit<Point, 'line'>): string => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    points.push({ ...point, line: line + 1 });
    return `${RECORDER}(${first + points.length - 1})`;
  };
  const insert = (at: number, code: string): void => {
    insertions.push({ at, text: code });
  };
  const visit = (node: ts.Node, inFunction: boolean): void => {
    if (ts.isTypeNode(node)) return;
    const within = inFunction || ts.isFunctionLike(node);
    if (within) mark(node, source, { add, insert });
    ts.forEachChild(node, (child) => {
      visit(child, within);
    });
  };
  visit(source, false);
  if (points.length === 0) return { points, text };
  const header = `import { reached as ${RECORDER} } from '${recorder}';`;
  return { points, text: header + inserted(text, insertions) };
}

interface Marking {
  /** @returns the call that records the point */
  readonly add: (node: ts.Node, point: Omit<Point, 'line'>) => string;
  readonly insert: (at: number, code: string) => void;
}

function mark(node: ts.Node, source: ts.SourceFile, marking: Marking): void {
  const { add, insert } = marking;
  const wrap = (expression: ts.Expression, call: string): void => {
    insert(expression.getStart(source), `(${call}, `);
    insert(expression.end, ')');
  };
  if (ts.isBlock(node) || ts.isCaseOrDefaultClause(node)) markStatements(node, source, marking);
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) wrap(node.body, add(node.body, { kind: 'line' }));
  if (ts.isConditionalExpression(node)) {
    for (const way of [node.whenTrue, node.whenFalse]) wrap(way, add(way, { kind: 'branch' }));
  }
  if (ts.isBinaryExpression(node) && isShortCut(node.operatorToken.kind))
    wrap(node.right, add(node.right, { kind: 'branch' }));
  if (ts.isIfStatement(node)) markIf(node, source, marking);
  if (ts.isIterationStatement(node, false)) markBody(node.statement, source, marking);
}

/** Marks the statements of a list, and the list itself if it is a branch of its own. */
function markStatements(
  list: ts.Block | ts.CaseOrDefaultClause,
  source: ts.SourceFile,
  { add, insert }: Marking,
): void {
  const start = list.statements.pos;
  if (ts.isCatchClause(list.parent))
    insert(start, `${add(list.parent, { kind: 'branch', error: 'catch' })};`);
  if (!ts.isBlock(list)) insert(start, `${add(list, { kind: 'branch' })};`);
  for (const statement of list.statements) {
    if (!isReached(statement)) continue;
    insert(statement.getStart(source), `${add(statement, ofStatement(statement))};`);
  }
}

function isReached(statement: ts.Statement): boolean {
  return !(
    ts.isBlock(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  );
}

function ofStatement(statement: ts.Statement): Omit<Point, 'line'> {
  return ts.isThrowStatement(statement) ? { kind: 'line', error: 'throw' } : { kind: 'line' };
}

/** Marks both branches of an `if`, even if there is no `else`. */
function markIf(node: ts.IfStatement, source: ts.SourceFile, marking: Marking): void {
  const { add, insert } = marking;
  // First, because its insertion ends after that of the other branch.
  if (!node.elseStatement) insert(node.end, ` else { ${add(node, { kind: 'branch' })}; }`);
  markWay(node.thenStatement, source, marking);
  if (node.elseStatement) markWay(node.elseStatement, source, marking);
}

function markWay(way: ts.Statement, source: ts.SourceFile, marking: Marking): void {
  const call = marking.add(way, { kind: 'branch' });
  if (ts.isBlock(way)) marking.insert(way.statements.pos, `${call};`);
  else markBody(way, source, marking, `${call};`);
}

/** Adds braces to a statement without them. */
function markBody(body: ts.Statement, source: ts.SourceFile, { add, insert }: Marking, before = ''): void {
  if (ts.isBlock(body)) return;
  insert(body.getStart(source), `{ ${before}${add(body, ofStatement(body))};`);
  insert(body.end, ' }');
}

function isShortCut(operator: ts.SyntaxKind): boolean {
  return [
    ts.SyntaxKind.AmpersandAmpersandToken,
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.QuestionQuestionToken,
  ].includes(operator);
}

/**
 * Orders insertions at the same position: closing ones come before opening ones, and the innermost first,
 * because outer nodes are visited before inner ones.
 */
function inserted(text: string, insertions: readonly Insertion[]): string {
  const closes = ({ text: code }: Insertion): boolean => /^( ?[)}]| else )/.test(code);
  const ordered = insertions
    .map((insertion, order) => ({ insertion, order: closes(insertion) ? -order - 1 : order }))
    .toSorted((a, b) => a.insertion.at - b.insertion.at || a.order - b.order)
    .map(({ insertion }) => insertion);
  const pieces = ordered.map(({ at, text: code }, index) => code + text.slice(at, ordered[index + 1]?.at));
  return text.slice(0, ordered[0]?.at) + pieces.join('');
}
