import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Accounts } from '../../../../src/features/accounts/accounts';
import { Sessions, type SessionsContext } from '../../../../src/features/accounts/sessions';
import { KnownSecrets } from '../../../../src/core/redaction/knownSecrets';
import type { Service, Session } from '../../../../src/core/services/contract/service';
import type { Secrets, Account, Identity } from '../../../../src/core/services/contract/signIn';
import { FakeStorage, service, session } from '../../../support/fakes/accounts';

interface Opened {
  readonly account: Account;
  readonly secrets: Secrets;
  disposed: boolean;
}

/** @param failing the start of the sample service that fails, counted from 1. */
function open({
  verify = () => Promise.resolve<Identity>({ name: 'somebody' }),
  failing = 0,
  ...asked
}: Partial<Pick<Session, 'verify' | 'choices'>> & { failing?: number } = {}): {
  accounts: Accounts;
  sessions: Sessions;
  opened: Opened[];
  started: () => number;
} {
  const opened: Opened[] = [];
  let started = 0;
  const connect: Service['connect'] = (account, secrets): Promise<Session> => {
    const one = { account, secrets, disposed: false };
    opened.push(one);
    return Promise.resolve(session({ verify, ...asked, dispose: () => (one.disposed = true) }));
  };
  const services = [service({ connect })];
  const storage = new FakeStorage();
  const accounts = new Accounts(storage.memento(), storage.secretStorage(), services);
  const context: SessionsContext = {
    accounts,
    services,
    knownSecrets: new KnownSecrets(),
    http: () => Promise.resolve(() => assert.fail('no request is part of this test')),
    startSample: () => {
      if (++started === failing) return Promise.reject(new Error('no port'));
      return Promise.resolve({
        settings: { endpoint: 'http://127.0.0.1:1' },
        secrets: { clientSecret: 'sample' },
      });
    },
  };
  return { accounts, sessions: new Sessions(context), opened, started: () => started };
}

const definition = { service: 'cja', name: 'Main', settings: { orgId: 'A@AdobeOrg' } };

describe('sessions', () => {
  it('opens one session for an account, when it is asked for', async () => {
    const { accounts, sessions, opened } = open();
    const account = await accounts.add(definition, { clientSecret: 's' });
    assert.equal(opened.length, 0);
    const [first, second] = await Promise.all([sessions.of(account.id), sessions.of(account.id)]);
    assert.equal(first, second);
    assert.deepEqual(opened, [{ account, secrets: { clientSecret: 's' }, disposed: false }]);
  });

  it('disposes the session of an account that changes or goes, and of no other', async () => {
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

  it('tries again after a failed opening', async () => {
    const { accounts, sessions, opened } = open({ failing: 1 });
    const { id } = await accounts.add({ ...definition, sample: true }, {});
    await assert.rejects(sessions.of(id), /no port/);
    await sessions.of(id);
    assert.equal(opened.length, 1);
  });

  it('starts the sample service when a sample account is first needed, and needs no secrets for it', async () => {
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

  it('tells of a service that this version does not know', async () => {
    const { sessions } = open();
    const call = sessions.verify({ ...definition, service: 'later' }, {}, {});
    await assert.rejects(call, { kind: 'rejected', message: /"later"/, advice: /Update/ });
  });

  it('tries a sign-in out by a session that it throws away, also when it fails', async () => {
    const { sessions, opened } = open();
    assert.deepEqual(await sessions.verify(definition, { clientSecret: 's' }, {}), { name: 'somebody' });
    const failing = open({ verify: () => Promise.reject(new Error('no')) });
    await assert.rejects(failing.sessions.verify(definition, {}, {}), /no/);
    assert.deepEqual([opened[0]?.disposed, failing.opened[0]?.disposed], [true, true]);
  });

  it('asks what a field may be by a session that it throws away', async () => {
    const choices: Session['choices'] = (key) => Promise.resolve([{ value: key, label: key }]);
    const { sessions, opened } = open({ choices });
    const [choice] = await sessions.choices(definition, { clientSecret: 's' }, 'tenant', {});
    assert.equal(choice?.value, 'tenant');
    assert.deepEqual([opened[0]?.secrets, opened[0]?.disposed], [{ clientSecret: 's' }, true]);
    assert.deepEqual(await open().sessions.choices(definition, {}, 'tenant', {}), []);
  });

  it('disposes all sessions with itself', async () => {
    const { accounts, sessions, opened } = open();
    const { id } = await accounts.add(definition, {});
    await sessions.of(id);
    sessions.dispose();
    await Promise.resolve();
    assert.equal(opened[0]?.disposed, true);
  });
});
