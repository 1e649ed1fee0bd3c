/**
 * Opens a real VS Code with this extension in development mode and the sample service connected.
 *
 *   npm start                         an installed `code`, else a VS Code from npm and the address to open
 *   npm start -- --screenshot FILE    no window: saves a picture of the expanded tree as PNG and ends
 */
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openWorkbench } from '../e2e/openWorkbench';
import { cleanWindow, newest, startHost } from './lib/npmHost';
import { root } from './lib/paths';
import { ofPath, runOrThrow } from './lib/processes';
import { program } from './lib/program';
import { temporaryFolder } from './lib/temporaryFolder';

/** Makes the extension, in development mode, connect the sample service when its view opens. */
const env = { CONNECTIONS_EXPLORER_SAMPLE: '1' };
const { values } = parseArgs({ options: { screenshot: { type: 'string' } } });

if (values.screenshot !== undefined) {
  const file = resolve(values.screenshot);
  program(() => screenshot(file), 300_000);
} else if (hasCode()) {
  program(openCode);
} else {
  program(serve);
}

/** True if a desktop VS Code can be opened: its command and a display exist. */
function hasCode(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && (DISPLAY ?? WAYLAND_DISPLAY) === undefined) return false;
  const { command, args, shell } = ofPath(process.platform, 'code', ['--version']);
  return spawnSync(command, args, { shell, timeout: 20_000 }).status === 0;
}

/** Opens the installed VS Code with its own profile and waits until the window is closed. */
async function openCode(): Promise<number> {
  const profile = await temporaryFolder('profile');
  const folder = join(profile, 'workspace');
  await Promise.all([mkdir(folder), mkdir(join(profile, 'User'))]);
  await writeFile(join(profile, 'User', 'settings.json'), JSON.stringify(cleanWindow));
  console.log(
    'VS Code opens with the extension and its sample data: choose Connections Explorer in the activity bar.',
  );
  const own = ['--user-data-dir', profile, '--extensions-dir', join(profile, 'extensions')];
  const wanted = [
    `--extensionDevelopmentPath=${root}`,
    ...own,
    '--disable-workspace-trust',
    '--wait',
    folder,
  ];
  const { command, args, shell } = ofPath(process.platform, 'code', wanted);
  const day = 86_400_000;
  await runOrThrow(command, args, { env: { ...process.env, ...env }, shell, timeout: day });
  return 0;
}

/** Serves a VS Code from npm to browsers until Ctrl+C. */
async function serve(): Promise<number> {
  const host = await startHost(newest, { env });
  console.log(`
VS Code ${newest.vscode} runs with the extension and its sample data. Open

  ${host.url({ extension: root })}

in a browser and choose Connections Explorer in the activity bar. Ctrl+C ends it.
`);
  await host.ended;
  throw new Error('The VS Code server ended.');
}

/** Saves a picture of the tree with an expanded connection and dataset, which shows backfills. */
async function screenshot(file: string): Promise<number> {
  const { workbench, close } = await openWorkbench({ env });
  try {
    await workbench.openView();
    await workbench.sideBarWidth(560);
    await workbench.expand({ name: /./, level: 1 });
    await workbench.expand({ name: /./, level: 2 });
    await workbench.row({ name: /./, level: 3 });
    console.log(`Saved ${file}`);
    return 0;
  } catch (error) {
    console.error(`The rows of the sample data did not come; ${file} shows what came instead.`);
    throw error;
  } finally {
    await workbench.page.screenshot({ path: file, type: 'png' });
    await close();
  }
}
