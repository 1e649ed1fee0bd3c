import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Accounts } from '../../../../src/features/accounts/accounts';
import { Sessions, type SessionsContext } from '../../../../src/features/accounts/sessions';
import { HttpError } from '../../../../src/core/http/errors';
import { KnownSecrets } from '../../../../src/core/redaction/knownSecrets';
import type { Action } from '../../../../src/core/services/contract/action';
import type { Log } from '../../../../src/core/services/contract/detailViews';
import type { Service, Session } from '../../../../src/core/services/contract/service';
import type { Secrets, Account, Identity } from '../../../../src/core/services/contract/signIn';
import { FakeStorage, service, session } from '../../../support/fakes/accounts';
import { account, resource, settle } from '../../../support/fakes/store';

interface Opened {
  readonly account: Account;
  readonly secrets: Secrets;
  disposed: boolean;
}

/** @param failing the start of the sample service that fails, counted from 1. */
function open({
  verify = () => Promise.resolve<Identity>({ name: 'somebody' }),
  failing = 0,
  resolveSecrets = (secrets) => Promise.resolve(secrets),
  parts = () => ({}),
  ...asked
}: Partial<Pick<Session, 'choices'> & Pick<SessionsContext, 'resolveSecrets'>> & {
  verify?: (opened: Opened) => Promise<Identity>;
  failing?: number;
  parts?: (opened: Opened) => Partial<Session>;
} = {}): {
  storage: FakeStorage;
  accounts: Accounts;
  sessions: Sessions;
  opened: Opened[];
  started: () => number;
  /** Of changes of accounts. */
  listeners: () => number;
} {
  const opened: Opened[] = [];
  let [started, listeners] = [0, 0];
  const connect: Service['connect'] = (account, secrets): Promise<Session> => {
    const one = { account, secrets, disposed: false };
    opened.push(one);
    return Promise.resolve(
      session({ verify: () => verify(one), ...asked, ...parts(one), dispose: () => (one.disposed = true) }),
    );
  };
  const services = [service({ connect })];
  const storage = new FakeStorage();
  const accounts = new Accounts(storage.memento(), storage.secretStorage(), services);
  const onDidChange: Accounts['onDidChange'] = (listener) => {
    const registration = accounts.onDidChange(listener);
    listeners++;
    return {
      dispose: () => {
        listeners--;
        registration.dispose();
      },
    };
  };
  const context: SessionsContext = {
    accounts: { credentials: (id) => accounts.credentials(id), onDidChange },
    services,
    knownSecrets: new KnownSecrets(),
    resolveSecrets,
    http: () => Promise.resolve(() => assert.fail('no request is part of this test')),
    startSample: () => {
      if (++started === failing) return Promise.reject(new Error('no port'));
      return Promise.resolve({
        settings: { endpoint: 'http://127.0.0.1:1' },
        secrets: { clientSecret: 'sample' },
      });
    },
  };
  return {
    ...{ storage, accounts, sessions: new Sessions(context), opened },
    ...{ started: () => started, listeners: () => listeners },
  };
}

const definition = { service: 'cja', name: 'Main', settings: { orgId: 'A@AdobeOrg' } };

describe('sessions', () => {
  it('opens one session for an account, on demand', async () => {
    const { accounts, sessions, opened } = open();
    const account = await accounts.add(definition, { clientSecret: 's' });
    assert.equal(opened.length, 0);
    const [first, second] = await Promise.all([sessions.of(account.id), sessions.of(account.id)]);
    assert.equal(first, second);
    assert.deepEqual(opened, [{ account, secrets: { clientSecret: 's' }, disposed: false }]);
  });

  it('disposes of the session of a changed or removed account, and of no other', async () => {
    const { accounts, sessions, opened } = open();
    const { id } = await accounts.add(definition, { clientSecret: 's' });
    const other = await accounts.add({ ...definition, name: 'Other' }, {});
    await sessions.of(id);
    await sessions.of(other.id);
    await accounts.update(id, {}, { clientSecret: 't' });
    await sessions.of(id);
    assert.deepEqual(opened[2]?.secrets, { clientSecret: 't' });
    await accounts.remove(id);
    await assert.rejects(sessions.of(id), { kind: 'notFound' });
    assert.deepEqual(
      opened.map(({ disposed }) => disposed),
      [true, false, true],
    );
  });

  it('retries after a failed opening', async () => {
    const { accounts, sessions, opened } = open({ failing: 1 });
    const { id } = await accounts.add({ ...definition, sample: true }, {});
    await assert.rejects(sessions.of(id), /no port/);
    await sessions.of(id);
    assert.equal(opened.length, 1);
  });

  it('starts the sample service when a sample account is first needed, without secrets', async () => {
    const { accounts, sessions, opened, started } = open();
    const { id } = await accounts.add({ ...definition, sample: true, settings: { tenant: 'x' } }, {});
    assert.equal(started(), 0);
    await sessions.of(id);
    await sessions.of(id);
    assert.equal(started(), 1);
    assert.deepEqual(opened[0]?.secrets, { clientSecret: 'sample' });
    assert.deepEqual(opened[0].account.settings, { tenant: 'x', endpoint: 'http://127.0.0.1:1' });
    assert.deepEqual(accounts.get(id)?.settings, { tenant: 'x' });
  });

  it('reports a service that this version does not know', async () => {
    const { sessions } = open();
    const call = sessions.verify({ ...definition, service: 'later' }, {}, {});
    await assert.rejects(call, { kind: 'rejected', message: /"later"/, advice: /Update/ });
  });

  it('verifies a sign-in with a temporary session, which is disposed of even after a failure', async () => {
    const { sessions, opened } = open();
    assert.deepEqual(await sessions.verify(definition, { clientSecret: 's' }, {}), { name: 'somebody' });
    const failing = open({ verify: () => Promise.reject(new Error('no')) });
    await assert.rejects(failing.sessions.verify(definition, {}, {}), /no/);
    assert.deepEqual([opened[0]?.disposed, failing.opened[0]?.disposed], [true, true]);
  });

  it('fetches the choices of a field with a temporary session', async () => {
    const choices: Session['choices'] = (key) => Promise.resolve([{ value: key, label: key }]);
    const { sessions, opened } = open({ choices });
    const [choice] = await sessions.choices(definition, { clientSecret: 's' }, 'tenant', {});
    assert.equal(choice?.value, 'tenant');
    assert.deepEqual([opened[0]?.secrets, opened[0]?.disposed], [{ clientSecret: 's' }, true]);
    assert.deepEqual(await open().sessions.choices(definition, {}, 'tenant', {}), []);
  });

  it('disposes all sessions with itself, and follows the accounts no longer', async () => {
    const { accounts, sessions, opened, listeners } = open();
    const { id } = await accounts.add(definition, {});
    await sessions.of(id);
    assert.equal(listeners(), 1);
    sessions.dispose();
    await Promise.resolve();
    assert.deepEqual([opened[0]?.disposed, listeners()], [true, 0]);
  });
});

describe('An account whose secret comes from a source', () => {
  const reference = { accessToken: '${source:token}' };
  const interactive = { priority: 'interactive' } as const;
  const refused = new HttpError('authentication', 'The token has ended.', { status: 401 });
  const ended = { message: refused.message, status: 401 };

  /** A service that accepts only the latest token, and a source that has one after the other. */
  async function start(
    tokens: readonly string[],
    first?: Promise<Identity>,
    changes: string[] = [],
  ): Promise<
    ReturnType<typeof open> & {
      readonly id: string;
      readonly asked: () => number;
      /** How often the service was asked. */
      readonly requests: () => number;
      accept: (token: string) => void;
    }
  > {
    let accepted = tokens[0] ?? '';
    let [asked, requests] = [0, 0];
    let firstAnswer = first;
    const answer = ({ secrets: { accessToken = '' }, disposed }: Opened): Promise<string> =>
      accessToken === accepted && !disposed ? Promise.resolve(accessToken) : Promise.reject(refused);
    const started = open({
      parts: (one) => partsThatAsk(() => answer(one), changes),
      resolveSecrets: (secrets) => {
        assert.deepEqual(secrets, reference);
        const token = tokens[Math.min(asked++, tokens.length - 1)];
        return token === 'gone'
          ? Promise.reject(new HttpError('authentication', 'No token.'))
          : Promise.resolve({ accessToken: token ?? '' });
      },
      verify: async (one) => {
        requests++;
        const late = firstAnswer;
        firstAnswer = undefined;
        return late ?? { name: await answer(one) };
      },
    });
    const { id } = await started.accounts.add(definition, reference);
    const accept = (token: string): void => void (accepted = token);
    return { ...started, id, asked: () => asked, requests: () => requests, accept };
  }

  it('signs in with the secret of the source, which is stored nowhere', async () => {
    const { sessions, storage, id, asked } = await start(['canary-token']);
    const { name } = await (await sessions.of(id)).verify({});
    assert.equal(name, 'canary-token');
    await sessions.verify(definition, reference, {});
    assert.equal(asked(), 2);
    const kept = JSON.stringify([[...storage.state], [...storage.secrets]]);
    assert.ok(kept.includes('${source:token}') && !kept.includes('canary-token'));
  });

  it('queries the source again when the service refuses the secret, once for all requests', async () => {
    const { sessions, opened, id, asked, accept } = await start(['one', 'two', 'three']);
    const session = await sessions.of(id);
    assert.equal((await session.verify({})).name, 'one');
    accept('two');
    const names = await Promise.all([session.verify({}), session.verify({})]);
    assert.deepEqual([names.map(({ name }) => name), asked()], [['two', 'two'], 2]);
    assert.equal(await sessions.of(id), session);
    accept('three');
    await assert.rejects(session.verify({}), ended);
    assert.equal((await session.verify(interactive)).name, 'three');
    sessions.dispose();
    await settle();
    assert.deepEqual(
      opened.map(({ disposed }) => disposed),
      [true, true, true],
    );
  });

  it('queries the source again whatever part of the session is refused, also one that was taken before', async () => {
    const asking: Readonly<Record<string, (session: Session) => () => Promise<string>>> = {
      history:
        ({ logs }) =>
        async () =>
          (await log(logs?.history).read(row, undefined, interactive)).entries[0]?.id ?? '',
      batches:
        ({ logs }) =>
        async () =>
          (await log(logs?.batches).read(row, undefined, interactive)).entries[0]?.id ?? '',
      reports:
        ({ reports }) =>
        async () =>
          (await reports?.read(row, interactive))?.note ?? '',
      runs:
        ({ runs }) =>
        async () =>
          (await runs?.fetchRuns(row, [], interactive))?.entries[0]?.run.id ?? '',
      draft: ({ actions }) => {
        const [action] = actions?.(row) ?? [];
        return async () => (await action?.draft?.(interactive))?.text ?? '';
      },
      preview: ({ actions }) => {
        const [action] = actions?.(row) ?? [];
        return async () => (await action?.preview?.({ text: '', base: '' }, interactive))?.after ?? '';
      },
    };
    for (const [name, take] of Object.entries(asking)) {
      const { sessions, id, accept } = await start(['one', 'two', 'three', 'four']);
      const ask = take(await sessions.of(id));
      for (const token of ['one', 'two', 'three', 'four']) {
        accept(token);
        assert.equal(await ask(), token, name);
      }
    }
  });

  it('queries the source again when a change is refused, which is not sent again', async () => {
    const changes: string[] = [];
    const { sessions, id, asked, accept } = await start(['one', 'two'], undefined, changes);
    const [action] = (await sessions.of(id)).actions?.(row) ?? [];
    const perform = () => (action ?? assert.fail()).perform({ kind: 'none' }, interactive);
    accept('two');
    await assert.rejects(perform(), ended);
    assert.deepEqual([asked(), changes], [2, []]);
    await perform();
    assert.deepEqual([asked(), changes], [2, ['two']]);
  });

  it('does not query a source again for a refusal that comes after another one was handled', async () => {
    let refuse: () => void = () => undefined;
    const late = new Promise<Identity>((_, reject) => {
      refuse = () => {
        reject(refused);
      };
    });
    const { sessions, id, asked, accept } = await start(['one', 'two'], late);
    const session = await sessions.of(id);
    const slow = session.verify({});
    accept('two');
    assert.equal((await session.verify({})).name, 'two');
    refuse();
    assert.equal((await slow).name, 'two');
    assert.equal(asked(), 2);
  });

  it('queries no source for a failure that is no refusal', async () => {
    const failures = [
      new HttpError('server', 'Out of order.', { status: 503 }),
      new HttpError('notFound', 'Not there.', { status: 404 }),
      new TypeError('no answer'),
    ];
    for (const failure of failures) {
      const { sessions, id, asked } = await start(['one', 'two'], Promise.reject(failure));
      await assert.rejects((await sessions.of(id)).verify(interactive), { message: failure.message });
      assert.equal(asked(), 1, failure.message);
    }
  });

  it('opens no session that outlives its account, if the source answers after that has gone', async () => {
    const { sessions, opened, id, asked, accept } = await start(['one', 'two']);
    const session = await sessions.of(id);
    accept('two');
    const late = session.verify(interactive);
    late.catch(() => undefined);
    for (let turn = 0; turn < 20 && asked() < 2; turn++) await Promise.resolve();
    sessions.dispose();
    await assert.rejects(late, ended);
    assert.deepEqual(
      opened.map(({ disposed }) => disposed),
      [true, true],
    );
  });

  it('passes on the refusal if the source has no other secret, and queries it again only if a user waits', async () => {
    const { sessions, opened, id, asked, requests, accept } = await start(['one']);
    const session = await sessions.of(id);
    accept('two');
    for (let request = 0; request < 5; request++) await assert.rejects(session.verify({}), ended);
    assert.deepEqual([asked(), requests()], [2, 5], 'what is refused is not sent again');
    await assert.rejects(session.verify(interactive), ended);
    assert.deepEqual([asked(), opened.length], [3, 1]);
  });

  it('reports the error of a failing source, and queries it again with the next session', async () => {
    const { sessions, id, accept } = await start(['one', 'gone', 'gone', 'two']);
    const session = await sessions.of(id);
    accept('two');
    await assert.rejects(session.verify({}), { message: 'No token.' });
    await assert.rejects(session.verify(interactive), { message: 'No token.' });
    assert.equal((await session.verify(interactive)).name, 'two');
    const later = await start(['gone', 'one']);
    later.accept('one');
    const isNamed = (error: unknown): boolean => error instanceof HttpError && error.account?.name === 'Main';
    await assert.rejects(later.sessions.of(later.id), isNamed);
    assert.equal((await (await later.sessions.of(later.id)).verify({})).name, 'one');
  });
});

const row = resource(account, 'connection', 'c');

function log(found: Log | undefined): Log {
  return found ?? assert.fail('a log');
}

/** All members of a session that have members of their own, each of which asks the service. */
function partsThatAsk(
  ask: () => Promise<string>,
  changes: string[],
): Pick<Session, 'actions' | 'logs' | 'reports' | 'runs'> {
  const asked: Log = {
    ...{ columns: [], appliesTo: () => true, emptyText: () => '' },
    read: async () => ({ entries: [{ id: await ask(), cells: [] }], received: 1 }),
  };
  const edit: Action = {
    ...{ id: 'edit', verb: 'edit', title: 'Edit', confirmation: 'harmless', input: { kind: 'document' } },
    draft: async () => ({ text: await ask(), schema: {} }),
    preview: async () => ({ before: '', after: await ask() }),
    perform: async () => {
      changes.push(await ask());
      return { changed: [] };
    },
  };
  const never = (): Promise<never> => Promise.reject(new Error('another action'));
  return {
    actions: () => [edit, { ...edit, id: 'other', draft: never, preview: never, perform: never }],
    logs: { history: asked, batches: asked },
    reports: {
      ...{ title: () => '', explainsFailure: () => true },
      read: async () => ({ columns: [], rows: [], note: await ask(), summary: [] }),
    },
    runs: {
      fetchRuns: async () => ({
        entries: [{ run: { ...row, id: await ask() }, ancestors: [] }],
        updated: [],
      }),
      ...{ batches: () => [], isActive: () => false, times: () => ({}) },
    },
  };
}
