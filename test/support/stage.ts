import assert from 'node:assert/strict';
import { createHttpClient } from '../../src/core/http/client';
import { KnownSecrets } from '../../src/core/redaction/knownSecrets';
import type { Fault } from '../../src/sample/faults';
import type { SampleOptions } from '../../src/sample/common/options';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { cleanSession } from '../../src/core/services/common/cleanSession';
import { Emitter } from '../../src/core/base/emitter';
import { accountPath, type ResourcePath } from '../../src/core/services/contract/path';
import { services } from '../../src/core/services/registry';
import type { Session } from '../../src/core/services/contract/service';
import type { Account } from '../../src/core/services/contract/signIn';
import type { ResourceKind } from '../../src/shared/kinds';
import { Store } from '../../src/core/store/store';

type Words = Readonly<Record<string, string>>;

/** A service: how its part of the sample is signed in to, and two lists that are asked for, a first and a deeper one. */
export interface Target {
  readonly id: string;
  readonly signIn: (sample: SampleService) => { readonly settings: object; readonly secrets: object };
  readonly lists: readonly (readonly ResourceKind[])[];
}

export const targets: readonly Target[] = [
  // Not backfills: a 404 there means that an organization has none, and is a row of the service.
  { id: 'cja', signIn: ({ credentials }) => credentials, lists: [[], ['connection', 'group']] },
  { id: 'datadog', signIn: ({ datadog }) => datadog.credentials, lists: [['entity'], ['entity', 'group']] },
  {
    id: 'krenalis',
    signIn: ({ krenalis }) => krenalis.credentials,
    lists: [[], ['connection', 'pipeline']],
  },
  { id: 'immuta', signIn: ({ immuta }) => immuta.credentials, lists: [[], ['connection', 'dataObject']] },
];

/** The account of every stage. */
export const stagePath = accountPath('a1');

/** An account of the sample service in a store, as the extension has it, with faults that come and go. */
export class Stage implements AsyncDisposable {
  readonly log: string[] = [];
  /** What no text may hold: the secrets, and the tokens that requests carried. */
  readonly hidden: Set<string>;
  readonly sample: SampleService;
  readonly session: Promise<Session>;
  readonly secrets = new KnownSecrets();
  readonly #makeStore: () => Store;
  #store: Store;
  #patienceMs = 90_000;

  private constructor(sample: SampleService, { id, signIn }: Target) {
    const { settings, secrets } = signIn(sample);
    const account: Account = {
      ...{ id: 'a1', service: id, name: 'Test', production: false, sample: false },
      settings: settings as Words,
    };
    this.sample = sample;
    this.hidden = new Set(Object.values(secrets as Words));
    this.session = Promise.resolve(
      service(id).connect(account, secrets as Words, (options) => this.#client(options)),
    ).then((session) => cleanSession(session, this.secrets));
    this.#makeStore = () =>
      new Store(
        {
          list: () => [account],
          session: () => this.session,
          onDidChange: new Emitter<readonly string[]>().event,
        },
        () => 100,
      );
    this.#store = this.#makeStore();
  }

  get store(): Store {
    return this.#store;
  }

  /** Forgets what was read. */
  forget(): void {
    this.#store.dispose();
    this.#store = this.#makeStore();
  }

  static async start(target: Target, options: SampleOptions = {}): Promise<Stage> {
    return new Stage(await startSampleService({ rate: 0, connections: 6, ...options }), target);
  }

  /** Spoils all but what signs in, until it is taken away. */
  spoil(fault: Omit<Fault, 'match'>): () => void {
    const heal = this.sample.inject({
      match: ({ path, headers }) => {
        const [, token] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
        if (token) this.hidden.add(token);
        return !/^\/ims\/|authenticate$/.test(path);
      },
      ...fault,
    });
    if (fault.hang || fault.stallAfter !== undefined || fault.trickle) this.#patienceMs = 100;
    return () => {
      heal();
      this.#patienceMs = 90_000;
    };
  }

  /** The path of the first resource that lies below others of these kinds, and has a list of its own. */
  async find(kinds: readonly ResourceKind[], from = stagePath): Promise<ResourcePath | undefined> {
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
    (await this.session).dispose();
    await this.sample.close();
  }

  #client(options: Parameters<typeof createHttpClient>[0]): ReturnType<typeof createHttpClient> {
    const patience = (): number => this.#patienceMs;
    return createHttpClient(
      { ...options, rateLimit: { requests: 10_000, interval: 1 } },
      {
        log: (entry) => this.log.push(JSON.stringify(entry)),
        secrets: this.secrets,
        sleep: () => Promise.resolve(),
        timeouts: {
          connect: 10_000,
          get request() {
            return patience();
          },
        },
      },
    );
  }
}

function service(id: string): (typeof services)[number] {
  return services.find((each) => each.id === id) ?? assert.fail(id);
}
