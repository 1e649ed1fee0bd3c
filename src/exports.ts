import * as vscode from 'vscode';
import type { Accounts } from './accounts/accounts';
import type { Sessions } from './accounts/sessions';
import type {
  ApiAccount,
  ApiAccountDefinition,
  ApiAccounts,
  ApiChildrenOptions,
  ApiResource,
  ApiRun,
  ApiRunsOptions,
  ConnectionsExplorerApi,
} from './api';
import { HttpError } from './http/errors';
import type { Event } from './services/emitter';
import { parsePath, type ResourcePath } from './services/path';
import { problemItem, problemOf } from './services/problem';
import type { Account, Resource, Secrets, Service } from './services/service';
import { accountRuns } from './store/accountRuns';
import { findById } from './store/findById';
import type { Store } from './store/store';

/** What the exported API works with. */
export interface ApiContext {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly services: readonly Service[];
  readonly store: Store;
  /** Asks the user; true where the caller may go on. */
  readonly allow: (question: string) => Promise<boolean>;
}

/** Makes the object that `activate` returns. See api.ts for its contract. */
export function createApi(context: ApiContext): ConnectionsExplorerApi {
  const { store } = context;
  return {
    version: 1,
    accounts: createAccounts(context),
    children: (path, options) => told(children(store, path, options)),
    read: (path, signal) => told(store.read(checked(path), signal)),
    runs: (options) => told(runs(store, options)),
    find: (id, signal) => told(find(store, id, signal)),
    onDidChange: vscodeEvent(store.onDidChange),
  };
}

function createAccounts(context: ApiContext): ApiAccounts {
  const { accounts } = context;
  return {
    list: () => accounts.list().map(apiAccount),
    add: (definition, secrets) => told(add(context, definition, secrets)),
    remove: (id) => told(remove(context, id)),
    onDidChange: vscodeEvent(accounts.onDidChange),
  };
}

async function children(
  store: Store,
  path: string | undefined,
  options: ApiChildrenOptions = {},
): Promise<readonly ApiResource[]> {
  const target = path === undefined ? store.rootPath() : checked(path);
  const rows = target ? await store.load(target, options) : store.accounts();
  return rows.flatMap(apiResource);
}

async function runs(store: Store, { account, signal }: ApiRunsOptions = {}): Promise<readonly ApiRun[]> {
  const accounts = store.accounts().filter(({ id }) => account === undefined || id === account);
  if (account !== undefined && accounts.length === 0) {
    throw new HttpError('notFound', vscode.l10n.t('This account does not exist any more.'));
  }
  return (await Promise.all(accounts.map((each) => runsOf(store, each, signal)))).flat();
}

async function runsOf(
  store: Store,
  account: Resource,
  signal: AbortSignal | undefined,
): Promise<readonly ApiRun[]> {
  try {
    const entries = await accountRuns(store, account, signal);
    return entries.flatMap(({ run, of, times }) => apiResource(run).map((row) => ({ ...row, of, ...times })));
  } catch (error) {
    signal?.throwIfAborted();
    const { resource } = problemItem(account, 'runs', problemOf(error));
    return apiResource(resource).map((row) => ({ ...row, of: [account.label] }));
  }
}

async function find(
  store: Store,
  id: string,
  signal: AbortSignal | undefined,
): Promise<readonly ApiResource[]> {
  return (await findById(store, id, signal)).flatMap(apiResource);
}

async function add(
  { accounts, sessions, services, allow }: ApiContext,
  definition: ApiAccountDefinition,
  secrets: Secrets,
): Promise<ApiAccount> {
  const { service, name, production = false } = definition;
  const settings = Object.fromEntries(Object.entries(definition.settings));
  const known = services.find(({ id }) => id === service);
  check(known, { ...settings, ...secrets });
  const question = vscode.l10n.t(
    'An extension wants to add the account "{0}" ({1}). Allow it?',
    name,
    known?.title ?? service,
  );
  if (!(await allow(question))) throw refused();
  const draft = { service, name, production, settings };
  await sessions.tryOut(draft, secrets, { priority: 'interactive' });
  return apiAccount(await accounts.add(draft, secrets));
}

/** @throws HttpError `rejected` for a value that the sign-in form would refuse. */
function check(service: Service | undefined, values: Readonly<Record<string, string>>): void {
  const fields = service ? [...service.signIn.flatMap((method) => method.fields), ...service.options] : [];
  for (const field of fields) {
    const value = values[field.key];
    const complaint = value === undefined ? undefined : field.validate(value);
    if (complaint) throw new HttpError('rejected', `${field.label}: ${complaint}`);
  }
}

async function remove({ accounts, allow }: ApiContext, id: string): Promise<void> {
  const account = accounts.get(id);
  if (!account) return;
  if (
    !(await allow(vscode.l10n.t('An extension wants to remove the account "{0}". Allow it?', account.name)))
  )
    throw refused();
  await accounts.remove(id);
}

function refused(): HttpError {
  return new HttpError('permission', vscode.l10n.t('The user did not allow it.'));
}

function checked(path: string): ResourcePath {
  const known = parsePath(path);
  if (!known) throw new HttpError('rejected', vscode.l10n.t('"{0}" is no path of a resource.', path));
  return known;
}

function apiAccount({ id, service, name, production, settings }: Account): ApiAccount {
  return { id, service, name, production, settings };
}

function apiResource(resource: Resource): readonly ApiResource[] {
  const { path, kind, id, label, description, status, json } = resource;
  if (kind === 'more') return [];
  return [
    {
      path,
      kind,
      id,
      label,
      ...(description && { description }),
      ...(status && { status }),
      ...(json && { json }),
    },
  ];
}

/** One of our events as VS Code's, whose listeners may ask for a `this` and for a place to be disposed from. */
function vscodeEvent<T>(event: Event<T>): vscode.Event<T> {
  return (listener, thisArgument, disposables) => {
    const stop = event((value) => {
      listener.call(thisArgument, value);
    });
    const registration = vscode.Disposable.from(stop);
    disposables?.push(registration);
    return registration;
  };
}

/** Failures with the texts that a user would see; other extensions know nothing of our error classes. */
async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const { what, why, advice } = problemOf(error);
    throw Object.assign(new Error([what, why, advice].filter(Boolean).join(' '), { cause: error }), {
      kind: error.kind,
    });
  }
}
