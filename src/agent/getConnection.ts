import type { Resource } from '../services/service';
import { parsePath } from '../services/path';
import { findById } from '../store/findById';
import type { Store } from '../store/store';
import { describe } from './describe';
import type { Listed } from './toolAnswer';
import { ToolError } from './toolError';
import type { ToolInput } from './toolInput';

/** One connection: its facts, as the tooltip shows them, and what lies directly below it. */
export async function getConnection(
  store: Store,
  input: ToolInput<'get_connection'>,
  signal: AbortSignal,
): Promise<Listed> {
  const connection = await theConnection(store, input.id, signal);
  const rows = await store.load(connection.path, { all: true, signal });
  const session = await store.session(connection.path);
  const current = store.get(connection.path) ?? connection;
  const facts = session.facts(current).map(({ label, value }) => [label, value] as const);
  const link = session.webLink(current);
  const problems = rows.flatMap(({ problem }) => (problem ? `${problem.what} ${problem.why}` : []));
  const items = rows
    .filter(({ kind }) => !['problem', 'group', 'more'].includes(kind))
    .map((resource) => describe(store, resource));
  const told = { ...describe(store, current), facts: Object.fromEntries(facts), ...(link && { link }) };
  return { connection: told, items, problems };
}

/** @throws ToolError where there is none, or several. */
async function theConnection(store: Store, text: string, signal: AbortSignal): Promise<Resource> {
  const path = parsePath(text);
  const found = path ? [await store.resolve(path, { signal })] : await findById(store, text, signal);
  const [connection, ...others] = found.filter(({ kind }) => kind === 'connection');
  if (!connection) {
    throw new ToolError(
      `There is no connection with the id or path "${text}". Use list_connections to find it.`,
    );
  }
  if (others.length === 0) return connection;
  const paths = [connection, ...others].map((each) => each.path).join(', ');
  throw new ToolError(`Several connections have this id. Ask again with one of these paths: ${paths}`);
}
