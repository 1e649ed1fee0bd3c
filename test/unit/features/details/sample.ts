import assert from 'node:assert/strict';
import { createHttpClient } from '../../../../src/core/http/client';
import { Emitter } from '../../../../src/core/base/emitter';
import { accountPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import { findService } from '../../../../src/core/services/registry';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { ResourceKind } from '../../../../src/shared/kinds';
import type { SampleOptions } from '../../../../src/sample/common/options';
import { startSampleService, type SampleService } from '../../../../src/sample/server';
import { TabModels } from '../../../../src/features/details/tabModels';
import { Store } from '../../../../src/core/store/store';
import { account } from '../../../support/harness/cja';

export interface Sample extends AsyncDisposable {
  readonly service: SampleService;
  readonly session: Session;
  readonly store: Store;
  readonly pictures: TabModels;
  readonly account: ResourcePath;
  /** Methods and paths asked for since the start or the last `clearRequests`, queries left out. */
  asked(): readonly string[];
  /** The first resource of a kind below a path, which is loaded for it. */
  first(parent: ResourcePath, kind: ResourceKind, label?: string): Promise<Resource>;
  /** Asks for something again whenever the store or a reading tells of a change, until it is there. */
  until<T>(ask: () => T | undefined): Promise<T>;
}

/** A store and the pictures of its resources, on a sample service. */
export async function startSample(serviceId: string, options: SampleOptions = {}): Promise<Sample> {
  const service = await startSampleService({ rate: 0, ...options });
  const { settings, secrets } = credentialsOf(service, serviceId);
  const one = { ...account(settings), service: serviceId };
  const session = await (findService(serviceId) ?? assert.fail(serviceId)).connect(one, secrets, (client) =>
    createHttpClient(
      { ...client, rateLimit: { requests: 10_000, interval: 1 } },
      { log: () => undefined, sleep: () => Promise.resolve() },
    ),
  );
  const source = { list: () => [one], session: () => Promise.resolve(session) };
  const store = new Store({ ...source, onDidChange: new Emitter<readonly string[]>().event }, () => 100);
  const changes = new Emitter<undefined>();
  store.onDidChange(() => {
    changes.fire(undefined);
  });
  const pictures = new TabModels(store, () => {
    changes.fire(undefined);
  });
  return {
    service,
    session,
    store,
    pictures,
    account: accountPath(one.id),
    asked: () => service.requests.map(({ method, path }) => `${method} ${path}`),
    first: async (parent, kind, label) => {
      const rows = await store.load(parent);
      return (
        rows.find((row) => row.kind === kind && (label === undefined || row.label === label)) ??
        assert.fail(`a ${kind} below ${parent}`)
      );
    },
    until: (ask) => untilThere(changes, ask),
    [Symbol.asyncDispose]: async () => {
      pictures.dispose();
      store.dispose();
      session.dispose();
      await service.close();
    },
  };
}

function credentialsOf(
  service: SampleService,
  id: string,
): {
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
} {
  switch (id) {
    case 'datadog':
      return service.datadog.credentials;
    case 'krenalis':
      return service.krenalis.credentials;
    case 'immuta':
      return service.immuta.credentials;
    default:
      return service.credentials;
  }
}

function untilThere<T>(changes: Emitter<undefined>, ask: () => T | undefined): Promise<T> {
  const found = ask();
  if (found !== undefined) return Promise.resolve(found);
  return new Promise((resolve) => {
    const registration = changes.event(() => {
      const value = ask();
      if (value === undefined) return;
      registration.dispose();
      resolve(value);
    });
  });
}
