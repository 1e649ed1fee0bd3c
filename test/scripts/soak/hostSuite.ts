/**
 * Exercises the extension in a real extension host for `SOAK_MINUTES`: VS Code calls {@link run}.
 * `SOAK_ACCOUNTS` contains the credentials, `SOAK_RESULT` is the file for the measurements after a fifth of
 * the time and at the end, and `SOAK_LEAKS` names leaks to plant in each round, to test that they are
 * detected.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { writeHeapSnapshot } from 'node:v8';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { ConnectionsExplorerApi } from '../../../src/api';
import { commands, views, type CommandId } from '../../../src/shared/contributions';
import { heapMeter } from '../../support/heapMeter';
import { suiteMark } from '../lib/suiteMark';
import { compare, countSockets, type Measured } from './figures';
import { getLeaks, type PlantedLeak } from './leaks';

const words = v.record(v.string(), v.string());
const EXTENSION_ID = 'connections-explorer.connections-explorer';
const accounts = v.array(v.object({ service: v.string(), settings: words, secrets: words }));

/** Time for a command to take effect. */
const PAUSE_MS = 400;
/** Time until no loading is in progress, and everything debounced has run. */
const REST_MS = 15_000;

export async function run(): Promise<void> {
  const { SOAK_MINUTES, SOAK_RESULT = '', SOAK_ACCOUNTS = '[]', SOAK_LEAKS } = process.env;
  const leaks = getLeaks(SOAK_LEAKS);
  const leaked: unknown[] = [];
  const api = await activated();
  const section = vscode.workspace.getConfiguration('connectionsExplorer');
  await section.update('pollInterval', 5, vscode.ConfigurationTarget.Global);
  for (const { service, settings, secrets } of v.parse(accounts, JSON.parse(SOAK_ACCOUNTS))) {
    await api.accounts.add({ service, name: service, settings }, secrets);
  }
  await vscode.commands.executeCommand(`${views.connections}.focus`);
  await vscode.commands.executeCommand(`${views.runs}.focus`);
  const meter = heapMeter();
  const end = Date.now() + Number(SOAK_MINUTES) * 60_000;
  const firstAt = Date.now() + (Number(SOAK_MINUTES) / 5) * 60_000;
  let first: Measured | undefined;
  let rounds = 0;
  while (Date.now() < end) {
    await workOnce(api, rounds++);
    leak(leaks, leaked, api);
    if (!first && Date.now() > firstAt) {
      first = await measure(meter);
      // Only this is printed, because VS Code itself logs much.
      console.log(`${suiteMark}${rounds} rounds before the first measurement`);
    }
  }
  const last = await measure(meter);
  if (!first) throw new Error('The soak was too short to be measured twice.');
  writeFileSync(SOAK_RESULT, JSON.stringify({ ...(await compare(first, last)), rounds }));
}

async function activated(): Promise<ConnectionsExplorerApi> {
  const extension = vscode.extensions.getExtension<ConnectionsExplorerApi>(EXTENSION_ID);
  if (!extension) throw new Error('The extension is not installed.');
  return extension.activate();
}

/** A round of normal use: reveal, refresh, watch, unwatch, open and close. */
async function workOnce(api: ConnectionsExplorerApi, round: number): Promise<void> {
  const all = api.accounts.list();
  const account = all[round % all.length];
  const rows = await api.children(account && `account:${account.id}`).catch(() => []);
  const row = rows.find(({ kind }) => kind === 'connection');
  await command(commands.refreshAll);
  if (row) {
    // A watch lasts until its account's next turn.
    await command(round % (2 * all.length) < all.length ? commands.watch : commands.unwatch, row.path);
    await command(commands.showDetails, row.path);
    await api.children(row.path).catch(() => []);
    await command(commands.openJson, row.path);
  }
  await command(commands.refreshRuns);
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.commands.executeCommand('notifications.clearAll');
  await wait(PAUSE_MS);
}

async function command(id: CommandId, ...args: readonly string[]): Promise<void> {
  await vscode.commands.executeCommand(id, ...args);
  await wait(PAUSE_MS);
}

/** Plants leaks. */
function leak(leaks: readonly PlantedLeak[], leaked: unknown[], api: ConnectionsExplorerApi): void {
  if (leaks.includes('memory')) leaked.push(Array.from({ length: 2000 }, () => randomUUID()));
  if (leaks.includes('listener')) api.onDidChange(() => leaked.at(0));
  if (leaks.includes('timer')) setTimeout(() => leaked.at(0), 1e9);
}

async function measure(meter: () => number): Promise<Measured> {
  await wait(REST_MS);
  const heap = meter();
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const figures = { heap, timers, sockets: countSockets(), entries: 0, files: await countFiles() };
  const snapshot = join(dirname(process.env.SOAK_RESULT ?? ''), `${randomUUID()}.heapsnapshot`);
  return { figures, snapshot: writeHeapSnapshot(snapshot) };
}

/** The extension's files. VS Code's server stores them next to the folder that it was opened with. */
async function countFiles(): Promise<number> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (folder === undefined) throw new Error('No folder is open.');
  const storage = join(dirname(folder), 'data', 'User', 'globalStorage', EXTENSION_ID);
  return (await readdir(storage, { recursive: true })).length;
}
