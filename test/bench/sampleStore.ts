import { join } from 'node:path';
import * as v from 'valibot';
import { nodeFetch, type Fetch } from '../../src/core/http/fetch';
import { httpClientFactory } from '../../src/core/http/client';
import { accountPath } from '../../src/core/services/contract/path';
import { KnownSecrets } from '../../src/core/redaction/knownSecrets';
import { cleanSession } from '../../src/core/services/common/cleanSession';
import { findService } from '../../src/core/services/registry';
import type { Session } from '../../src/core/services/contract/service';
import type { Store } from '../../src/core/store/store';
import { root } from '../scripts/lib/paths';
import { killGroup, start } from '../scripts/lib/processes';
import { accountOfService, createStore } from '../support/service';

/** A GET that the store had sent, so that it can be sent again without the store. */
export interface SentRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The store on a sample service that runs in a process of its own. */
export interface SampleStore {
  readonly store: Store;
  readonly account: ReturnType<typeof accountPath>;
  /** The GETs sent so far, oldest first. */
  readonly sent: SentRequest[];
  /** Signs in once more, and makes another store, in which nothing is loaded. */
  readonly another: () => Promise<Store>;
  readonly close: () => void;
}

/** As in package.json: the setting's default. */
const pageSize = 100;

const signIn = v.object({
  settings: v.record(v.string(), v.string()),
  secrets: v.record(v.string(), v.string()),
});

/** What the sample service prints of the services that are measured. */
const printed = v.object({ cja: signIn, krenalis: signIn, immuta: signIn });

/** The services that are measured. */
export type Measured = keyof typeof printed.entries;

/**
 * Starts a sample service with the given flags and signs in to it, so that later measurements need no token.
 * @param id the service whose connections the store shows
 */
export async function sampleStore(flags: readonly string[], id: Measured = 'cja'): Promise<SampleStore> {
  const child = start(process.execPath, [
    join(root, 'dist', 'sample.js'),
    '--port',
    '0',
    '--rate',
    '0',
    ...flags,
  ]);
  const { settings, secrets } = v.parse(printed, JSON.parse(await firstOutput(child)))[id];
  const service = findService(id);
  if (!service) throw new Error(`There is no service ${id}.`);
  const account = accountOfService(id, settings);
  const sent: SentRequest[] = [];
  const recording: Fetch = (url, init) => {
    if (init.method === 'GET') sent.push({ url, headers: init.headers });
    return nodeFetch(url, init);
  };
  const sessions: Session[] = [];
  const another = async (): Promise<Store> => {
    const known = new KnownSecrets();
    const options = { log: () => undefined, fetch: recording, secrets: known };
    const session = cleanSession(await service.connect(account, secrets, httpClientFactory(options)), known);
    sessions.push(session);
    await session.verify({});
    sent.length = 0;
    return createStore(account, Promise.resolve(session), pageSize);
  };
  const store = await another();
  const close = (): void => {
    for (const session of sessions) session.dispose();
    killGroup(child);
  };
  return { store, account: accountPath(account.id), sent, another, close };
}

/** The JSON text that the sample service prints when it listens. */
async function firstOutput(child: ReturnType<typeof start>): Promise<string> {
  return await new Promise((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => {
      resolve(chunk.toString());
    });
    child.once('close', () => {
      reject(new Error('The sample service did not start.'));
    });
  });
}
