import type { RequestRecipe } from '../services/service';
import type { ShellFamily } from './shells';

/** A header whose value is an environment variable, alone or behind the name of a scheme. */
const VARIABLE = /^(Bearer )?\$([A-Z][A-Z_]*)$/;

/** How the shells of a family write a command. */
interface Notation {
  /** At the end of a line that goes on. */
  readonly lineEnd: string;
  /** A text as one argument, as it is. */
  readonly quoted: (text: string) => string;
  /** `before`, which is ours, and the value of an environment variable as one argument. */
  readonly withVariable: (before: string, variable: string) => string;
}

const NOTATIONS: Readonly<Record<ShellFamily, Notation>> = {
  posix: {
    lineEnd: ' \\',
    quoted: posixQuoted,
    withVariable: (before, variable) => `"${before}$${variable}"`,
  },
  powershell: {
    lineEnd: ' `',
    quoted: powershellQuoted,
    withVariable: (before, variable) => `"${before}$env:${variable}"`,
  },
  cmd: {
    lineEnd: ' ^',
    quoted: cmdQuoted,
    withVariable: (before, variable) => `"${before}%${variable}%"`,
  },
};

/**
 * A request as a command that can be pasted into a shell: ids and names stay data there, whatever they hold.
 * @param windows true where the command runs on Windows, whose older PowerShell calls something else `curl`.
 */
export function curlCommand(
  { method, url, headers }: RequestRecipe,
  family: ShellFamily,
  windows: boolean,
): string {
  const { lineEnd, quoted, withVariable } = NOTATIONS[family];
  const program = family === 'powershell' && windows ? 'curl.exe' : 'curl';
  const request = [program, ...(method === 'GET' ? [] : ['-X', method]), quoted(printable(url))].join(' ');
  const options = Object.entries(headers).map(([name, value]) => {
    const [, scheme = '', variable] = VARIABLE.exec(value) ?? [];
    const header =
      variable === undefined
        ? quoted(`${name}: ${printable(value)}`)
        : withVariable(`${name}: ${scheme}`, variable);
    return `-H ${header}`;
  });
  return [request, ...options].join(`${lineEnd}\n  `);
}

/** Control characters are no part of an address or a header, and a terminal would obey them. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '');
}

/**
 * Single quotes, in which bash and zsh expand nothing, the history (`!`) included. Quotes and backslashes stand outside,
 * because fish reads `\\` and `\'` within single quotes too.
 */
function posixQuoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`'\$&'`)}'`;
}

/**
 * Single quotes, in which PowerShell expands nothing; it takes typographic ones for the same, and a doubled one for a
 * character of the text (about_Quoting_Rules).
 */
function powershellQuoted(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201B]/g, '$&$&')}'`;
}

/**
 * A text for two readers: the program takes quotes by the rules of Microsoft's C runtime, and the Command Prompt must
 * not see any of it, so each of its special characters has a caret before it. A caret behind `%` keeps it from finding
 * the name of a variable, which it looks for before it reads carets.
 */
function cmdQuoted(text: string): string {
  const argument = `"${text.replaceAll(/(\\*)"/g, String.raw`$1$1\"`).replace(/\\+$/, '$&$&')}"`;
  return argument.replaceAll(/["&|<>()^%!]/g, '^$&').replaceAll(/%(?=\w)/g, '%^');
}
