import type { Fault } from '../../src/sample/faults';
import type { SampleOptions } from '../../src/sample/common/options';
import type { SampleService, SampleServiceId } from '../../src/sample/server';
import { KnownSecrets } from '../../src/core/redaction/knownSecrets';
import { cleanSession } from '../../src/core/services/common/cleanSession';
import type { ResourcePath } from '../../src/core/services/contract/path';
import type { Session } from '../../src/core/services/contract/service';
import type { ResourceKind } from '../../src/shared/kinds';
import type { Store } from '../../src/core/store/store';
import { ACCOUNT_PATH, startService, createStore, type StartedService } from './service';

/** A service, and two of its lists: a top-level one and a nested one. */
export interface Target {
  readonly id: SampleServiceId;
  readonly lists: readonly (readonly ResourceKind[])[];
}

export const targets: readonly Target[] = [
  // Not backfills: there, a 404 means that the organization has none, and becomes a row.
  { id: 'cja', lists: [[], ['connection', 'group']] },
  { id: 'datadog', lists: [['entity'], ['entity', 'group']] },
  { id: 'krenalis', lists: [[], ['connection', 'pipeline']] },
  { id: 'immuta', lists: [[], ['connection', 'dataObject']] },
];

const PATIENCE_MS = 90_000;
/** For faults that never end. */
const STALLED_PATIENCE_MS = 40;

/**
 * An account of the sample service in a store, as in the extension, with faults that the test switches on and
 * off.
 */
export class Scenario implements AsyncDisposable {
  readonly log: string[];
  /** Texts that must not appear anywhere: the secrets, and the tokens of requests. */
  readonly hidden: Set<string>;
  readonly sample: SampleService;
  readonly session: Session;
  #store: Store;

  private constructor(
    private readonly started: StartedService,
    readonly secrets: KnownSecrets,
    private readonly setPatience: (milliseconds: number) => void,
  ) {
    const { sample, account, log } = started;
    this.log = log;
    this.sample = sample;
    this.hidden = new Set(Object.values(sample.credentials(account.service).secrets));
    this.session = cleanSession(started.session, secrets);
    this.#store = this.#openStore();
  }

  static async start({ id }: Target, options: SampleOptions = {}): Promise<Scenario> {
    const secrets = new KnownSecrets();
    let patience = PATIENCE_MS;
    const timeouts = {
      connect: 10_000,
      get request() {
        return patience;
      },
    };
    const dependencies = { secrets, timeouts };
    const started = await startService(id, { connections: 6, ...options }, { dependencies });
    return new Scenario(started, secrets, (milliseconds) => {
      patience = milliseconds;
    });
  }

  get store(): Store {
    return this.#store;
  }

  /** Discards what was loaded. */
  forget(): void {
    this.#store.dispose();
    this.#store = this.#openStore();
  }

  /** Applies a fault to all requests except sign-in. @returns what ends it */
  spoil(fault: Omit<Fault, 'match'>): () => void {
    const heal = this.sample.inject({
      match: ({ path, headers }) => {
        const [, token] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
        if (token) this.hidden.add(token);
        return !/^\/ims\/|authenticate$/.test(path);
      },
      ...fault,
    });
    if (fault.hang || fault.stallAfter !== undefined || fault.trickle) this.setPatience(STALLED_PATIENCE_MS);
    return () => {
      heal();
      this.setPatience(PATIENCE_MS);
    };
  }

  /** The path of the first resource below others of these kinds that has children. */
  async find(kinds: readonly ResourceKind[], from = ACCOUNT_PATH): Promise<ResourcePath | undefined> {
    const [kind, ...deeper] = kinds;
    if (kind === undefined) return from;
    for (const row of await this.store.load(from)) {
      const found = row.kind === kind && row.hasChildren && (await this.find(deeper, row.path));
      if (found) return found;
    }
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.store.dispose();
    await this.started[Symbol.asyncDispose]();
  }

  #openStore(): Store {
    return createStore(this.started.account, Promise.resolve(this.session));
  }
}
