/** Reads Markdown for tests and for the generator of the documents. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/paths';

/** The text of a file of the project. */
export function read(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}

/** The names of all documents below docs/, with slashes. */
export function pages(): readonly string[] {
  return readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md'))
    .sort();
}

/** The names of all documents of the project. */
export function documents(): readonly string[] {
  return [...readdirSync(root).filter((name) => name.endsWith('.md')), ...pages()];
}

/** The rows of all tables in a text, without the lines below their headings. */
export function tableRows(text: string): readonly (readonly string[])[] {
  return text.split('\n').flatMap((line) => {
    const cells = toCells(line);
    return cells === undefined || cells.every((cell) => /^:?-+:?$/.test(cell)) ? [] : [cells];
  });
}

/** The cells of a line of a table; undefined for any other line. */
export function toCells(line: string): readonly string[] | undefined {
  if (!line.startsWith('|') || !line.endsWith('|')) return undefined;
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** A line of a table. */
export function toLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The text between a heading and the next one of its level. Empty if there is no such heading. */
export function section(text: string, heading: string): string {
  const level = /^#+/.exec(heading)?.[0] ?? '';
  const [, rest = ''] = `\n${text}`.split(`\n${heading}\n`);
  return rest.split(`\n${level} `)[0] ?? '';
}

/** The anchors that GitHub gives the headings of a text. */
export function anchors(text: string): readonly string[] {
  return [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** A text without its code blocks, in which nothing is Markdown. */
export function withoutCode(text: string): string {
  return text.replaceAll(/^```.*?^```$/gms, '');
}
