import { createHttpClient } from '../../src/core/http/client';
import { accountPath } from '../../src/core/services/contract/path';
import { findService } from '../../src/core/services/registry';
import type { Session } from '../../src/core/services/contract/service';
import type { Account } from '../../src/core/services/contract/signIn';
import type { Resource } from '../../src/core/services/contract/resource';
import { SECRETS } from './answered';
import { accountNamedAfter } from './service';
import { startServer, type Received, type Reply, type TestServer } from './testServer';

/** An account of a service whose lists never end. */
export interface EndlessAccount extends AsyncDisposable {
  readonly account: Account;
  readonly row: Resource;
  readonly session: Session;
  readonly server: TestServer;
}

/** Items per page, and characters per item. */
interface PageShape {
  readonly items: number;
  readonly padding: number;
}

/** Signs in to a service whose lists never end: every page has new items and a next cursor. */
export async function startEndless(
  service: string,
  shape: PageShape = { items: 100, padding: 100 },
): Promise<EndlessAccount> {
  let items = 0;
  const server = await startServer((request, index) =>
    pageReply(request, index, () => Array.from({ length: shape.items }, () => item(++items, shape.padding))),
  );
  const settings = { endpoint: server.origin, orgId: 'X@AdobeOrg', clientId: 'client' };
  const account = accountNamedAfter(service, settings);
  const known = findService(service);
  if (!known) throw new Error(`No service ${service}`);
  const session = await known.connect(account, SECRETS[service] ?? {}, (options) =>
    createHttpClient(
      { ...options, rateLimit: { requests: 10_000, interval: 1 } },
      { log: () => undefined, sleep: () => Promise.resolve() },
    ),
  );
  const path = accountPath(service);
  return {
    account,
    row: { path, kind: 'account', id: service, label: service, hasChildren: true },
    session,
    server,
    [Symbol.asyncDispose]: async () => {
      session.dispose();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A page in the envelopes of all services at once. */
function pageReply({ url }: Received, index: number, items: () => readonly object[]): Reply {
  const page = Number(/[?&]page=(\d+)/.exec(url)?.[1] ?? 0);
  const list = items();
  const asked = /\/dg_(\d+)$/.exec(new URL(url, 'http://any').pathname)?.[1];
  const body = {
    ...item(Number(asked ?? index), 0),
    ...{ content: list, number: page, lastPage: false },
    ...{ connections: list, identities: list, runs: list, tasks: list, dataObjects: list, connectors: list },
    ...{ dataSets: list, workspaces: list, nextCursor: `after-${index}`, total: 1_000_000_000 },
    data: { attributes: { connections: list, attributes: list } },
  };
  return { body: JSON.stringify(body) };
}

/** An item that every service accepts as one of its own. */
function item(number: number, padding: number): object {
  const id = `dg_${number}`;
  return {
    ...{ id, name: `Item ${number}`, connectionKey: id, taskId: id, runId: id, dataSetId: id },
    ...{ parentDataGroupId: id, pipeline: id, code: id, status: 'RUNNING', state: 'ACTIVE' },
    ...{ backfillSummary: { inProgress: 1 }, padding: 'x'.repeat(padding) },
  };
}
