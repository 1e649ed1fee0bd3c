import assert from 'node:assert/strict';
import { createHttpClient } from '../../../src/core/http/client';
import { connect } from '../../../src/core/services/datadog/session';
import type { Session } from '../../../src/core/services/contract/service';
import type { Resource } from '../../../src/core/services/contract/resource';
import type { SampleOptions } from '../../../src/sample/common/options';
import { startSampleService, type SampleService } from '../../../src/sample/server';
import { accountRow, firstPage, rows } from './cja';

export { accountRow, failureOf, firstPage, rows } from './cja';

export interface Harness extends AsyncDisposable {
  readonly sample: SampleService;
  readonly session: Session;
  /** The methods and paths asked for so far. */
  asked(): readonly string[];
}

type Texts = Readonly<Record<string, string>>;

/** A session at any address. It does not wait before it tries again. */
export function connectTo(settings: Texts, secrets: Texts): Session {
  const account = { id: 'a1', service: 'datadog', name: 'Test', production: false, sample: false, settings };
  return connect(account, secrets, (options) =>
    createHttpClient(options, { log: () => undefined, sleep: () => Promise.resolve() }),
  );
}

/** Starts a sample service, and signs in to it with both keys where no other secrets are given. */
export async function startHarness(
  options: SampleOptions = {},
  settings: Texts = {},
  secrets?: (sample: SampleService) => Texts,
): Promise<Harness> {
  const sample = await startSampleService({ connections: 6, ...options });
  const { credentials } = sample.datadog;
  const session = connectTo(
    { ...credentials.settings, ...settings },
    secrets?.(sample) ?? credentials.secrets,
  );
  return {
    sample,
    session,
    asked: () => sample.requests.map(({ method, path }) => `${method} ${path}`),
    [Symbol.asyncDispose]: async () => {
      session.dispose();
      await sample.close();
    },
  };
}

/** The row of an entity. */
export async function entityRow(session: Session, id: string): Promise<Resource> {
  const { items } = await session.children(accountRow, firstPage(), {});
  return rows(items, 'entity').find((row) => row.id === id) ?? assert.fail(id);
}

/** The row of a connection; of the documented example where no id is given. */
export async function connectionRow(session: Session, id = 'user-profiles-connection'): Promise<Resource> {
  const { items } = await session.children(await entityRow(session, 'users'), firstPage(), {});
  return rows(items, 'connection').find((row) => row.id === id) ?? assert.fail(id);
}
