import { reach, type Word } from './word';

const quotes: ReadonlySet<string> = new Set(['"', "'", '`']);

/** Languages whose values need no quotes; those of YAML that other extensions define among them. */
const bare: ReadonlySet<string> = new Set([
  ...['yaml', 'dockercompose', 'helm', 'ansible', 'azure-pipelines', 'github-actions-workflow'],
  ...['dotenv', 'properties', 'spring-boot-properties', 'spring-boot-properties-yaml', 'ini'],
  ...['shellscript', 'bat', 'makefile', 'dockerfile', 'plaintext', 'csv'],
]);

/**
 * The content of the string that a column lies in, quotes left out; up to the end of the line where it is not closed.
 * Known by the quotes before it in the same line, as far as they are in reach.
 */
export function stringAt(line: string, column: number): Word | undefined {
  const from = Math.max(0, column - reach);
  let quote: string | undefined;
  let start = from;
  for (let at = from; at < column; at++) {
    const character = line.charAt(at);
    if (character === '\\') at++;
    else if (quote === undefined && quotes.has(character)) [quote, start] = [character, at + 1];
    else if (character === quote) quote = undefined;
  }
  if (quote === undefined) return undefined;
  const end = endOf(line, column, quote);
  return { text: line.slice(start, end), start, end };
}

/**
 * The value that is being written at a column: the string it lies in, or in languages like YAML what stands behind the
 * key or the dash. It ends at the column.
 */
export function valueAt(line: string, column: number, language: string): Word | undefined {
  const string = stringAt(line, column);
  if (string) return { text: line.slice(string.start, column), start: string.start, end: column };
  if (!bare.has(language)) return undefined;
  const from = Math.max(0, column - reach);
  const text = /(?:[:=]\s*|^\s*-?\s*)([^\s:=][^:=]*)$/.exec(line.slice(from, column))?.[1];
  return text === undefined ? undefined : { text, start: column - text.length, end: column };
}

function endOf(line: string, column: number, quote: string): number {
  const limit = Math.min(line.length, column + reach);
  for (let at = column; at < limit; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === quote) return at;
  }
  return limit;
}
