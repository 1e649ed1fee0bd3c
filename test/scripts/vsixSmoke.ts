/**
 * Installs the package that `npm run package` created, as a user would, into a VS Code with an empty profile:
 * explores the sample data in an untrusted folder, and lets another extension add an account.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSampleService, type SampleService, type Credentials } from '../../src/sample/server';
import { openWorkbench } from '../e2e/openWorkbench';
import type { Workbench } from '../e2e/workbench';
import { noCounts, report } from './lib/counts';
import type { HostOptions, WindowOptions } from './lib/npmHost';
import { vsix } from './lib/paths';
import { program } from './lib/program';
import { temporaryFolder } from './lib/temporaryFolder';

program(async () => {
  if (!existsSync(vsix)) throw new Error(`${vsix} is not there: npm run package makes it.`);
  const walks = [exploreUntrusted, addByAnotherExtension];
  let passed = 0;
  for (const walk of walks) {
    try {
      await walk();
      passed++;
    } catch (error) {
      console.error(error);
    }
  }
  return report('vsix', { ...noCounts, passed, failed: walks.length - passed });
}, 240_000);

async function exploreUntrusted(): Promise<void> {
  await walkThrough('vsix', { askTrust: true }, {}, async (workbench) => {
    await workbench.restricted();
    await workbench.openView();
    await workbench.welcome('Explore Sample Data').click();
    await workbench.choose('Adobe Customer Journey Analytics');
    // A failure is an expandable row too, but without children.
    await workbench.expand({ name: /./, level: 1 });
    await workbench.row({ name: /./, level: 2 });
  });
}

/** An installed extension asks the user, unlike in tests and development. */
async function addByAnotherExtension(): Promise<void> {
  const sample = await startSampleService({ rate: 0 });
  try {
    const extension = await callingExtension(sample);
    await walkThrough('vsix-api', {}, { extension }, async (workbench) => {
      const { settings } = sample.credentials('krenalis');
      // The Command Palette contains an extension's commands once its views have been opened.
      await workbench.openView();
      await workbench.runCommand('Caller: Add an Account');
      const dialog = workbench.page.locator('.monaco-dialog-box');
      await dialog.getByText('An extension wants to add the account "Events" for Krenalis').waitFor();
      await dialog.getByText(`Address: ${settings.endpoint}`).waitFor();
      await workbench.screenshot('vsix-api-question');
      await workbench.answer('Cancel');
      await workbench.notification(/caller\.add: .*The user denied the request/);
      assert.deepEqual(sample.requests, []);
      await workbench.dismiss();
      await workbench.runCommand('Caller: Add an Account');
      await workbench.answer('Allow');
      await workbench.row({ name: 'Website', level: 1 });
      await workbench.runCommand('Connections: Mark as Production');
      await workbench.choose('Events');
      await workbench.runCommand('Caller: Remove the Account');
      await dialog.getByText('It is marked as production.').waitFor();
      await workbench.answer('Allow');
      await workbench.type('Event', 'Type its name to continue: Events');
      await workbench.quickInput.getByText('The name does not match: Events').waitFor();
      await workbench.page.keyboard.press('Escape');
      await workbench.notification(/caller\.remove: .*The user denied the request/);
      await workbench.title('Events (Production)').waitFor();
    });
  } finally {
    await sample.close();
  }
}

/** The folder of an extension that calls the exported API. */
async function callingExtension({ credentials }: SampleService): Promise<string> {
  const folder = join(await temporaryFolder('caller'), 'caller');
  await mkdir(folder);
  const commands = [
    { command: 'caller.add', title: 'Caller: Add an Account' },
    { command: 'caller.remove', title: 'Caller: Remove the Account' },
  ];
  const manifest = {
    ...{ name: 'caller', publisher: 'test', version: '1.0.0', engines: { vscode: '^1.100.0' } },
    ...{ main: './extension.js', contributes: { commands } },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'extension.js'), callingCode(credentials('krenalis')));
  return folder;
}

function callingCode({ settings, secrets }: Credentials): string {
  const definition = { service: 'krenalis', name: 'Events', settings };
  return `
    const vscode = require('vscode');
    const call = (id, work) => vscode.commands.registerCommand(id, async () => {
      const explorer = vscode.extensions.getExtension('connections-explorer.connections-explorer');
      await work((await explorer.activate()).accounts)
        .catch((error) => vscode.window.showErrorMessage(id + ': ' + error.message));
    });
    exports.activate = () => {
      call('caller.add', (accounts) =>
        accounts.add(${JSON.stringify(definition)}, ${JSON.stringify(secrets)}));
      call('caller.remove', (accounts) => accounts.remove(accounts.list()[0].id));
    };`;
}

async function walkThrough(
  picture: string,
  options: HostOptions,
  window: WindowOptions,
  walk: (workbench: Workbench) => Promise<void>,
): Promise<void> {
  const { workbench, close } = await openWorkbench({ ...options, install: [vsix] }, window);
  try {
    await walk(workbench);
    await workbench.screenshot(picture);
  } catch (error) {
    await workbench.screenshot(`failed - ${picture}`);
    throw error;
  } finally {
    await close();
  }
}
