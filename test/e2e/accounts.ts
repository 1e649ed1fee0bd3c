import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SampleService } from '../../src/sample/server';
import { BUILT_IN } from '../scripts/lib/npmHost';
import type { Workbench } from './workbench';

const FOLDER = 'accounts-helper';

/**
 * Another extension of the window, which adds accounts by the exported API: walks that are about something else sign in
 * at once. It also prints lines in a terminal, as a program would, and sets the theme. It listens on a port that it writes into a file.
 */
const HELPER = `
  const { createServer } = require('node:http');
  const { writeFileSync } = require('node:fs');
  const { join } = require('node:path');
  const { text } = require('node:stream/consumers');
  const vscode = require('vscode');
  const add = async (request) => {
    const { definition, secrets } = JSON.parse(await text(request));
    const explorer = vscode.extensions.getExtension('connections-explorer.connections-explorer');
    await (await explorer.activate()).accounts.add(definition, secrets);
  };
  const print = async (request) => {
    const lines = await text(request);
    const written = new vscode.EventEmitter();
    const pty = { onDidWrite: written.event, open: () => written.fire(lines), close: () => undefined };
    vscode.window.createTerminal({ name: 'Output', pty }).show();
  };
  const setTheme = async (request) => {
    const title = await text(request);
    await vscode.workspace.getConfiguration().update('workbench.colorTheme', title, vscode.ConfigurationTarget.Global);
  };
  const acts = { '/print': print, '/theme': setTheme };
  exports.activate = () => {
    const server = createServer((request, response) => {
      (acts[request.url] ?? add)(request).then(
        () => response.end(),
        (error) => { response.writeHead(500).end(String(error)); },
      );
    });
    server.listen(0, '127.0.0.1', () => writeFileSync(join(__dirname, 'port'), String(server.address().port)));
  };`;

/** Writes the extension that adds accounts beside those of VS Code. */
export async function writeAccountsHelper(extensions: string): Promise<void> {
  const folder = join(extensions, FOLDER);
  await mkdir(folder);
  const manifest = {
    ...{ name: FOLDER, publisher: 'test', version: '1.0.0', engines: { vscode: '^1.100.0' } },
    ...{ main: './extension.js', activationEvents: ['*'] },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'extension.js'), HELPER);
}

/**
 * Adds an account at a sample service and waits until it is verified and saved. The forms in which people sign in are
 * walked by `signIn`.
 */
export async function addAccount(
  workbench: Workbench,
  sample: SampleService,
  name: string,
  service = 'cja',
  otherSettings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { settings: given, secrets } = sample.credentials(service);
  const settings = { ...given, ...otherSettings };
  const body = JSON.stringify({ definition: { service, name, settings }, secrets });
  let answer: Response | undefined;
  // The extensions of a window that has just been opened start later than it shows itself.
  await workbench.until('another extension', async () => {
    answer = await post(join(workbench.profile, BUILT_IN, FOLDER, 'port'), body);
    return answer !== undefined;
  });
  if (answer?.ok !== true) throw new Error(`${name} was not added: ${(await answer?.text()) ?? ''}`);
}

/** Opens a terminal in which a program has printed some lines. */
export async function printInTerminal(workbench: Workbench, lines: readonly string[]): Promise<void> {
  await post(join(workbench.profile, BUILT_IN, FOLDER, 'port'), lines.join('\r\n'), 'print');
}

/** Sets the theme by its title. What is open stays open, which a command would close. */
export async function setThemeBehind(workbench: Workbench, title: string): Promise<void> {
  await post(join(workbench.profile, BUILT_IN, FOLDER, 'port'), title, 'theme');
}

/** @returns undefined as long as nobody listens at the port that a file names */
async function post(portFile: string, body: string, path = ''): Promise<Response | undefined> {
  try {
    const port = await readFile(portFile, 'utf8');
    return await fetch(`http://127.0.0.1:${port}/${path}`, { method: 'POST', body });
  } catch {
    return undefined;
  }
}
