import { serviceTitle } from '../../core/services/registry';
import { pathSegments, type ResourcePath, isWithin, parsePath } from '../../core/services/contract/path';
import type { Account } from '../../core/services/contract/signIn';
import type { Resource, Problem } from '../../core/services/contract/resource';
import type { Store } from '../../core/store/store';
import { isLine } from '../../shared/plainText';
import { MAX_INPUT_LENGTH, type ToolInput, ToolError } from './toolInput';
import { findById, accountRuns, type TimedRun } from '../../core/store/storeQueries';
import type { Listed } from './toolAnswer';
import { toProblem, problemText, errorText } from '../../core/services/common/problem';

/**
 * Everything that a model receives about a resource. Texts are as the service sent them; `pagedAnswer` cleans
 * them.
 */
interface Described {
  /** Absent if it is longer than tools accept. */
  readonly path?: string;
  readonly kind: string;
  readonly id: string;
  /** Set if the ID contains invisible or control characters, which the response omits. */
  readonly idIsInexact?: true;
  readonly name: string;
  readonly description?: string;
  readonly state?: string;
  /** The service's own label of the state. */
  readonly status?: string;
  readonly service?: string;
  readonly account?: string;
  /** The names of its ancestors, from the outermost. */
  readonly within?: readonly string[];
}

/** The allow-listed fields of a resource. */
function describe(store: Store, resource: Resource): Described {
  const { path, kind, id, label, description, status } = resource;
  const account = store.account(path);
  const within = ancestors(store, path);
  return {
    ...(path.length <= MAX_INPUT_LENGTH && { path }),
    kind,
    id,
    ...(!isLine(id) && { idIsInexact: true }),
    name: label,
    ...(description && { description }),
    ...(status && { state: status.state, status: status.label }),
    ...(account && accountNames(account)),
    ...(within.length > 0 && { within }),
  };
}

/** The names of an account and its service. */
function accountNames({ name, service }: Account): { service: string; account: string } {
  return { service: serviceTitle(service), account: name };
}

/** The names of the resources between the account and the resource, as far as they are loaded. */
function ancestors(store: Store, path: ResourcePath): readonly string[] {
  const steps = path.split('/');
  return pathSegments(path)
    .slice(1, -1)
    .map(({ id }, place) => {
      const above = store.get(steps.slice(0, place + 2).join('/') as ResourcePath);
      return above?.label ?? id;
    });
}

/** The places of an ID. An ID that is not found is a result, not an error. */
export async function findId(
  store: Store,
  input: ToolInput<'connectionsExplorer_findId'>,
  signal: AbortSignal,
): Promise<Listed> {
  const { found, failures } = await findById(store, input.id.trim(), signal);
  return {
    items: found.map((resource) => describe(store, resource)),
    problems: failures.map(errorText),
  };
}

/** A connection: its properties, as in the tooltip, and its direct children. */
export async function getConnection(
  store: Store,
  input: ToolInput<'connectionsExplorer_getConnection'>,
  signal: AbortSignal,
): Promise<Listed> {
  const connection = await getOneConnection(store, input.id, signal);
  const rows = await store.load(connection.path, { all: true, signal });
  const session = await store.session(connection.path);
  const current = store.get(connection.path) ?? connection;
  const facts = session.properties(current).map(({ label, value, hint }) => {
    return [label, hint === undefined ? value : `${value} (${hint})`] as const;
  });
  const link = session.webLink(current);
  const problems = rows.flatMap(({ problem }) => (problem ? `${problem.title} ${problem.detail}` : []));
  const items = rows
    .filter(({ kind }) => !['problem', 'group', 'more'].includes(kind))
    .map((resource) => describe(store, resource));
  const described = { ...describe(store, current), facts: Object.fromEntries(facts), ...(link && { link }) };
  return { connection: described, items, problems };
}

/** @throws ToolError if there is none, or several. */
async function getOneConnection(store: Store, text: string, signal: AbortSignal): Promise<Resource> {
  const path = parsePath(text);
  const { found, failures } = path
    ? { found: [await store.resolve(path, { signal })], failures: [] }
    : await findById(store, text, signal);
  const [connection, ...others] = found.filter(({ kind }) => kind === 'connection');
  if (!connection) {
    if (failures.length > 0)
      throw new ToolError(
        `No connection with the ID "${text}" was found, but not all accounts could be asked. ${failures.map(errorText).join(' ')}`,
      );
    throw new ToolError(
      `There is no connection with the ID or path "${text}". Use connectionsExplorer_listConnections to find it.`,
    );
  }
  if (others.length === 0) return connection;
  const paths = [connection, ...others].map((each) => each.path).join(', ');
  throw new ToolError(
    `Several connections have this ID. Call the tool again with one of these paths: ${paths}`,
  );
}

/** The connections of one or all accounts. Sends no requests for what is already loaded. */
export async function listConnections(
  store: Store,
  input: ToolInput<'connectionsExplorer_listConnections'>,
  signal: AbortSignal,
): Promise<Listed> {
  const accounts = accountsFor(store, input.account);
  const rows = (await Promise.all(accounts.map(({ path }) => rowsBelow(store, path, signal)))).flat();
  const words = input.query?.toLowerCase() ?? '';
  const items = rows
    .filter(({ kind }) => kind === 'connection')
    .filter(({ id, label }) => `${label}\n${id}`.toLowerCase().includes(words))
    .filter((row) => isInStates(row, input.states))
    .map((resource) => describe(store, resource));
  const problems = rows.flatMap(({ problem }) => (problem ? `${problem.title} ${problem.detail}` : []));
  return { items, problems };
}

/** The rows of an account, and those below its entities. */
async function rowsBelow(
  store: Store,
  path: Resource['path'],
  signal: AbortSignal,
): Promise<readonly Resource[]> {
  const rows = await store.load(path, { all: true, signal });
  const deeper = rows.filter(({ kind }) => kind === 'entity');
  const below = await Promise.all(deeper.map((entity) => rowsBelow(store, entity.path, signal)));
  return [...rows, ...below.flat()];
}

/** @param states if undefined, all. */
function isInStates({ status }: Resource, states: readonly string[] | undefined): boolean {
  return states === undefined || states.includes(status?.state ?? 'unknown');
}

function describeProblem({ label }: Resource, problem: Problem): string {
  return `${label}: ${problemText(problem)}`;
}

/** The active and recent runs of accounts. An account that fails does not hide the others. */
export async function listRuns(
  store: Store,
  input: ToolInput<'connectionsExplorer_listRuns'>,
  signal: AbortSignal,
): Promise<Listed> {
  const problems: string[] = [];
  const { accounts, within } = await findRunScope(store, input, signal);
  const getRuns = async (account: Resource): Promise<readonly TimedRun[]> => {
    try {
      const { entries, problems: rows } = await accountRuns(store, account, { signal, within });
      problems.push(...rows.flatMap(({ problem }) => (problem ? describeProblem(account, problem) : [])));
      return entries;
    } catch (error) {
      signal.throwIfAborted();
      problems.push(describeProblem(account, toProblem(error)));
      return [];
    }
  };
  const runs = (await Promise.all(accounts.map(getRuns))).flat();
  const items = runs
    .filter(({ run }) => isInStates(run, input.states))
    .map(({ run, ancestors, times }) => ({
      ...describe(store, run),
      within: ancestors,
      ...times,
    }));
  return { items, problems };
}

/** The accounts whose runs a model requested, and the connection to which they are limited, if any. */
async function findRunScope(
  store: Store,
  { account, connection }: ToolInput<'connectionsExplorer_listRuns'>,
  signal: AbortSignal,
): Promise<{ readonly accounts: readonly Resource[]; readonly within: readonly ResourcePath[] }> {
  const accounts = accountsFor(store, account);
  if (connection === undefined) return { accounts, within: [] };
  const { path } = await getOneConnection(store, connection, signal);
  const own = accounts.filter((each) => isWithin(path, each.path));
  if (own.length > 0) return { accounts: own, within: [path] };
  throw new ToolError(`The connection "${connection}" does not belong to the account "${account ?? ''}".`);
}

/**
 * The accounts that a model named.
 * @param name the name or the ID of one; absent: all.
 * @throws ToolError that lists the existing ones.
 */
function accountsFor(store: Store, name: string | undefined): readonly Resource[] {
  const all = store.accounts();
  if (all.length === 0)
    throw new ToolError(
      'There are no accounts. The user can add one with the command "Connections: Add Account…".',
    );
  if (name === undefined) return all;
  const wanted = name.toLowerCase();
  const found = all.filter(({ id, label }) => id === name || label.toLowerCase() === wanted);
  if (found.length > 0) return found;
  throw new ToolError(
    `There is no account "${name}". The accounts are: ${all.map(({ label }) => `"${label}"`).join(', ')}.`,
  );
}
