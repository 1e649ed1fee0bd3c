import { idText, type IdLayout } from '../../ui/text';
import { getLineMarkers, SQL_LANGUAGES } from './lineComments';
import type { TextLines } from './words';

/** Lines that are read for the habit of a text, and above a place for strings of several lines. */
const MAX_LINES = 400;

/** Characters of a line that are read. */
const MAX_LINE_CHARS = 1000;

/** A text, and its number of lines. */
export interface WholeText extends TextLines {
  readonly lineCount: number;
}

/** Where IDs are inserted, replacing the selection. Zero-based; the end is exclusive. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

type Quote = '"' | "'";

/** How a language writes strings. */
interface StringSyntax {
  /** `both`: those that the text uses most. */
  readonly quote: Quote | 'both';
  /** Quotes of strings of several lines. */
  readonly long?: readonly string[];
  /** The text of a string without its quotes. Default: backslashes before quotes and backslashes. */
  readonly escape?: (text: string, quote: Quote) => string;
  /** True for values that are strings only in quotes. Default: all are. */
  readonly needsQuotes?: (text: string) => boolean;
  /** Delimiters of a list. Default: brackets. */
  readonly list?: readonly [string, string];
}

const TRIPLE = ['"""', "'''"] as const;

/** A value of YAML that is a string without quotes. */
const PLAIN_YAML = /^(?!(?:true|false|null|yes|no|on|off|y|n|[.]inf|[.]nan)$)[A-Za-z_][\w./-]*$/i;

const SYNTAXES: readonly (readonly [syntax: StringSyntax, languages: readonly string[]])[] = [
  [
    { quote: '"', escape: escapeJson },
    ['json', 'jsonc', 'jsonl', 'json5', 'snippets', 'connections-explorer-json'],
  ],
  [
    { quote: 'both', long: ['`'] },
    ['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'vue', 'svelte', 'astro'],
  ],
  [{ quote: 'both', long: TRIPLE }, ['python', 'starlark', 'bazel', 'snakemake']],
  [{ quote: 'both', escape: escapeInterpolated }, ['ruby', 'perl', 'php', 'coffeescript']],
  [{ quote: 'both', long: TRIPLE, escape: escapeInterpolated }, ['groovy', 'jenkinsfile', 'dart']],
  [{ quote: "'", escape: doubleQuotes, list: ['@(', ')'] }, ['powershell']],
  [{ quote: 'both' }, ['r', 'lua']],
  [{ quote: "'", escape: doubleQuotes, list: ['(', ')'] }, [...SQL_LANGUAGES, 'databricks-sql']],
  [{ quote: '"' }, ['c', 'cpp', 'objective-c', 'objective-cpp', 'rust', 'haskell', 'fsharp']],
  [{ quote: '"', long: ['"""'] }, ['java', 'csharp', 'scala', 'swift']],
  [{ quote: '"', long: ['`'] }, ['go']],
  [{ quote: '"', long: ['"""'], escape: escapeInterpolated }, ['kotlin', 'elixir', 'julia']],
  [{ quote: '"', escape: escapeTerraform }, ['terraform', 'hcl']],
  [{ quote: '"', long: TRIPLE, escape: escapeJson }, ['toml']],
  [
    { quote: 'both', escape: escapeYaml, needsQuotes: (text) => !PLAIN_YAML.test(text) },
    [
      'yaml',
      'dockercompose',
      'helm',
      'ansible',
      'azure-pipelines',
      'github-actions-workflow',
      'home-assistant',
    ],
  ],
];

const SYNTAX_BY_LANGUAGE: ReadonlyMap<string, StringSyntax> = new Map(
  SYNTAXES.flatMap(([syntax, languages]) => languages.map((language) => [language, syntax] as const)),
);

/**
 * IDs as they are inserted at a position of a text: as values, with the quotes of the language and the habit of the
 * text if it needs any; bare in strings, comments, prose, words and languages without quotes.
 */
export function insertedIds(
  ids: readonly string[],
  text: WholeText,
  place: TextPlace,
  layout: IdLayout,
): string {
  const syntax = SYNTAX_BY_LANGUAGE.get(text.languageId);
  if (!syntax || !isValuePlace(text, place, syntax)) return idText(ids, layout);
  const quote = syntax.quote === 'both' ? habit(text) : syntax.quote;
  const { escape = escapeBackslash, needsQuotes = () => true, list = ['[', ']'] } = syntax;
  const values = ids.map((id) => (needsQuotes(id) ? `${quote}${escape(id, quote)}${quote}` : id));
  if (values.length === 1) return values.join('');
  if (layout === 'json') return `${list[0]}${values.join(', ')}${list[1]}`;
  const [indentation = ''] = /^\s*/.exec(text.lineAt(place.line).slice(0, place.column)) ?? [];
  return values.join(`,\n${indentation}`);
}

/** False in strings, comments and words, and between tags. */
function isValuePlace(text: WholeText, place: TextPlace, syntax: StringSyntax): boolean {
  const before = text.lineAt(place.line).slice(0, place.column);
  const after = text.lineAt(place.endLine).slice(place.endColumn);
  if (/[\p{L}\p{N}_$@-]$/u.test(before) || /^[\p{L}\p{N}_]/u.test(after)) return false;
  // Between two tags is text.
  if (/(?:^|[^=\s-])>\s*$/.test(before) && /^\s*<\//.test(after)) return false;
  return !isInside(text, place, syntax);
}

/** An unclosed string or comment at a position, with its closing delimiter. */
interface Open {
  readonly end: string;
  /** It continues in the next line. */
  readonly isLong: boolean;
}

/** The end of a comment that ends with its line. */
const LINE_END = '\n';

/** True in a string or comment. Reads from a line above on, because one of several lines may begin there. */
function isInside(text: WholeText, { line, column }: TextPlace, syntax: StringSyntax): boolean {
  const markers = getLineMarkers(text.languageId);
  let open: Open | undefined;
  for (let at = Math.max(0, line - MAX_LINES); at <= line; at++) {
    const current = text.lineAt(at).slice(0, at === line ? column : MAX_LINE_CHARS);
    open = openAtEnd(current, open?.isLong ? open : undefined, syntax, markers);
  }
  return open !== undefined;
}

/**
 * The unclosed string or comment at the end of a part of a line.
 * @param before the one at its start.
 */
function openAtEnd(
  line: string,
  before: Open | undefined,
  syntax: StringSyntax,
  markers: readonly string[],
): Open | undefined {
  let open = before;
  for (let at = 0; at < line.length; at++) {
    if (open === undefined) {
      const opened = openedAt(line, at, syntax, markers);
      at += (opened?.start.length ?? 1) - 1;
      open = opened;
    } else if (line[at] === '\\' && open.end !== '*/') at++;
    else if (line.startsWith(open.end, at)) {
      at += open.end.length - 1;
      open = undefined;
    }
  }
  return open;
}

function openedAt(
  line: string,
  at: number,
  { long = [] }: StringSyntax,
  markers: readonly string[],
): (Open & { readonly start: string }) | undefined {
  const marker = markers.find((one) => line.startsWith(one, at) && /^$|\s$/.test(line.slice(0, at)));
  if (marker !== undefined) return { start: marker, end: LINE_END, isLong: false };
  const hasBlocks = markers.includes('//') || markers.includes('--');
  if (hasBlocks && line.startsWith('/*', at)) return { start: '/*', end: '*/', isLong: true };
  const triple = long.find((one) => line.startsWith(one, at));
  if (triple !== undefined) return { start: triple, end: triple, isLong: true };
  const quote = quoteAt(line, at);
  return quote === undefined ? undefined : { start: quote, end: quote, isLong: false };
}

/** An apostrophe in a word, as in `don't` or `&'a`, begins no string. */
function quoteAt(line: string, at: number): string | undefined {
  const character = line.charAt(at);
  if (character === '"' || character === '`') return character;
  return character === "'" && !/[\p{L}\p{N}&<]$/u.test(line.slice(0, at)) ? character : undefined;
}

/** The quotes that a text uses most. */
function habit(text: WholeText): Quote {
  let single = 0;
  let double = 0;
  for (let at = 0; at < Math.min(text.lineCount, MAX_LINES); at++) {
    const line = text.lineAt(at).slice(0, MAX_LINE_CHARS);
    single += line.match(/(?<![\p{L}\p{N}'])'[^'"]*'(?!')/gu)?.length ?? 0;
    double += line.match(/(?<!")"[^'"]*"(?!")/g)?.length ?? 0;
  }
  return single > double ? "'" : '"';
}

function escapeBackslash(text: string, quote: Quote): string {
  return text.replaceAll('\\', String.raw`\\`).replaceAll(quote, `\\${quote}`);
}

/** Nothing in double quotes may be run or replaced. */
function escapeInterpolated(text: string, quote: Quote): string {
  const escaped = escapeBackslash(text, quote);
  return quote === '"' ? escaped.replaceAll(/[$#@]/g, String.raw`\$&`) : escaped;
}

function doubleQuotes(text: string): string {
  return text.replaceAll("'", "''");
}

function escapeTerraform(text: string, quote: Quote): string {
  return escapeBackslash(text, quote).replaceAll(/[$%]\{/g, (mark) => mark.charAt(0) + mark);
}

function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escapeYaml(text: string, quote: Quote): string {
  return quote === "'" ? doubleQuotes(text) : escapeJson(text);
}
