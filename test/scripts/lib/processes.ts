/** Child processes that never outlive the program that started them. */
import { win32 } from 'node:path';
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';

/** The result of a child process: its exit code (1 after a signal or a time limit) and its output. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

export interface RunOptions extends SpawnOptions {
  /** Milliseconds after which the child and all its children are killed. */
  readonly timeout: number;
  /** Called with each chunk of output. */
  readonly onOutput?: (text: string) => void;
}

/**
 * Starts a program as the leader of a new process group, which is killed when this program ends. Standard
 * output and error are piped; standard input is closed.
 */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(command, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const kill = (): void => {
    killGroup(child);
  };
  process.once('exit', kill);
  child.once('close', () => process.off('exit', kill));
  return child;
}

/**
 * Ends a child of {@link start} with all its descendants; does nothing if the group no longer exists. Sends
 * SIGTERM first, so that a program with process groups of its own can end them, and SIGKILL 2 s later.
 */
export function killGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(signalGroup, 2000, child, 'SIGKILL').unref();
  child.once('close', () => {
    clearTimeout(timer);
  });
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH: it has already ended.
  }
}

/** Runs a program until it ends. Throws only if it cannot be started. */
export async function run(
  command: string,
  args: readonly string[],
  { timeout, onOutput, ...options }: RunOptions,
): Promise<Ended> {
  const child = start(command, args, options);
  let output = '';
  const listen = (chunk: Buffer): void => {
    output += chunk.toString();
    onOutput?.(chunk.toString());
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const timer = setTimeout(() => {
    listen(Buffer.from(`\nStopped after ${timeout / 1000} s: ${command} ${args.join(' ')}\n`));
    killGroup(child);
  }, timeout);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode) => {
        resolve(exitCode ?? 1);
      });
    });
    return { code, output };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs a program that must succeed.
 * @returns its output
 * @throws Error with the end of its output if its exit code is not 0
 */
export async function runOrThrow(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<string> {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed (${code}):\n${output.slice(-4000)}`);
  return output;
}

/** Runs npm: the one that runs this program, else the one of this Node. */
export async function npm(args: readonly string[], options: RunOptions): Promise<string> {
  const own = process.env.npm_execpath ?? findNpm(process.platform, process.execPath);
  if (own !== undefined) return await runOrThrow(process.execPath, [own, ...args], options);
  return await runOrThrow('npm', args, options);
}

/**
 * The script of the npm next to a Node on Windows, where `npm` itself is a batch file, which Node runs only in a
 * shell; undefined on other systems.
 */
export function findNpm(platform: NodeJS.Platform, node: string): string | undefined {
  return platform === 'win32'
    ? win32.join(win32.dirname(node), 'node_modules', 'npm', 'bin', 'npm-cli.js')
    : undefined;
}

/**
 * How to start a command from the PATH. On Windows it may be a batch file, which Node runs only in a shell,
 * without escaping arguments, so those with spaces are quoted.
 */
export function ofPath(
  platform: NodeJS.Platform,
  command: string,
  args: readonly string[],
): { readonly command: string; readonly args: readonly string[]; readonly shell: boolean } {
  return platform === 'win32'
    ? { command, args: args.map((arg) => `"${arg}"`), shell: true }
    : { command, args, shell: false };
}
