import { isInComment } from './lineComments';
import { stringAt } from './stringAt';
import { type TextLines, MAX_ID_CHARS, type Word } from './words';

/** Lines above a value that are searched for the key of a block scalar (`run: |`). */
const MAX_BLOCK_LINES = 200;

/** Prose: quotes in it are quotations, not strings. */
const PROSE: ReadonlySet<string> = new Set([
  ...[
    'plaintext',
    'markdown',
    'mdx',
    'csv',
    'tsv',
    'dynamic_csv',
    'latex',
    'tex',
    'bibtex',
    'restructuredtext',
  ],
  ...['asciidoc', 'org', 'rmd', 'quarto', 'git-commit', 'git-rebase', 'scminput', 'diff', 'log', 'Log'],
  ...['search-result', 'prompt', 'chatagent', 'instructions', 'skill', 'wikitext', 'typst'],
]);

/** How a language writes values without quotes. */
type BareValues = (text: TextLines, line: number, column: number) => Value | undefined;

/** By language ID, including YAML dialects defined by other extensions. */
const BARE_VALUES: ReadonlyMap<string, BareValues> = new Map([
  ...[
    ...['yaml', 'dockercompose', 'helm', 'ansible', 'azure-pipelines', 'github-actions-workflow'],
    ...['spring-boot-properties-yaml', 'home-assistant'],
  ].map((language) => [language, yamlValue] as const),
  ...['dotenv', 'properties', 'spring-boot-properties', 'ini'].map(
    (language) => [language, assignedValue] as const,
  ),
  ['dockerfile', dockerfileValue],
]);

/** Keys whose values are read by people or run by programs. They do not contain IDs. */
const SPEAKING_KEY =
  /(?:name|title|label|caption|headline|description|summary|subject|message|text|comment|note|author|run|script|command|cmd|uses|image|shell|branch|branches)$/i;

/** A key, up to the value: `data view: `, `"key": `. */
const YAML_KEY = /^(?:"[^"]*"|'[^']*'|[^\s"'#:[\]{},&*!|>%@`-][^#:]*?|-[^\s#:][^#:]*?)\s*:\s+/;

const BLOCK_SCALAR = /(?:^|[:\s-]\s*)[|>][+-]?\d*[+-]?\s*(?:#.*)?$/;

/** What is being typed: a string, or the value of a key. Ends at the column. */
export interface Value extends Word {
  readonly isQuoted: boolean;
}

/**
 * Returns the value being typed at a column: the string there, or, in languages like YAML, what follows a key or a
 * dash. There is none in comments, prose, shell lines and JSON keys.
 */
export function valueAt(text: TextLines, line: number, column: number): Value | undefined {
  if (PROSE.has(text.languageId) || isInComment(text, line, column)) return undefined;
  const current = text.lineAt(line);
  const string = stringAt(current, column);
  if (!string) return BARE_VALUES.get(text.languageId)?.(text, line, column);
  if (string.isTriple || isJsonKey(text.languageId, current, string)) return undefined;
  return valueFrom(current, string.start, column, true);
}

function isJsonKey(language: string, line: string, { end }: Word): boolean {
  return language.startsWith('json') && /^["']\s*:/.test(line.slice(end, end + MAX_ID_CHARS));
}

function yamlValue(text: TextLines, line: number, column: number): Value | undefined {
  const written = beginning(text.lineAt(line), column);
  if (written === undefined || isInBlockScalar(text, line)) return undefined;
  const dashes = /^\s*(?:-\s+)*/.exec(written)?.[0] ?? '';
  const key = YAML_KEY.exec(written.slice(dashes.length))?.[0] ?? '';
  if (!key && !dashes.trim()) return undefined;
  if (SPEAKING_KEY.test(key.replace(/["']?\s*:\s+$/, ''))) return undefined;
  const start = dashes.length + key.length;
  const value = written.slice(start);
  if (/^[[{]/.test(value)) return flowValue(written, start, column);
  return /^[^\s#&*!|>"'%@`]/.test(value) ? valueFrom(written, start, column, false) : undefined;
}

/** The last item of `[a, b` or `{a: b`. */
function flowValue(written: string, start: number, column: number): Value | undefined {
  const item = /[[{,]\s*(?<key>[^\s[\]{},:"']+:\s+)?(?<value>[^\s[\]{},:"'#][^[\]{},:"'#]*)$/.exec(
    written.slice(start),
  );
  const { key = '', value } = item?.groups ?? {};
  if (value === undefined || SPEAKING_KEY.test(key.replace(/:\s+$/, ''))) return undefined;
  return valueFrom(written, column - value.length, column, false);
}

/** True in the text below `key: |`, which is not YAML. */
function isInBlockScalar(text: TextLines, line: number): boolean {
  let indentation = getIndentation(text.lineAt(line));
  for (let at = line - 1; at >= Math.max(0, line - MAX_BLOCK_LINES) && indentation > 0; at--) {
    const above = text.lineAt(at).slice(0, MAX_ID_CHARS);
    if (above.trim() === '' || getIndentation(above) >= indentation) continue;
    if (BLOCK_SCALAR.test(above)) return true;
    indentation = getIndentation(above);
  }
  return false;
}

function getIndentation(line: string): number {
  return line.search(/\S|$/);
}

function assignedValue(text: TextLines, line: number, column: number): Value | undefined {
  return groupAt(/^\s*(?:export\s+)?(?<key>[\w.$/-]+)\s*[=:]\s*(?<value>[^\s"'`#].*)$/, text, line, column);
}

function dockerfileValue(text: TextLines, line: number, column: number): Value | undefined {
  const form = /^\s*(?:ENV|ARG|LABEL)\s+(?:.*\s)?(?<key>[\w.-]+)=(?<value>[^\s"'`#][^\s"'`]*)$/i;
  return groupAt(form, text, line, column);
}

function groupAt(form: RegExp, text: TextLines, line: number, column: number): Value | undefined {
  const written = beginning(text.lineAt(line), column);
  const { key, value } = form.exec(written ?? '')?.groups ?? {};
  if (written === undefined || key === undefined || value === undefined) return undefined;
  return SPEAKING_KEY.test(key) ? undefined : valueFrom(written, column - value.length, column, false);
}

/** The line up to a column; undefined if it is out of reach. */
function beginning(line: string, column: number): string | undefined {
  return column <= MAX_ID_CHARS ? line.slice(0, column) : undefined;
}

function valueFrom(line: string, start: number, column: number, isQuoted: boolean): Value {
  const text = line.slice(start, column);
  const indentation = getIndentation(text);
  return { text: text.slice(indentation), start: start + indentation, end: column, isQuoted };
}
