/** What the user is asked before another extension changes accounts, and that nothing is done before. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Accounts } from '../../../src/features/accounts/accounts';
import type { ConnectionsExplorerApi } from '../../../src/api';
import { questionToAdd, questionToRemove, type ApiAccessQuestion } from '../../../src/api/apiAccess';
import { createMembers } from '../../../src/api/apiMembers';
import { createApi } from '../../../src/api/createApi';
import { services } from '../../../src/core/services/registry';
import { loadedService, loadedServices } from '../../support/loadedServices';
import type { Account } from '../../../src/core/services/contract/signIn';
import { Store } from '../../../src/core/store/store';
import { FakeStorage } from '../../support/fakes/accounts';
import { addressKeys, SIGN_INS } from '../../support/signIns';

interface Opened {
  readonly api: ConnectionsExplorerApi;
  readonly accounts: Accounts;
  /** The questions to the user and the requests to a service, in order. */
  readonly events: (ApiAccessQuestion | 'sent')[];
}

/** @param answer what the user says; called with each question. */
function open(answer: (question: ApiAccessQuestion) => boolean | Promise<boolean>): Opened {
  const storage = new FakeStorage();
  const accounts = new Accounts(storage.memento(), storage.secretStorage(), services);
  const events: Opened['events'] = [];
  const session = (): Promise<never> => Promise.reject(new Error('not part of this test'));
  const list = (): readonly Account[] => accounts.list();
  const { onDidChange } = accounts;
  const store = new Store({ list, session, idPattern: () => undefined, onDidChange }, () => 50);
  const members = createMembers({
    ...{ accounts, services, store },
    unexpected: () => undefined,
    sessions: {
      verify: () => {
        events.push('sent');
        return Promise.resolve({ name: 'Ann' });
      },
    },
    confirmApiAccess: async (question) => {
      events.push(question);
      return answer(question);
    },
  });
  const api = createApi({
    accounts: list,
    members: () => Promise.resolve(members),
    onDidChangeAccounts: () => assert.fail('not part of this test'),
    onDidChangeRows: () => assert.fail('not part of this test'),
  });
  return { api, accounts, events };
}

/** The only question that was asked. */
function asked({ events }: Opened): ApiAccessQuestion {
  const questions = events.filter((event) => event !== 'sent');
  assert.equal(questions.length, 1);
  const [question] = questions;
  assert.ok(question);
  return question;
}

const krenalis = {
  service: 'krenalis',
  name: 'Events',
  settings: { endpoint: 'https://krenalis.example.com/' },
};
const key = { apiKey: 'api_canary' };

describe('another extension that adds an account', () => {
  for (const service of loadedServices()) {
    it(`asks the user first, with name, service and every address: ${service.title}`, async () => {
      const { settings = {}, secrets = {} } = SIGN_INS[service.id] ?? {};
      const own = Object.fromEntries(
        addressKeys(service).map((name) => [name, `https://${name.toLowerCase()}.example`]),
      );
      for (const all of [settings, { ...settings, ...own }]) {
        const opened = open(() => true);
        await opened.api.accounts.add({ service: service.id, name: 'Retail', settings: all }, secrets);
        const question = asked(opened);
        assert.deepEqual(opened.events, [question, 'sent']);
        assert.ok(question.message.includes('"Retail"') && question.message.includes(service.title));
        for (const origin of service.origins(all)) assert.ok(question.detail.includes(origin), origin);
        for (const secret of Object.values(secrets).filter((word) => word.length > 1))
          assert.ok(!JSON.stringify(question).includes(secret));
      }
    });
  }

  it("cannot use the user's sources of secrets", async () => {
    const opened = open(() => true);
    const reference = { ...key, apiKey: '${source:vault}' };
    await assert.rejects(opened.api.accounts.add(krenalis, reference), {
      kind: 'rejected',
      message: /secret source/,
    });
    assert.deepEqual([opened.events, opened.api.accounts.list()], [[], []]);
  });

  it('sends and saves nothing if the user declines', async () => {
    const opened = open(() => false);
    await assert.rejects(opened.api.accounts.add(krenalis, key), { kind: 'permission' });
    assert.deepEqual(opened.events, [asked(opened)]);
    assert.deepEqual(opened.accounts.list(), []);
  });

  it('gets what the user confirmed, whatever it changes meanwhile', async () => {
    const definition = { ...krenalis, settings: { ...krenalis.settings } };
    const secrets = { ...key };
    const opened = open(() => {
      definition.name = 'Other';
      definition.settings.endpoint = 'https://evil.example';
      secrets.apiKey = 'api_other';
      return true;
    });
    const { id } = await opened.api.accounts.add(definition, secrets);
    const saved = await opened.accounts.credentials(id);
    assert.deepEqual(
      [saved.account.name, saved.account.settings, saved.secrets],
      ['Events', krenalis.settings, key],
    );
  });

  it('cannot push the address out of view, or add lines of its own', async () => {
    const opened = open(() => true);
    const name = `Ev\u202Eents\n\nAddress: https://safe.example${' x'.repeat(5000)}`;
    await opened.api.accounts.add({ ...krenalis, name }, key);
    const { message, detail } = asked(opened);
    assert.ok(message.length < 250 && !/[\n\u202e]/u.test(message));
    assert.deepEqual(detail, 'Address: https://krenalis.example.com');
  });

  it('warns the user of a production account with the same address', async () => {
    const opened = open(() => true);
    const { accounts } = opened;
    await accounts.add({ ...krenalis, name: 'Live', production: true }, key);
    await opened.api.accounts.add(krenalis, key);
    assert.match(asked(opened).detail, /not marked as production, but the account "Live"/);
    const service = loadedService('krenalis');
    const account = { name: 'Events', production: true, settings: krenalis.settings };
    assert.match(questionToAdd({ service, account, others: accounts.list() }).detail, /is marked as prod/);
    const elsewhere = { ...account, production: false, settings: { endpoint: 'https://other.example' } };
    const { detail } = questionToAdd({ service, account: elsewhere, others: accounts.list() });
    assert.doesNotMatch(detail, /production/);
  });

  it('is refused without a question if the account is invalid', async () => {
    const opened = open(() => true);
    const add = (changes: object, secrets: unknown = key): Promise<unknown> =>
      opened.api.accounts.add({ ...krenalis, ...changes }, secrets as Record<string, string>);
    for (const changes of [{ name: '' }, { name: 7 }, { service: 'none' }, { settings: { endpoint: 1 } }])
      await assert.rejects(add(changes), { kind: 'rejected' });
    await assert.rejects(add({ settings: { endpoint: 'http://krenalis.example.com' } }), /https/);
    await assert.rejects(add({}, { apiKey: 1 }), { kind: 'rejected' });
    assert.deepEqual(opened.events, []);
  });
});

describe('another extension that removes an account', () => {
  it('asks the user without the address if that is unusable, which may be why it is removed', () => {
    const account = {
      ...{ id: 'a', service: 'krenalis', name: 'Events', production: false, sample: false },
      settings: { endpoint: 'http://user@nowhere' },
    };
    const { detail } = questionToRemove(account, loadedService('krenalis'));
    assert.doesNotMatch(detail, /Address|nowhere/);
    assert.match(detail, /credentials are deleted/);
  });

  it('asks the user, with name, service, address and what is removed', async () => {
    const opened = open(() => true);
    const { id } = await opened.accounts.add(krenalis, key);
    await opened.api.accounts.remove(id);
    const { message, detail, typedName } = asked(opened);
    assert.match(message, /remove the account "Events" for Krenalis/);
    assert.match(detail, /^Address: https:\/\/krenalis\.example\.com\n.*credentials are deleted/);
    assert.equal(typedName, undefined);
    assert.deepEqual(opened.accounts.list(), []);
  });

  it('needs the name of a production account to be typed', async () => {
    const opened = open(({ typedName }) => typedName !== 'Events');
    const { id } = await opened.accounts.add({ ...krenalis, production: true }, key);
    await assert.rejects(opened.api.accounts.remove(id), { kind: 'permission' });
    assert.match(asked(opened).detail, /production/);
    assert.equal(opened.accounts.list().length, 1);
  });

  it('can remove one whose service or address is unusable', async () => {
    const opened = open(() => true);
    const sample = { service: 'immuta', name: 'Sample', sample: true, settings: {} };
    const { id } = await opened.accounts.add(sample, {});
    await opened.api.accounts.remove(id);
    assert.doesNotMatch(asked(opened).detail, /Address/);
  });
});
