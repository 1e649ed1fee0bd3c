import { createHttpClient } from '../../../src/core/http/client';
import type { HttpClientDependencies } from '../../../src/core/http/dependencies';
import { type SampleService, startSampleService } from '../../../src/sample/server';
import type { SampleOptions } from '../../../src/sample/common/options';
import { connect, type KrenalisSession } from '../../../src/core/services/krenalis/session';
import type { Resource } from '../../../src/core/services/contract/resource';
import { account, accountRow, firstPage, rows } from './cja';

export interface Harness extends AsyncDisposable {
  readonly sample: SampleService;
  readonly session: KrenalisSession;
  readonly log: readonly string[];
  /** What was asked since the start: `GET /v1/connections`. */
  asked(): readonly string[];
}

type Words = Readonly<Record<string, string>>;

/** A session of the service at any address. It does not wait before it tries again. */
export function connectTo(
  settings: Words,
  secrets: Words,
  environment: Partial<HttpClientDependencies> = {},
): KrenalisSession {
  return connect(account(settings), secrets, (options) =>
    createHttpClient(options, { log: () => undefined, sleep: () => Promise.resolve(), ...environment }),
  );
}

/** Starts a sample service, and signs in to its Krenalis. */
export async function startHarness(
  options: SampleOptions = {},
  settings?: Words,
  secrets?: Words,
): Promise<Harness> {
  const sample = await startSampleService(options);
  const { credentials } = sample.krenalis;
  const endpoint = sample.origin;
  const log: string[] = [];
  const session = connectTo(
    settings ? { endpoint, ...settings } : credentials.settings,
    secrets ?? credentials.secrets,
    { log: (entry) => log.push(JSON.stringify(entry)) },
  );
  return {
    sample,
    session,
    log,
    asked: () => sample.requests.map(({ method, path }) => `${method} ${path}`),
    [Symbol.asyncDispose]: async () => {
      session.dispose();
      await sample.close();
    },
  };
}

/** The connection of that name and role, as the list shows it. */
export async function connectionNamed(session: KrenalisSession, name: string, role = ''): Promise<Resource> {
  const { items } = await session.children(accountRow, firstPage(), {});
  const found = rows(items, 'connection').find(
    ({ label, searchAttributes }) => label === name && (role === '' || searchAttributes?.role === role),
  );
  if (!found) throw new Error(`No connection ${name}`);
  return found;
}

/** A row below `parent` by its label. */
export async function childNamed(
  session: KrenalisSession,
  parent: Resource,
  name: string,
): Promise<Resource> {
  const { items } = await session.children(parent, firstPage(), {});
  const found = items.find(({ resource }) => resource.label === name);
  if (!found) throw new Error(`No ${name} below ${parent.label}`);
  return found.resource;
}
