import * as l10n from '@vscode/l10n';
import { execFile, type ExecFileException, type ExecFileOptionsWithBufferEncoding } from 'node:child_process';
import { homedir } from 'node:os';
import { decodeText } from '../../core/base/decodeText';
import { HttpError } from '../../core/http/errors';
import type { Secrets } from '../../core/services/contract/signIn';
import { settings, settingsSection } from '../../shared/contributions';
import { readUserSetting } from '../../ui/configuration';
import { sourceNameIn } from './secretEntry';
import { isTextList, toMembers } from './storedAccount';

/** Where a secret comes from whenever an account signs in. */
export type SecretSource =
  | { readonly environmentVariable: string }
  /** A program and its arguments, which no shell reads. */
  | { readonly command: readonly string[] };

export type SecretSources = ReadonlyMap<string, SecretSource>;

/** How long (ms) a command may take. Password managers ask for a finger or a password meanwhile. */
const MAX_COMMAND_MS = 60_000;

/** In bytes: no secret is as long. */
const MAX_OUTPUT_BYTES = 64 * 1024;

/** Reads the setting `secretSources`. Entries that are no sources are left out. */
export function readSecretSources(value: unknown): SecretSources {
  return new Map(
    Object.entries(toMembers(value) ?? {}).flatMap(([name, given]) => {
      const source = readSource(given);
      return source && /^[\w.-]+$/.test(name) ? [[name, source] as const] : [];
    }),
  );
}

function readSource(value: unknown): SecretSource | undefined {
  const { environmentVariable, command, ...others } = toMembers(value) ?? {};
  if (Object.keys(others).length > 0) return undefined;
  if (typeof environmentVariable === 'string' && command === undefined)
    return /^[^=\0]+$/.test(environmentVariable) ? { environmentVariable } : undefined;
  if (!isTextList(command) || environmentVariable !== undefined) return undefined;
  const isRunnable = (command[0] ?? '') !== '' && command.every((text) => !text.includes('\0'));
  return isRunnable ? { command } : undefined;
}

export interface SecretSourcesContext {
  readonly sources: SecretSources;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Default: a minute. */
  readonly maxCommandMs?: number;
}

/**
 * Replaces references to secret sources by their current secrets. Commands run one after the other, because each may
 * ask the user.
 * @throws HttpError kind `authentication` that names the field, for a source that is missing or has no secret. It
 * contains nothing that a command printed.
 */
export async function resolveSecrets(secrets: Secrets, context: SecretSourcesContext): Promise<Secrets> {
  const asked = new Map<string, string>();
  const resolved: [string, string][] = [];
  for (const [key, text] of Object.entries(secrets)) {
    const name = sourceNameIn(text);
    const value = name === undefined ? text : (asked.get(name) ?? (await askSource(name, key, context)));
    if (name !== undefined) asked.set(name, value);
    resolved.push([key, value]);
  }
  return Object.fromEntries(resolved);
}

/** As {@link resolveSecrets}, with the sources in the user settings, and the environment of VS Code. */
export function resolveUserSecrets(secrets: Secrets): Promise<Secrets> {
  const sources = readSecretSources(readUserSetting('secretSources'));
  return resolveSecrets(secrets, { sources, environment: process.env });
}

async function askSource(name: string, field: string, context: SecretSourcesContext): Promise<string> {
  const source = context.sources.get(name);
  if (!source) throw missingSource(name, field);
  if ('command' in source) return run(name, source.command, field, context);
  const { environmentVariable: variable } = source;
  const value = context.environment[variable]?.trim() ?? '';
  if (value !== '') return value;
  throw new HttpError('authentication', l10n.t('The environment variable {0} is not set.', variable), {
    wrongField: field,
    advice: l10n.t('Set the variable where VS Code is started, and restart VS Code.'),
  });
}

/** Says that the user's settings have no such source. */
export function missingSourceMessage(name: string): string {
  const setting = `${settingsSection}.${settings.secretSources}`;
  return l10n.t('The user setting {0} has no valid source "{1}".', setting, name);
}

function missingSource(name: string, wrongField: string): HttpError {
  return new HttpError('authentication', missingSourceMessage(name), {
    wrongField,
    advice: l10n.t('Correct the setting, or edit the account.'),
  });
}

/** Runs a command outside of the workspace, whose files must not be taken for programs. */
async function run(
  name: string,
  [program = '', ...args]: readonly string[],
  wrongField: string,
  { environment, maxCommandMs = MAX_COMMAND_MS }: SecretSourcesContext,
): Promise<string> {
  const options: ExecFileOptionsWithBufferEncoding = {
    cwd: homedir(),
    env: environment,
    encoding: 'buffer',
    windowsHide: true,
    shell: false,
    timeout: maxCommandMs,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_OUTPUT_BYTES,
  };
  const { error, output } = await new Promise<CommandResult>((resolve) => {
    const child = execFile(program, args, options, (failure, stdout) => {
      resolve({ error: failure ?? undefined, output: stdout });
    });
    // A command that asks for input gets none, instead of waiting for it.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end();
  });
  const secret = error ? '' : firstLine(output);
  if (secret !== '') return secret;
  throw new HttpError('authentication', failureText(name, error, maxCommandMs), {
    wrongField,
    advice: l10n.t('Run the command in a terminal to see why, or correct the setting.'),
  });
}

interface CommandResult {
  readonly error: ExecFileException | undefined;
  readonly output: Uint8Array;
}

function failureText(name: string, error: ExecFileException | undefined, maxMs: number): string {
  if (!error) return l10n.t('The command of the secret source "{0}" printed no text.', name);
  const { code, killed, signal } = error;
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return l10n.t(
      'The command of the secret source "{0}" printed more than {1} bytes.',
      name,
      MAX_OUTPUT_BYTES,
    );
  if (killed === true)
    return l10n.t('The command of the secret source "{0}" did not end within {1} s.', name, maxMs / 1000);
  if (typeof code === 'number')
    return l10n.t('The command of the secret source "{0}" failed with exit code {1}.', name, code);
  return l10n.t('The command of the secret source "{0}" could not be run: {1}.', name, code ?? signal ?? '');
}

/** The first line with text. PowerShell may print UTF-16. */
function firstLine(output: Uint8Array): string {
  try {
    const lines = decodeText(output).split(/[\r\n]+/);
    return lines.map((line) => line.trim()).find((line) => line !== '') ?? '';
  } catch {
    return '';
  }
}
