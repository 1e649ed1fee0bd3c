/** Every member of the exported API, with every bad input and at every moment: what goes wrong is a rejection that helps. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Accounts } from '../../../src/features/accounts/accounts';
import type { ConnectionsExplorerApi } from '../../../src/api';
import { createMembers } from '../../../src/api/apiMembers';
import { createApi } from '../../../src/api/createApi';
import { HttpError } from '../../../src/core/http/errors';
import { accountPath, childPath } from '../../../src/core/services/contract/path';
import { services } from '../../../src/core/services/registry';
import { problemItem } from '../../../src/core/services/common/problem';
import type { Session } from '../../../src/core/services/contract/service';
import type { Account } from '../../../src/core/services/contract/signIn';
import type { Page } from '../../../src/core/services/contract/page';
import type { Resource } from '../../../src/core/services/contract/resource';
import { Store } from '../../../src/core/store/store';
import { FakeStorage } from '../../support/fakes/accounts';
import { deferred, page, resource, settle } from '../../support/fakes/store';

/** An answer that the test gives by hand, and by which name of the account it was asked. */
interface Asked {
  readonly name: string;
  readonly answer: () => void;
  readonly fail: (error: Error) => void;
}

class Stage {
  readonly api: ConnectionsExplorerApi;
  readonly accounts: Accounts;
  readonly asked: Asked[] = [];
  /** Runs that cannot be returned. */
  problems: readonly Resource[] = [];
  /** The errors passed to the log. */
  readonly unexpected: unknown[] = [];

  constructor() {
    const storage = new FakeStorage();
    this.accounts = new Accounts(storage.memento(), storage.secretStorage(), services);
    const { accounts } = this;
    const source = {
      list: () => accounts.list(),
      session: (id: string) => Promise.resolve(this.#session(accounts.get(id) ?? assert.fail())),
      idPattern: () => /^c1$/,
      onDidChange: accounts.onDidChange,
    };
    const members = createMembers({
      ...{ accounts, services, store: new Store(source, () => 50) },
      unexpected: (error) => this.unexpected.push(error),
      sessions: { verify: () => Promise.resolve({ name: 'Ann' }) },
      confirmApiAccess: () => Promise.resolve(true),
    });
    this.api = createApi({
      accounts: source.list,
      members: () => Promise.resolve(members),
      onDidChangeAccounts: () => assert.fail('not part of this test'),
      onDidChangeRows: () => assert.fail('not part of this test'),
    });
  }

  async addAccount(): Promise<Account> {
    const settings = { endpoint: 'https://krenalis.example.com/' };
    return this.accounts.add(
      { service: 'krenalis', name: 'Before', production: false, sample: false, settings },
      { apiKey: 'key-of-a-workspace' },
    );
  }

  /** Waits until the service got at least this number of requests. */
  async untilAsked(times: number): Promise<Asked> {
    for (let turn = 0; this.asked.length < times && turn < 1000; turn++) await settle();
    return this.asked[times - 1] ?? assert.fail(`asked ${this.asked.length} times, not ${times}`);
  }

  #session({ id, name }: Account): Session {
    const path = accountPath(id);
    const ask = async <T>(value: T, signal?: AbortSignal): Promise<T> => {
      const { promise, resolve, reject } = deferred<undefined>();
      signal?.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
      this.asked.push({
        name,
        answer: () => {
          resolve(undefined);
        },
        fail: reject,
      });
      await promise;
      return value;
    };
    const found = resource(path, 'connection', 'c1', name);
    return {
      verify: () => Promise.resolve({ name }),
      children: (parent, _request, { signal }): Promise<Page> =>
        ask(page(parent.path === path ? [found] : []), signal),
      read: (_resource, { signal }) => ask(`{"name":"${name}"}`, signal),
      findById: (_account, _id, { signal }) => ask([found], signal),
      runs: {
        fetchRuns: (_account, _within, { signal }) =>
          ask({ entries: [{ run: found, ancestors: [] }], updated: [], problems: this.problems }, signal),
        batches: () => [],
        isActive: () => false,
        times: () => ({}),
      },
      properties: () => [],
      webLink: () => undefined,
      requestTemplate: () => undefined,
      dispose: () => undefined,
    };
  }
}

type Call = (api: ConnectionsExplorerApi) => Promise<unknown>;

/** A member called as JavaScript may call it. */
function call(member: string, ...given: readonly unknown[]): Call {
  return (api) => {
    const holder = member.startsWith('accounts.') ? api.accounts : api;
    const name = member.replace('accounts.', '');
    const method = Reflect.get(holder, name) as (...args: readonly unknown[]) => Promise<unknown>;
    return method(...given);
  };
}

const hostile = {
  get signal(): never {
    throw new TypeError('no');
  },
};
const oddTexts: readonly unknown[] = [undefined, null, 42, '', ' ', {}, [], Symbol('x'), () => 1, 10n];
const oddPaths: readonly unknown[] = ['x', 'account:', '../x', ...oddTexts.slice(1)];
const oddOptions: readonly unknown[] = [null, 42, 'x', { signal: 'x' }, { signal: {} }, hostile];
const path = 'account:a1/connection:c1';

const badInputs: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  children: [
    ...oddPaths.map((odd) => [odd]),
    ...[...oddOptions, { all: 'x' }].map((odd) => [undefined, odd]),
  ],
  read: [...oddPaths, undefined].map((odd) => [odd]).concat([null, 'x', {}].map((odd) => [path, odd])),
  runs: [...oddOptions, { account: 42 }, { account: 'gone' }].map((odd) => [odd]),
  find: [...oddTexts.map((odd) => [odd]), ...[null, 'x', {}].map((odd) => ['c1', odd])],
  'accounts.add': [
    ...oddTexts.map((odd) => [odd, {}]),
    ...[undefined, null, 42, 'x', { apiKey: 42 }].map((odd) => [
      { service: 'krenalis', name: 'N', settings: {} },
      odd,
    ]),
    [{ service: 'none', name: 'N', settings: {} }, {}],
    [{ service: 'krenalis', name: 'N', settings: { endpoint: 'no address' } }, {}],
    [hostile, {}],
  ],
  'accounts.remove': oddTexts.map((odd) => [odd]),
};

function assertHelps(error: unknown): true {
  assert.ok(error instanceof Error);
  assert.equal(typeof (error as { kind?: unknown }).kind, 'string');
  assert.match(error.message, /\w{3}.*\. .*\w{3}/s);
  return true;
}

describe('every member of the API', () => {
  for (const [member, inputs] of Object.entries(badInputs)) {
    it(`rejects invalid arguments, and never throws: ${member}`, async () => {
      const { api } = new Stage();
      for (const given of inputs) {
        // A member that throws at once fails here, before there is a promise.
        const outcome = call(member, ...given)(api);
        await assert.rejects(outcome, assertHelps, `${member} with ${given.map(String).join(', ')}`);
      }
    });
  }
});

describe('runs for other extensions', () => {
  it('include those that cannot be shown, as rows of kind problem', async () => {
    const stage = new Stage();
    const { id, name } = await stage.addAccount();
    const problem = { title: 'One is not shown.', detail: 'Odd.', retryable: false };
    stage.problems = [problemItem({ path: accountPath(id) }, 'broken', problem).resource];
    const outcome = stage.api.runs();
    (await stage.untilAsked(1)).answer();
    assert.deepEqual(
      (await outcome).map(({ kind, label, of }) => [kind, label, of]),
      [
        ['connection', name, []],
        ['problem', 'One is not shown.', [name]],
      ],
    );
  });
});

describe('errors for other extensions', () => {
  const secret = 'p4ssw0rd-canary';

  /** All that is reachable from a value, as text. */
  const whole = (value: unknown, seen = new Set<unknown>()): string => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return String(value);
    seen.add(value);
    const names = Object.getOwnPropertyNames(value).filter((name) => name !== 'stack');
    return names.map((name) => `${name}: ${whole(Reflect.get(value, name), seen)}`).join('\n');
  };

  for (const [name, error] of [
    ['an error of a program', new TypeError(`cannot read ${secret}`, { cause: { token: secret } })],
    ['what is no error', { message: secret }],
    ['a failure whose cause was never masked', new HttpError('server', 'It is down.', { cause: secret })],
  ] as const) {
    it(`have a text and a kind, and no internals: ${name}`, async () => {
      const stage = new Stage();
      const { id } = await stage.addAccount();
      const outcome = stage.api.read(childPath(accountPath(id), 'connection', 'c1'));
      const caught = outcome.then(
        () => assert.fail('not rejected'),
        (reason: unknown) => reason,
      );
      (await stage.untilAsked(1)).answer();
      (await stage.untilAsked(2)).fail(error as Error);
      const publicError = await caught;
      assertHelps(publicError);
      assert.doesNotMatch(whole(publicError), /p4ssw0rd/);
      assert.equal((publicError as Error).cause, undefined);
      assert.deepEqual(stage.unexpected, error instanceof HttpError ? [] : [error]);
    });
  }
});

/** Calls that wait for a service, for the account that the test adds. */
const waiting: Readonly<Record<string, (id: string) => Call>> = {
  'children of the account': (id) => call('children', accountPath(id), { all: true }),
  'children of all accounts': () => call('children'),
  'children, read again': (id) => call('children', accountPath(id), { refresh: true }),
  read: (id) => call('read', childPath(accountPath(id), 'connection', 'c1')),
  'runs of the account': (id) => call('runs', { account: id }),
  'runs of all accounts': () => call('runs'),
  find: () => call('find', 'c1'),
};

describe('calls that wait for an account', () => {
  for (const [name, getCall] of Object.entries(waiting)) {
    it(`use the account in its later state: ${name}`, async () => {
      const stage = new Stage();
      const { id } = await stage.addAccount();
      const outcome = getCall(id)(stage.api);
      const first = await stage.untilAsked(1);
      await stage.accounts.update(id, { name: 'After' });
      first.fail(new HttpError('network', 'The session is closed.'));
      const isOver = outcome.then(() => undefined);
      for (let times = 2; ; times++) {
        const next = await Promise.race([isOver, stage.untilAsked(times)]);
        if (!next) break;
        assert.equal(next.name, 'After');
        next.answer();
      }
      assert.match(JSON.stringify(await outcome), /After/);
    });

    it(`fail if the account is removed: ${name}`, async () => {
      const stage = new Stage();
      const { id } = await stage.addAccount();
      const outcome = getCall(id)(stage.api);
      outcome.catch(() => undefined);
      await stage.untilAsked(1);
      await stage.accounts.remove(id);
      const isOfAll = /all accounts|find/.test(name);
      if (isOfAll) assert.deepEqual(await outcome, []);
      else await assert.rejects(outcome, { kind: 'notFound', message: /no longer exists/ });
    });

    it(`end with the reason of the caller's signal: ${name}`, async () => {
      const stage = new Stage();
      const { id } = await stage.addAccount();
      const controller = new AbortController();
      const { signal } = controller;
      const withSignal: Readonly<Record<string, Call>> = {
        'children of the account': call('children', accountPath(id), { all: true, signal }),
        'children of all accounts': call('children', undefined, { signal }),
        'children, read again': call('children', accountPath(id), { refresh: true, signal }),
        read: call('read', childPath(accountPath(id), 'connection', 'c1'), signal),
        'runs of the account': call('runs', { account: id, signal }),
        'runs of all accounts': call('runs', { signal }),
        find: call('find', 'c1', signal),
      };
      const outcome = (withSignal[name] ?? assert.fail())(stage.api);
      outcome.catch(() => undefined);
      await stage.untilAsked(1);
      const reason = new Error('enough');
      controller.abort(reason);
      await assert.rejects(outcome, reason);
    });
  }

  it('fail if the account was removed before', async () => {
    for (const getCall of [
      waiting.read,
      waiting['runs of the account'],
      waiting['children of the account'],
    ]) {
      const stage = new Stage();
      const outcome = getCall?.('gone')(stage.api) ?? assert.fail();
      await assert.rejects(outcome, { kind: 'notFound', message: /no longer exists/ });
    }
  });
});
