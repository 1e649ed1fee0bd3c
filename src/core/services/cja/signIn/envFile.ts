import * as l10n from '@vscode/l10n';

/** Blanks and blank lines before an assignment. */
const BLANKS = /\s*/y;

/** The key of an assignment, up to its equals sign and the blanks behind it. */
const KEY = /(?:export[^\S\r\n]+)?([^\s=#'"]+)[^\S\r\n]*=[^\S\r\n]*/y;

const QUOTED = /'((?:[^'\\]|\\[^])*)'|"((?:[^"\\]|\\[^])*)"/y;

/** What may follow a quoted value: a comment. */
const AFTER_QUOTED = /[^\S\r\n]*(?:#[^\r\n]*)?(?=[\r\n]|$)/y;

const REST_OF_LINE = /[^\r\n]*/y;

/** The meaning of a backslash with the next character, in double quotes. In single quotes, only the last two apply. */
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', b: '\b', a: '\x07' },
  ...{ '"': '"', "'": "'", '\\': '\\' },
};

/**
 * Reads the assignments of a `.env` file as python-dotenv does, with which the public Python clients read theirs: an
 * optional `export`, quotes, comments after a blank, values of several lines, and the last of several values. Variables
 * within values are not replaced. Lines that assign nothing are skipped.
 * @throws Error whose message names the line, for a quoted value that does not end, or does not end its line.
 */
export function parseEnvFile(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (let at = skip(BLANKS, text, 0); at < text.length; at = skip(BLANKS, text, at)) {
    KEY.lastIndex = at;
    const key = KEY.exec(text)?.[1];
    if (key === undefined) {
      at = skip(REST_OF_LINE, text, at);
      continue;
    }
    const value = readValue(text, KEY.lastIndex);
    values.set(key, value.text);
    at = value.end;
  }
  return values;
}

/** @param at start of the value. */
function readValue(text: string, at: number): { readonly text: string; readonly end: number } {
  const quote = text[at];
  if (quote === '"' || quote === "'") return readQuoted(text, at);
  const end = skip(REST_OF_LINE, text, at);
  const line = text.slice(at, end);
  const comment = line.startsWith('#') ? 0 : line.search(/\s#/);
  return { text: (comment < 0 ? line : line.slice(0, comment)).trimEnd(), end };
}

function readQuoted(text: string, at: number): { readonly text: string; readonly end: number } {
  QUOTED.lastIndex = at;
  const found = QUOTED.exec(text);
  const after = found ? at + found[0].length : 0;
  AFTER_QUOTED.lastIndex = after;
  if (!found || !AFTER_QUOTED.test(text)) throw unclosed(text, at);
  const [, single, double = ''] = found;
  const value =
    single === undefined
      ? double.replaceAll(/\\([^])/g, (pair, escaped: string) => ESCAPES[escaped] ?? pair)
      : single.replaceAll(/\\(['\\])/g, '$1');
  return { text: value, end: AFTER_QUOTED.lastIndex };
}

function unclosed(text: string, at: number): Error {
  const line = text.slice(0, at).split(/\r\n|\r|\n/).length;
  return new Error(l10n.t('Line {0} of the file has a quoted value that does not end there.', line));
}

/** The position after a match of a sticky expression, which matches everywhere. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}
