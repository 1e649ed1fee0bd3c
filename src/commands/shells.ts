/** Families of shells, by how they quote. */
export type ShellFamily = 'posix' | 'powershell' | 'cmd';

/** A shell that a command can be written for. */
export interface Shell {
  readonly family: ShellFamily;
  /** As its makers write it. */
  readonly title: string;
}

/** The shells that a command can be written for, by the names of their programs. */
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

/** One for each way to quote and each name that people know, to choose from. */
export const offeredShells: readonly Shell[] = ['bash', 'zsh', 'fish', 'pwsh', 'cmd'].flatMap(
  (name) => SHELLS[name] ?? [],
);

/** Names of terminal profiles, and sources of theirs, that are not the name of a program. */
const PROFILE_NAMES: Readonly<Record<string, string>> = {
  'git bash': 'bash',
  'windows powershell': 'powershell',
  'command prompt': 'cmd',
};

/**
 * The shell that a text names.
 * @param text a path to a program, or the name or source of a terminal profile.
 * @returns undefined for shells that quote in ways of their own, such as csh and Nushell.
 */
export function shellNamed(text: string): Shell | undefined {
  const name = (text.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.exe$/, '');
  const program = PROFILE_NAMES[name] ?? name;
  return Object.hasOwn(SHELLS, program) ? SHELLS[program] : undefined;
}
