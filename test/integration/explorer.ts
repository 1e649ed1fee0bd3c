import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApiAccount, ApiResource, ConnectionsExplorerApi } from '../../src/api';
import type { CommandId } from '../../src/shared/contributions';
import type { SampleOptions } from '../../src/sample/common/options';
import { startSampleService, type Credentials, type SampleService } from '../../src/sample/server';

/** The exported API of the extension under test. */
export async function activated(): Promise<ConnectionsExplorerApi> {
  const extension = vscode.extensions.getExtension<ConnectionsExplorerApi>(
    'connections-explorer.connections-explorer',
  );
  assert.ok(extension, 'the extension is installed');
  return extension.activate();
}

/** What the exported API takes to add an account. */
export interface SignIn extends Credentials {
  /** The id of the service. */
  readonly service: string;
}

/** How an account signs in to a service of a sample. */
export function signInTo(service: string, { credentials }: SampleService): SignIn {
  return { service, ...credentials(service) };
}

/** A sample service with an account of the extension on it. */
export interface Signed {
  readonly api: ConnectionsExplorerApi;
  readonly sample: SampleService;
  readonly account: ApiAccount;
  /** Removes the account and stops the service. */
  end(): Promise<void>;
}

/** Starts a sample service and adds an account for it; by default, for Adobe. */
export async function signedIn(
  options: SampleOptions = {},
  signIn: (sample: SampleService) => SignIn = (sample) => signInTo('cja', sample),
): Promise<Signed> {
  const api = await activated();
  const sample = await startSampleService({ rate: 0, ...options });
  const { service, settings, secrets } = signIn(sample);
  const account = await api.accounts.add({ service, name: 'Test', settings }, secrets);
  sample.clearRequests();
  const end = async (): Promise<void> => {
    await api.accounts.remove(account.id);
    await sample.close();
  };
  return { api, sample, account, end };
}

/** Runs a command of the extension: on rows as their menu would, without any as the palette would. */
export async function run(command: CommandId, ...paths: readonly string[]): Promise<void> {
  const args = paths.length === 0 ? [] : [paths[0], paths.length > 1 ? paths : undefined];
  await vscode.commands.executeCommand(command, ...args);
}

/** The first row of that kind. */
export function first(rows: readonly ApiResource[], kind: ApiResource['kind']): ApiResource {
  const row = rows.find((each) => each.kind === kind);
  assert.ok(row, `a row of kind ${kind} among ${rows.map((each) => each.kind).join(', ')}`);
  return row;
}

/** Asks again and again until the condition holds. @param timeout milliseconds after which that is a failure. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string | (() => string),
  timeout = 10_000,
): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `in vain: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
