import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as ts from 'typescript';
import { insertedIds, type WholeText } from '../../../../src/features/editor/insertedIds';
import type { IdLayout } from '../../../../src/ui/text';

/** Marks the cursor in a text of a test. */
const CURSOR = '‸';

function toText(languageId: string, content: string): WholeText {
  const lines = content.split('\n');
  return { languageId, lineCount: lines.length, lineAt: (line) => lines[line] ?? '' };
}

/** A text with IDs inserted at its cursor. */
function inserted(
  languageId: string,
  marked: string,
  ids: readonly string[] = ['dg_1'],
  layout: IdLayout = 'lines',
): string {
  const [before = '', after = ''] = marked.split(CURSOR);
  const lines = before.split('\n');
  const at = { line: lines.length - 1, column: lines.at(-1)?.length ?? 0 };
  const place = { ...at, endLine: at.line, endColumn: at.column };
  return `${before}${insertedIds(ids, toText(languageId, before + after), place, layout)}${after}`;
}

/** IDs as services have them, and worse. */
const ids = fc.oneof(
  fc.stringMatching(/^(?:dg_)?[0-9a-f]{4,24}$/),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .filter((id) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(id)),
  fc.constantFrom('a"b', "a'b", 'a\\', '${x}', '#{x}', '`x`', '"""', "'''"),
);

/** Adjacent pieces of TypeScript. */
const pieces = fc.constantFrom(
  ...[
    '"a"',
    "'b'",
    '"it\'s"',
    '\'say "x"\'',
    '`c`',
    '`d\ne "f`',
    'x',
    '(',
    ',',
    '[',
    '// don\'t "g\n',
    '/* h\n " */',
    '\n',
  ],
);

describe('IDs that are inserted', () => {
  it('are strings of JSON wherever a value is, and of a list', () => {
    fc.assert(
      fc.property(
        fc.array(ids, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('json', 'jsonc'),
        (some, language) => {
          const list = JSON.parse(inserted(language, `{ "a": [${CURSOR}] }`, some)) as unknown;
          assert.deepEqual(list, { a: some });
          const value = JSON.parse(inserted(language, `{ "a": ${CURSOR}, "b": 1 }`, some, 'json')) as unknown;
          assert.deepEqual(value, { a: some.length === 1 ? some[0] : some, b: 1 });
        },
      ),
    );
  });

  it('are strings of TypeScript with the value of the ID, whatever it contains and whatever the style', () => {
    fc.assert(
      fc.property(ids, fc.constantFrom("import 'x';", 'import "x";', ''), (id, first) => {
        const source = ts.createSourceFile(
          'a.ts',
          inserted('typescript', `${first}\nf(${CURSOR});`, [id]),
          ts.ScriptTarget.Latest,
          true,
        );
        const literals: string[] = [];
        const visit = (node: ts.Node): void => {
          if (ts.isStringLiteral(node)) literals.push(node.text);
          ts.forEachChild(node, visit);
        };
        visit(source);
        assert.equal(literals.at(-1), id);
      }),
    );
  });

  it('are bare in strings and comments of TypeScript, as its own scanner finds them, and quoted elsewhere', () => {
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 12 }), fc.nat(80), (parts, offset) => {
        const content = parts.join(' ');
        const at = Math.min(offset, content.length);
        // Within the delimiter of a comment is no position.
        fc.pre(!/^\/[/*]/.test(content.slice(at - 1)));
        fc.pre(!/\w$/.test(content.slice(0, at)) && !/^\w/.test(content.slice(at)));
        const marked = `${content.slice(0, at)}${CURSOR}${content.slice(at)}`;
        const isQuoted = /["']dg_1["']/.test(inserted('typescript', marked).slice(at, at + 6));
        assert.equal(isQuoted, !isInside(content, at), marked);
      }),
      { numRuns: 500 },
    );
  });

  it('have the quotes that the text uses most, and double ones by default', () => {
    assert.equal(inserted('python', `a = 'x'\nb = ${CURSOR}`), "a = 'x'\nb = 'dg_1'");
    assert.equal(inserted('python', `a = "x"\nb = ${CURSOR}`), 'a = "x"\nb = "dg_1"');
    assert.equal(inserted('typescript', `f(${CURSOR})`), 'f("dg_1")');
    assert.equal(inserted('typescript', `import a from 'a';\nf("it's", ${CURSOR})`).slice(-7), "'dg_1')");
  });

  it('are quoted for the language', () => {
    assert.equal(
      inserted('sql', `select * from c where id = ${CURSOR};`),
      "select * from c where id = 'dg_1';",
    );
    assert.equal(inserted('sql', `where id in ${CURSOR}`, ["o'x", 'b'], 'json'), "where id in ('o''x', 'b')");
    assert.equal(inserted('java', `String id = ${CURSOR};`), 'String id = "dg_1";');
    assert.equal(inserted('powershell', `$id = ${CURSOR}`, ['$x']), "$id = '$x'");
    assert.equal(inserted('kotlin', `val id = ${CURSOR}`, ['${x}']), String.raw`val id = "\${x}"`);
    assert.equal(inserted('terraform', `id = ${CURSOR}`, ['${x}']), 'id = "$${x}"');
    assert.equal(
      inserted('typescript', `  ids: [\n    ${CURSOR}\n  ]`, ['a', 'b']),
      '  ids: [\n    "a",\n    "b"\n  ]',
    );
  });

  it('are quoted in YAML only if they would not be strings', () => {
    assert.equal(inserted('yaml', `id: ${CURSOR}`), 'id: dg_1');
    assert.equal(inserted('yaml', `id: ${CURSOR}`, ['5e10']), 'id: "5e10"');
    assert.equal(inserted('yaml', `id: ${CURSOR}`, ['true']), 'id: "true"');
  });

  it('are bare in strings of several lines, in words, between tags, and in texts without quotes', () => {
    const bare: readonly (readonly [language: string, text: string])[] = [
      ['python', `q = """\nselect ${CURSOR}\n"""`],
      ['typescript', `const q = \`\n  id = ${CURSOR}\``],
      ['typescript', `dg${CURSOR}`],
      ['typescriptreact', `<b>${CURSOR}</b>`],
      ['typescript', `f("${CURSOR}")`],
      ['python', `a = '${CURSOR}'`],
      ['python', `# about ${CURSOR}`],
      ['plaintext', `id = ${CURSOR}`],
      ['markdown', `The ID ${CURSOR}`],
      ['dotenv', `ID=${CURSOR}`],
      ['a language that nobody knows', `id = ${CURSOR}`],
    ];
    for (const [language, marked] of bare)
      assert.equal(inserted(language, marked), marked.replace(CURSOR, 'dg_1'), `${language}: ${marked}`);
  });

  it('replace a selected string with its quotes', () => {
    const text = toText('typescript', "f('old')");
    const place = { line: 0, column: 2, endLine: 0, endColumn: 7 };
    assert.equal(insertedIds(['dg_1'], text, place, 'lines'), "'dg_1'");
    assert.equal(insertedIds(['dg_1'], text, { ...place, column: 3, endColumn: 6 }, 'lines'), 'dg_1');
  });
});

/** True for a place within a string or comment. */
function isInside(content: string, at: number): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, content);
  for (;;) {
    const kind = scanner.scan();
    if (kind === ts.SyntaxKind.EndOfFileToken) return false;
    const [start, end] = [scanner.getTokenStart(), scanner.getTokenEnd()];
    if (at <= start) return false;
    const isComment =
      kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia;
    const isText =
      kind === ts.SyntaxKind.StringLiteral || kind === ts.SyntaxKind.NoSubstitutionTemplateLiteral;
    // The end of a line still belongs to its comment.
    if (at < end || (at === end && kind === ts.SyntaxKind.SingleLineCommentTrivia))
      return isComment || isText;
  }
}
