/**
 * Works in a real extension host for `SOAK_MINUTES`: VS Code calls {@link run}. `SOAK_ACCOUNTS` is how to sign in, and
 * `SOAK_RESULT` the file for what was measured after a fifth of the time and at its end.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { writeHeapSnapshot } from 'node:v8';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { ConnectionsExplorerApi } from '../../src/api';
import { commands, views, type CommandId } from '../../src/manifest';
import { heapMeter } from '../bench/heapMeter';
import { compare, countSockets, type Measured } from './figures';

const words = v.record(v.string(), v.string());
const accounts = v.array(v.object({ service: v.string(), settings: words, secrets: words }));

/** A moment for what a command brings about. */
const PAUSE_MS = 400;
/** Until no reading is under way, and all that is debounced has been done. */
const REST_MS = 15_000;

export async function run(): Promise<void> {
  const { SOAK_MINUTES, SOAK_RESULT = '', SOAK_ACCOUNTS = '[]' } = process.env;
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
    if (!first && Date.now() > firstAt) first = await measure(meter);
  }
  const last = await measure(meter);
  if (!first) throw new Error('The soak was too short to be measured twice.');
  writeFileSync(SOAK_RESULT, JSON.stringify({ ...(await compare(first, last)), rounds }));
}

async function activated(): Promise<ConnectionsExplorerApi> {
  const id = 'connections-explorer.connections-explorer';
  const extension = vscode.extensions.getExtension<ConnectionsExplorerApi>(id);
  if (!extension) throw new Error('The extension is not installed.');
  return extension.activate();
}

/** A round of ordinary use: look, refresh, watch, unwatch, open and close. */
async function workOnce(api: ConnectionsExplorerApi, round: number): Promise<void> {
  const all = api.accounts.list();
  const account = all[round % all.length];
  const rows = await api.children(account && `account:${account.id}`).catch(() => []);
  const row = rows.find(({ kind }) => kind === 'connection');
  await command(commands.refreshAll);
  if (row) {
    await command(commands.watch, row.path);
    await command(commands.showDetails, row.path);
    await api.children(row.path).catch(() => []);
    await command(commands.openJson, row.path);
    await command(commands.unwatch, row.path);
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

async function measure(meter: () => number): Promise<Measured> {
  await wait(REST_MS);
  const heap = meter();
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const figures = { heap, timers, sockets: countSockets(), entries: 0, files: 0 };
  const snapshot = join(dirname(process.env.SOAK_RESULT ?? ''), `${randomUUID()}.heapsnapshot`);
  return { figures, snapshot: writeHeapSnapshot(snapshot) };
}
