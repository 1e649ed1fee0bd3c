/** That tests in a real VS Code name every command, setting and button of a title that the manifest has. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import * as v from 'valibot';
import { root } from '../../scripts/lib/paths';

const Manifest = v.object({
  contributes: v.object({
    commands: v.array(v.object({ command: v.string(), title: v.string() })),
    configuration: v.object({ properties: v.record(v.string(), v.unknown()) }),
    menus: v.object({
      'view/title': v.array(v.object({ command: v.string(), group: v.optional(v.string(), '') })),
    }),
  }),
});
const { contributes } = v.parse(Manifest, read('package.json'));
const titles = v.parse(v.record(v.string(), v.unknown()), read('package.nls.json'));
const written = new Set(['integration', 'e2e'].flatMap((folder) => getFiles(folder).flatMap(getLiterals)));

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(root, name), 'utf8'));
}

function getFiles(folder: string): readonly string[] {
  const path = join(root, 'test', folder);
  return readdirSync(path)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(path, name));
}

/** The texts of a source file, and the members that it uses, such as `commands.copyId`. */
function getLiterals(path: string): readonly string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    else if (ts.isPropertyAccessExpression(node)) found.push(node.getText(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function getTitle(id: string): string {
  const title = contributes.commands.find(({ command }) => command === id)?.title ?? '';
  const text = titles[title.replaceAll('%', '')];
  return typeof text === 'string' ? text : title;
}

/** The names under which a test can mean a command or setting. */
function getNames(id: string): readonly string[] {
  const key = id.split('.')[1] ?? '';
  const title = getTitle(id);
  return [
    ...[id, `commands.${key}`, `commands.${key}`, `settings.${key}`],
    ...(title === '' ? [] : [title, `Connections: ${title}`]),
  ];
}

const isTested = (id: string): boolean => getNames(id).some((name) => written.has(name));

describe('commands, settings and buttons', () => {
  it('tests in a real VS Code name every command', () => {
    const untested = contributes.commands.filter(({ command }) => !isTested(command));
    assert.deepEqual(untested, []);
  });

  it('tests in a real VS Code name every setting', () => {
    const untested = Object.keys(contributes.configuration.properties).filter((key) => !isTested(key));
    assert.deepEqual(untested, []);
  });

  it('tests in a real VS Code name every button in the title of a view, by its label', () => {
    const buttons = contributes.menus['view/title'].filter(({ group }) => group.startsWith('navigation'));
    const untested = buttons.filter(({ command }) => {
      const title = getTitle(command);
      return ![title, title.replace('…', '')].some((name) => written.has(name));
    });
    assert.ok(buttons.length > 0);
    assert.deepEqual(untested, []);
  });
});
