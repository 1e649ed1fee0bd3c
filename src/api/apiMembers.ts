import * as l10n from '@vscode/l10n';
import { decodedJson } from '../core/http/jsonPart';
import * as v from 'valibot';
import type { AccountDefinition } from '../features/accounts/accounts';
import { knownService } from '../features/accounts/accountErrors';
import { hasReference } from '../features/accounts/secretEntry';
import type {
  ApiAccount,
  ApiAccountDefinition,
  ApiAccounts,
  ApiResource,
  ApiRun,
  ConnectionsExplorerApi,
} from '.';
import {
  askStable,
  withPublicErrors,
  checkedChildrenOptions,
  checkedPath,
  checkedRunsOptions,
  checkedSignal,
  checkedText,
} from './apiCalls';
import { questionToAdd, questionToRemove } from './apiAccess';
import { apiAccount, type ApiContext } from './context';
import { HttpError } from '../core/http/errors';
import { accountPath } from '../core/services/contract/path';
import { problemItem, toProblem } from '../core/services/common/problem';
import { loadService } from '../core/services/common/accountTerms';
import type { Secrets, SignIn } from '../core/services/contract/signIn';
import type { Resource } from '../core/services/contract/resource';
import { accountRuns, findById } from '../core/store/storeQueries';
import type { Store } from '../core/store/store';
import { cleanLine } from '../shared/plainText';

/** The asynchronous members of the API, see api/index.ts. */
export type ApiMembers = Pick<ConnectionsExplorerApi, 'children' | 'read' | 'runs' | 'find'> &
  Pick<ApiAccounts, 'add' | 'remove'>;

export function createMembers(context: ApiContext): ApiMembers {
  const { unexpected } = context;
  return {
    children: (path, options) => withPublicErrors(unexpected, () => children(context, path, options)),
    read: (path, signal) => withPublicErrors(unexpected, () => read(context, path, signal)),
    runs: (options) => withPublicErrors(unexpected, () => runs(context, options)),
    find: (id, signal) => withPublicErrors(unexpected, () => find(context, id, signal)),
    add: (definition, secrets) => withPublicErrors(unexpected, () => add(context, definition, secrets)),
    remove: (id) => withPublicErrors(unexpected, () => remove(context, id)),
  };
}

async function children(
  { store, accounts }: ApiContext,
  path: unknown,
  given: unknown,
): Promise<readonly ApiResource[]> {
  const options = checkedChildrenOptions(given);
  const within = path === undefined ? undefined : checkedPath(path);
  return askStable(accounts, { within, signal: options.signal }, async (signal) => {
    const target = within ?? store.rootPath();
    const rows = target ? await store.load(target, { ...options, signal }) : store.accounts();
    return rows.flatMap(apiResource);
  });
}

async function read({ store, accounts }: ApiContext, path: unknown, given: unknown): Promise<string> {
  const [within, signal] = [checkedPath(path), checkedSignal(given)];
  return askStable(accounts, { within, signal }, (either) => store.read(within, either));
}

async function runs({ store, accounts }: ApiContext, given: unknown): Promise<readonly ApiRun[]> {
  const { account, signal } = checkedRunsOptions(given);
  const within = account === undefined ? undefined : accountPath(account);
  return askStable(accounts, { within, signal }, async (either) => {
    const asked = store.accounts().filter(({ path }) => within === undefined || path === within);
    return (await Promise.all(asked.map((each) => readRuns(store, each, either)))).flat();
  });
}

async function readRuns(
  store: Store,
  account: Resource,
  signal: AbortSignal | undefined,
): Promise<readonly ApiRun[]> {
  try {
    const { entries, problems } = await accountRuns(store, account, { ...(signal && { signal }) });
    const found = entries.flatMap(({ run, ancestors, times }) =>
      apiResource(run).map((row) => ({ ...row, of: ancestors, ...times })),
    );
    return [...found, ...problems.flatMap((row) => problemRun(account, row))];
  } catch (error) {
    signal?.throwIfAborted();
    const { resource } = problemItem(account, 'runs', toProblem(error));
    return problemRun(account, resource);
  }
}

/** A problem with the runs of an account, as a row among them. */
function problemRun({ label }: Resource, problem: Resource): readonly ApiRun[] {
  return apiResource(problem).map((row) => ({ ...row, of: [label] }));
}

async function find(
  { store, accounts }: ApiContext,
  given: unknown,
  givenSignal: unknown,
): Promise<readonly ApiResource[]> {
  const [id, signal] = [checkedText('id', given), checkedSignal(givenSignal)];
  const { found } = await askStable(accounts, { signal }, (either) => findById(store, id, either));
  return found.flatMap(apiResource);
}

async function add(
  { accounts, sessions, services, confirmApiAccess }: ApiContext,
  given: ApiAccountDefinition,
  givenSecrets: Secrets,
): Promise<ApiAccount> {
  const { definition, secrets } = copy(given, givenSecrets);
  if (hasReference(secrets)) throw referenceError();
  const service = await loadService(knownService(services, definition.service));
  check(service, { ...definition.settings, ...secrets });
  const question = questionToAdd({ service, account: definition, others: accounts.list() });
  if (!(await confirmApiAccess(question))) throw refused();
  await sessions.verify(definition, secrets, { priority: 'interactive' });
  return apiAccount(await accounts.add(definition, secrets));
}

/** An object whose values are strings. A record schema alone would accept arrays. */
const textMap = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value)),
  v.record(v.string(), v.string()),
);

const definitionShape = v.object({
  service: v.string(),
  name: v.pipe(v.string(), v.transform(cleanLine), v.minLength(1)),
  production: v.optional(v.boolean(), false),
  settings: textMap,
});

/**
 * Copies the arguments, so that the caller cannot change them after the user has been asked.
 * @throws HttpError `rejected` if they do not define an account.
 */
function copy(
  definition: unknown,
  secrets: unknown,
): { readonly definition: AccountDefinition & { readonly production: boolean }; readonly secrets: Secrets } {
  const copy = v.safeParse(v.object({ definition: definitionShape, secrets: textMap }), {
    definition,
    secrets,
  });
  if (copy.success) return copy.output;
  throw new HttpError(
    'rejected',
    l10n.t('An account requires a service, a name, and text settings and secrets.'),
  );
}

/** @throws HttpError `rejected` for a value that the sign-in form would reject. */
function check({ methods, options }: SignIn, values: Readonly<Record<string, string>>): void {
  const fields = [...methods.flatMap((method) => method.fields), ...options];
  for (const field of fields) {
    const value = values[field.key];
    const message = value === undefined ? undefined : field.validate(value);
    if (message) throw new HttpError('rejected', `${field.label}: ${message}`);
  }
}

async function remove({ accounts, services, confirmApiAccess }: ApiContext, given: unknown): Promise<void> {
  const id = checkedText('id', given);
  const account = accounts.get(id);
  if (!account) return;
  const service = services.find((each) => each.id === account.service);
  const loaded = service && (await loadService(service));
  if (!(await confirmApiAccess(questionToRemove(account, loaded)))) throw refused();
  await accounts.remove(id);
}

function refused(): HttpError {
  return new HttpError('permission', l10n.t('The user denied the request.'));
}

/** Sources of secrets are chosen by users, for the addresses that they see. */
function referenceError(): HttpError {
  return new HttpError('rejected', l10n.t('Only the user can have a secret come from a secret source.'));
}

function apiResource(resource: Resource): readonly ApiResource[] {
  const { path, kind, id, label, description, status, json } = resource;
  if (kind === 'more' || kind === 'noMatch' || kind === 'section') return [];
  const row: ApiResource = {
    path,
    kind,
    id,
    label,
    ...(description && { description }),
    ...(status && { status: { state: status.state, word: status.label } }),
  };
  if (!json) return [row];
  // Decoded when it is looked at: an extension may want the names of a thousand connections, and no JSON.
  return [
    {
      ...row,
      get json() {
        return decodedJson(json);
      },
    },
  ];
}
