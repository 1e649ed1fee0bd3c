import assert from 'node:assert/strict';
import { createHttpClient } from '../../src/core/http/client';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { Emitter } from '../../src/core/base/emitter';
import { accountPath } from '../../src/core/services/contract/path';
import { services } from '../../src/core/services/registry';
import type { Session } from '../../src/core/services/contract/service';
import type { Account } from '../../src/core/services/contract/signIn';
import { Store } from '../../src/core/store/store';
import { signInTo } from './sampleSignIns';

/** The ids of all services. */
export const SERVICE_IDS = services.map(({ id }) => id);

/** The path of the account of `openSampleAccount`. */
export const sampleAccount = accountPath('a1');

/** A store with one account of the sample service, as the extension opens it, without its pace. */
export interface SampleAccount extends AsyncDisposable {
  readonly sample: SampleService;
  readonly session: Session;
  readonly store: Store;
}

/** @param options of the sample. @param pageSize items asked for at a time. */
export async function openSampleAccount(
  id: string,
  options: Parameters<typeof startSampleService>[0] = {},
  pageSize = 100,
): Promise<SampleAccount> {
  const sample = await startSampleService({ rate: 0, ...options });
  const { settings, secrets } = signInTo(id, sample);
  const account: Account = {
    ...{ id: 'a1', service: id, name: 'Test', production: false, sample: false },
    settings,
  };
  const service = services.find((each) => each.id === id) ?? assert.fail(id);
  const session = await service.connect(account, secrets, (client) =>
    createHttpClient(
      { ...client, rateLimit: { requests: 10_000, interval: 1 } },
      { log: () => undefined, sleep: () => Promise.resolve() },
    ),
  );
  const store = new Store(
    {
      list: () => [account],
      session: () => Promise.resolve(session),
      onDidChange: new Emitter<readonly string[]>().event,
    },
    () => pageSize,
  );
  return {
    ...{ sample, session, store },
    async [Symbol.asyncDispose]() {
      store.dispose();
      session.dispose();
      await sample.close();
    },
  };
}
