import type { RequestTemplate } from '../../core/services/contract/properties';

/** A header whose value is an environment variable, optionally after the name of a scheme. */
const VARIABLE = /^(Bearer )?\$([A-Z][A-Z_]*)$/;

/** How the shells of a family write a command. */
interface Notation {
  /** At the end of a line that continues. */
  readonly lineEnd: string;
  /** Quotes a text as one argument, unchanged. */
  readonly quoted: (text: string) => string;
  /** `before`, a text of ours, and the value of an environment variable as one argument. */
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
 * Formats a request as a command that can be pasted into a shell. IDs and names are always treated as data, whatever
 * they contain.
 * @param windows true if the command runs on Windows, where older versions of PowerShell use `curl` for something else.
 */
export function curlCommand(
  { method, url, headers }: RequestTemplate,
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

/** Control characters are not part of a URL or a header, and a terminal would obey them. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '');
}

/**
 * Single quotes, in which bash and zsh expand nothing, not even the history (`!`). Quotes and backslashes are outside
 * them, because fish interprets `\\` and `\'` within single quotes too.
 */
function posixQuoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`'\$&'`)}'`;
}

/**
 * Single quotes, in which PowerShell expands nothing. It treats typographic ones the same, and doubled ones as a
 * character of the text (about_Quoting_Rules).
 */
function powershellQuoted(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201B]/g, '$&$&')}'`;
}

/**
 * Quotes a text for two parsers: the program parses quotes by the rules of Microsoft's C runtime, and the Command
 * Prompt must not interpret any of it, so each of its special characters is preceded by a caret. A caret after `%`
 * prevents it from finding the name of a variable, which it looks up before it handles carets.
 */
function cmdQuoted(text: string): string {
  const argument = `"${text.replaceAll(/(\\*)"/g, String.raw`$1$1\"`).replace(/\\+$/, '$&$&')}"`;
  return argument.replaceAll(/["&|<>()^%!]/g, '^$&').replaceAll(/%(?=\w)/g, '%^');
}

/** Families of shells, by how they quote. */
export type ShellFamily = 'posix' | 'powershell' | 'cmd';

/** A supported shell. */
export interface Shell {
  readonly family: ShellFamily;
  /** As its makers write it. */
  readonly title: string;
}

/** The supported shells, by program name. */
const SHELLS: Readonly<Record<string, Shell>> = {
  bash: { family: 'posix', title: 'bash' },
  zsh: { family: 'posix', title: 'zsh' },
  fish: { family: 'posix', title: 'fish' },
  sh: { family: 'posix', title: 'sh' },
  dash: { family: 'posix', title: 'dash' },
  ash: { family: 'posix', title: 'ash' },
  ksh: { family: 'posix', title: 'ksh' },
  pwsh: { family: 'powershell', title: 'PowerShell' },
  powershell: { family: 'powershell', title: 'PowerShell' },
  cmd: { family: 'cmd', title: 'Command Prompt' },
};

/** The shells to choose from: one for each way to quote and each well-known name. */
export const offeredShells: readonly Shell[] = ['bash', 'zsh', 'fish', 'pwsh', 'cmd'].flatMap(
  (name) => SHELLS[name] ?? [],
);

/** Names and sources of terminal profiles that are not the name of a program. */
const PROFILE_NAMES: Readonly<Record<string, string>> = {
  'git bash': 'bash',
  'windows powershell': 'powershell',
  'command prompt': 'cmd',
};

/**
 * Returns the shell that a text names.
 * @param text a path to a program, or the name or source of a terminal profile.
 * @returns undefined for shells with their own quoting, such as csh and Nushell.
 */
export function shellNamed(text: string): Shell | undefined {
  const name = (text.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.exe$/, '');
  const program = PROFILE_NAMES[name] ?? name;
  return Object.hasOwn(SHELLS, program) ? SHELLS[program] : undefined;
}
