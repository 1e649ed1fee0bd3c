import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createHttpClient } from '../../src/http/client';
import type { Fault } from '../../src/sample/faults';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { Emitter } from '../../src/services/emitter';
import { accountPath, type ResourcePath } from '../../src/services/path';
import { services } from '../../src/services/registry';
import type { Account, Resource, ResourceKind, Session } from '../../src/services/service';
import { Store } from '../../src/store/store';

type Words = Readonly<Record<string, string>>;

/** A service: how its part of the sample is signed in to, and two lists that are asked for, a first and a deeper one. */
interface Target {
  readonly id: string;
  readonly signIn: (sample: SampleService) => { readonly settings: object; readonly secrets: object };
  readonly lists: readonly (readonly ResourceKind[])[];
}

const targets: readonly Target[] = [
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

interface Case {
  readonly name: string;
  readonly fault: (secret: string) => Omit<Fault, 'match'>;
  readonly what: RegExp;
  /** Default: true. */
  readonly retry?: boolean;
}

const echo = (status: number) => (secret: string) => ({ status, body: { message: `No: ${secret}` } });

const cases: readonly Case[] = [
  { name: '400', fault: echo(400), what: /not accepted/, retry: false },
  { name: '401 after signing in', fault: echo(401), what: /Signing in failed/ },
  { name: '403', fault: echo(403), what: /lacks a right/ },
  { name: '404', fault: echo(404), what: /not found/ },
  {
    name: '429 without a body',
    fault: () => ({ status: 429, headers: { 'retry-after': '1' }, body: '' }),
    what: /asks for a pause/,
  },
  { name: '500', fault: echo(500), what: /problem of its own/ },
  { name: '503', fault: echo(503), what: /problem of its own/ },
  {
    name: 'a web page with status 200',
    fault: (secret) => ({
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: `<!DOCTYPE html><p>${secret}</p>`,
    }),
    what: /could not be understood/,
  },
  { name: 'JSON that ends too soon', fault: () => ({ malformed: true }), what: /could not be understood/ },
  { name: 'a connection that breaks', fault: () => ({ cutOffAfter: 5 }), what: /could not be reached/ },
  { name: 'an answer that takes too long', fault: () => ({ hang: true }), what: /did not answer in time/ },
];

/** An account in a store, with faults that come and go. */
class Stage implements AsyncDisposable {
  readonly store: Store;
  readonly log: string[] = [];
  /** What no text may hold: the secrets, and the tokens that requests carried. */
  readonly hidden: Set<string>;
  readonly #sample: SampleService;
  readonly #session: Promise<Session>;
  #patience = 90_000;

  private constructor(sample: SampleService, { id, signIn }: Target) {
    const { settings, secrets } = signIn(sample);
    const account: Account = {
      ...{ id: 'a1', service: id, name: 'Test', production: false, sample: false },
      settings: settings as Words,
    };
    this.#sample = sample;
    this.hidden = new Set(Object.values(secrets as Words));
    this.#session = Promise.resolve(
      service(id).connect(account, secrets as Words, (options) => this.#client(options)),
    );
    this.store = new Store(
      {
        list: () => [account],
        session: () => this.#session,
        onDidChange: new Emitter<readonly string[]>().event,
      },
      () => 100,
    );
  }

  static async start(target: Target): Promise<Stage> {
    return new Stage(await startSampleService({ rate: 0, connections: 6 }), target);
  }

  /** Spoils all but what signs in, until it is taken away. */
  spoil(fault: Omit<Fault, 'match'>): () => void {
    const heal = this.#sample.inject({
      match: ({ path, headers }) => {
        const [, token] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
        if (token) this.hidden.add(token);
        return !/^\/ims\/|authenticate$/.test(path);
      },
      ...fault,
    });
    if (fault.hang) this.#patience = 100;
    return () => {
      heal();
      this.#patience = 90_000;
    };
  }

  /** The path of the first resource that lies below others of these kinds, and has a list of its own. */
  async find(kinds: readonly ResourceKind[], from = accountPath('a1')): Promise<ResourcePath | undefined> {
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
    (await this.#session).dispose();
    await this.#sample.close();
  }

  #client(options: Parameters<typeof createHttpClient>[0]): ReturnType<typeof createHttpClient> {
    const patience = (): number => this.#patience;
    return createHttpClient(
      { ...options, rateLimit: { requests: 10_000, interval: 1 } },
      {
        log: (entry) => this.log.push(JSON.stringify(entry)),
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

/** The problem row, which stands before the others, says all that a person needs. @returns the others. */
function told(rows: readonly Resource[], { what, retry }: Case): readonly Resource[] {
  const [row, ...others] = rows;
  const problem = row?.problem ?? assert.fail(`no problem among ${JSON.stringify(rows)}`);
  assert.match(problem.what, what);
  assert.match(problem.why, /\w{3}/);
  assert.doesNotMatch(problem.why, /<\/?\w+>/);
  assert.match(problem.advice ?? '', /\w{3}/);
  assert.equal(problem.retry, retry ?? true);
  assert.ok(!others.some(({ kind }) => kind === 'problem'));
  return others;
}

async function checkList(stage: Stage, path: ResourcePath, each: Case): Promise<void> {
  const { store, hidden, log } = stage;
  const [secret = assert.fail('a secret')] = hidden;
  let heal = stage.spoil(each.fault(secret));
  const first = await store.load(path);
  assert.deepEqual(told(first, each), []);
  heal();
  await store.retry(path);
  const healthy = store.rows(path) ?? [];
  assert.ok(healthy.length > 0 && healthy.every(({ kind, stale }) => kind !== 'problem' && !stale));
  heal = stage.spoil(each.fault(secret));
  const again = await store.load(path, { refresh: true });
  const kept = told(again, each);
  heal();
  assert.deepEqual(
    kept.map(({ id }) => id),
    healthy.map(({ id }) => id),
  );
  assert.ok(kept.every(({ kind, stale }) => stale === true || kind === 'more'));
  const texts = [...log, JSON.stringify([first, again, store.rows(accountPath('a1'))])].join('\n');
  for (const value of hidden) assert.ok(!texts.includes(value), 'no secret is told');
}

for (const target of targets) {
  describe(`a list of ${target.id} that gets`, () => {
    for (const each of cases) {
      it(`${each.name}: says so at its place, keeps its rows and heals`, async () => {
        for (const kinds of target.lists) {
          await using stage = await Stage.start(target);
          const path = (await stage.find(kinds)) ?? assert.fail(kinds.join(' → '));
          await checkList(stage, path, each);
        }
      });
    }
  });
}
