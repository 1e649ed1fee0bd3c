import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../lib/paths';

/** A command of a table in `src/features/`, with the comment above it. */
export interface DocumentedCommand {
  readonly name: string;
  /** Markdown on one line. Empty if there is no comment. */
  readonly description: string;
  /** Path of the file below the root, with slashes. */
  readonly file: string;
}

/** All commands of the tables in `src/features/`, in their order. */
export function readCommandTables(): readonly DocumentedCommand[] {
  return readdirSync(join(root, 'src', 'features'), { recursive: true, encoding: 'utf8' })
    .map((name) => `src/features/${name.replaceAll('\\', '/')}`)
    .filter((file) => /\/(?:commands|\w+Commands)\.ts$/.test(file))
    .sort()
    .flatMap((file) => commandsIn(file, readFileSync(join(root, file), 'utf8')));
}

/** The commands of the exported tables in a source file. */
export function commandsIn(file: string, text: string): readonly DocumentedCommand[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .flatMap(({ initializer }) => getTable(initializer)?.properties ?? [])
    .flatMap((property) => {
      if (!property.name || !ts.isIdentifier(property.name)) return [];
      return [{ name: property.name.text, description: getDescription(property), file }];
    });
}

/** The object of `{ … } satisfies CommandTable<…>`. */
function getTable(initializer: ts.Expression | undefined): ts.ObjectLiteralExpression | undefined {
  if (!initializer || !ts.isSatisfiesExpression(initializer)) return undefined;
  const { type, expression } = initializer;
  const isTable = type.getText().startsWith('CommandTable<') && ts.isObjectLiteralExpression(expression);
  return isTable ? expression : undefined;
}

function getDescription(property: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(property);
  return (ts.getTextOfJSDocComment(comment?.comment) ?? '').replaceAll(/\s+/g, ' ').trim();
}
