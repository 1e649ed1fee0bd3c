import { createHttpClient } from '../../../src/core/http/client';
import type { SampleOptions } from '../../../src/sample/common/options';
import { startSampleService, type SampleService } from '../../../src/sample/server';
import { connect } from '../../../src/core/services/immuta/session';
import type { RequestLogEntry } from '../../../src/core/http/requestLog';
import type { Session } from '../../../src/core/services/contract/service';
import type { PageItem } from '../../../src/core/services/contract/page';
import type { Resource } from '../../../src/core/services/contract/resource';
import { account, accountRow, firstRow, rows, readAll } from './cja';

export interface Harness extends AsyncDisposable {
  readonly sample: SampleService;
  readonly session: Session;
  readonly log: readonly string[];
  /** Methods and paths asked for since the start or the last `clearRequests`, queries left out. */
  asked(): readonly string[];
}

/** A session of the service at any address, which does not wait before it tries again. */
export function connectTo(
  settings: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
  log: (entry: RequestLogEntry) => void = () => undefined,
): Session {
  return connect({ ...account(settings), service: 'immuta' }, secrets, (options) =>
    createHttpClient(options, { log, sleep: () => Promise.resolve() }),
  );
}

/** Starts a sample service, and signs in to its Immuta tenant. */
export async function startHarness(
  options: SampleOptions = {},
  settings: Readonly<Record<string, string>> = {},
  secrets?: Readonly<Record<string, string>>,
): Promise<Harness> {
  const sample = await startSampleService(options);
  const log: string[] = [];
  const given = sample.immuta.credentials;
  const session = connectTo({ ...given.settings, ...settings }, secrets ?? given.secrets, (entry) =>
    log.push(JSON.stringify(entry)),
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

/** The first connection in a state. */
export async function connectionIn(session: Session, state: string): Promise<Resource> {
  const found = rows(await readAll(session, accountRow), 'connection').find(
    ({ status }) => status?.label === state,
  );
  if (!found) throw new Error(`No connection is ${state}`);
  return found;
}

/** The first task of the first connection, or of the given one. */
export async function firstTask(session: Session, connection?: Resource): Promise<Resource> {
  const parent = connection ?? (await firstRow(session, accountRow, 'connection'));
  return firstRow(session, await firstRow(session, parent, 'group'), 'task');
}

/** What is seen of rows. */
export function labels(items: readonly PageItem[]): readonly string[] {
  return items.map(({ resource }) => resource.label);
}
