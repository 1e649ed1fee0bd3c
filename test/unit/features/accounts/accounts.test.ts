import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Accounts } from '../../../../src/features/accounts/accounts';
import { HttpError } from '../../../../src/core/http/errors';
import { FakeStorage, field, service } from '../../../support/fakes/accounts';

const canary = 'canary-7f3a';
const definition = { service: 'cja', name: 'Main', settings: { orgId: 'A@AdobeOrg' } };

function open(storage: FakeStorage): { accounts: Accounts; heard: (readonly string[])[] } {
  const accounts = new Accounts(storage.memento(), storage.secretStorage(), [service()]);
  const heard: (readonly string[])[] = [];
  accounts.onDidChange((ids) => heard.push(ids));
  return { accounts, heard };
}

describe('accounts', () => {
  it('saves an account and returns it, its secrets separately', async () => {
    const { accounts } = open(new FakeStorage());
    const account = await accounts.add(definition, { clientSecret: canary });
    assert.deepEqual(accounts.list(), [{ ...definition, id: account.id, production: false, sample: false }]);
    assert.deepEqual(accounts.get(account.id), account);
    assert.deepEqual((await accounts.credentials(account.id)).secrets, { clientSecret: canary });
  });

  it('lists by name, then ID', async () => {
    const { accounts } = open(new FakeStorage());
    for (const name of ['b', 'Account 10', 'a', 'Account 9', 'a'])
      await accounts.add({ ...definition, name }, {});
    const list = accounts.list();
    assert.deepEqual(
      list.map(({ name }) => name),
      ['a', 'a', 'Account 9', 'Account 10', 'b'],
    );
    assert.ok((list[0]?.id ?? '') < (list[1]?.id ?? ''));
  });

  it('keeps secrets out of globalState through every change', async () => {
    const storage = new FakeStorage();
    const { accounts } = open(storage);
    const { id } = await accounts.add(definition, { clientSecret: canary });
    await accounts.update(id, { name: 'Other' }, { clientSecret: `${canary}-2` });
    assert.doesNotMatch(JSON.stringify([...storage.state]), new RegExp(canary));
    await accounts.remove(id);
    assert.doesNotMatch(JSON.stringify([...storage.state, ...storage.secrets]), new RegExp(canary));
  });

  it('refuses a secret among the settings', async () => {
    const storage = new FakeStorage();
    const { accounts } = open(storage);
    const settings = { clientSecret: canary };
    await assert.rejects(accounts.add({ ...definition, settings }, {}), {
      kind: 'rejected',
      message: /clientSecret/,
    });
    const { id } = await accounts.add(definition, {});
    await assert.rejects(accounts.update(id, { settings }), { kind: 'rejected' });
    assert.doesNotMatch(JSON.stringify([...storage.state]), new RegExp(canary));
  });

  it('refuses an unknown service and an empty name', async () => {
    const { accounts } = open(new FakeStorage());
    await assert.rejects(accounts.add({ ...definition, service: 'nobody' }, {}), { kind: 'rejected' });
    await assert.rejects(accounts.add({ ...definition, name: '' }, {}), { kind: 'rejected' });
    assert.deepEqual(accounts.list(), []);
  });

  it('changes what it is asked to, and keeps the rest', async () => {
    const { accounts } = open(new FakeStorage());
    const { id } = await accounts.add(definition, { clientSecret: canary });
    const changed = await accounts.update(id, { production: true });
    assert.deepEqual(changed, { ...definition, id, production: true, sample: false });
    assert.deepEqual((await accounts.credentials(id)).secrets, { clientSecret: canary });
    await assert.rejects(accounts.update('gone', { name: 'x' }), { kind: 'notFound' });
  });

  it('removes the production mark only with the name of the account, as a person types it', async () => {
    const { accounts } = open(new FakeStorage());
    const { id } = await accounts.add({ ...definition, name: 'Main  account', production: true }, {});
    for (const typedName of ['', 'main account', 'Main accoun', '\u200b']) {
      const production = { typedName };
      await assert.rejects(accounts.update(id, { production, name: 'Other' }), { kind: 'rejected' });
      assert.deepEqual([accounts.get(id)?.production, accounts.get(id)?.name], [true, 'Main  account']);
    }
    await accounts.update(id, { name: 'Renamed' });
    await assert.rejects(accounts.update(id, { production: { typedName: 'Main  account' } }));
    assert.equal(accounts.get(id)?.production, true);
    await accounts.update(id, { production: { typedName: 'Renamed ' } });
    assert.equal(accounts.get(id)?.production, false);
    await accounts.update(id, { production: { typedName: 'anything' } });
    assert.equal((await accounts.update(id, { production: true })).production, true);
  });

  it('names accounts by visible characters', async () => {
    const { accounts } = open(new FakeStorage());
    const account = await accounts.add({ ...definition, name: ' Re\u202etail\nand more\u200b' }, {});
    assert.equal(account.name, 'Retail and more');
    await assert.rejects(accounts.add({ ...definition, name: '\u200b\n' }, {}), { kind: 'rejected' });
  });

  it('leaves no entry for orphaned secrets once the account is saved', async () => {
    const storage = new FakeStorage();
    const { accounts } = open(storage);
    const { id } = await accounts.add(definition, { clientSecret: canary });
    await accounts.update(id, {}, { clientSecret: 'other' });
    assert.deepEqual(
      [...storage.state.keys()].filter((key) => key.startsWith('orphaned')),
      [],
    );
  });

  it('changes an account whose address is unusable, which may be why it is changed', async () => {
    const storage = new FakeStorage();
    const origins = ({ endpoint = 'https://example.com' }: Readonly<Record<string, string>>): string[] => {
      if (!endpoint.startsWith('https:')) throw new HttpError('rejected', 'No address.');
      return [endpoint];
    };
    const stored = { ...definition, settings: { ...definition.settings, endpoint: 'nowhere' } };
    storage.state.set('account:a1', { ...stored, production: false, sample: false, revision: '1' });
    const services = [service({ origins, options: [field('endpoint', { optional: true })] })];
    const accounts = new Accounts(storage.memento(), storage.secretStorage(), services);
    await accounts.update('a1', { settings: definition.settings }, { clientSecret: canary });
    const { account, secrets } = await accounts.credentials('a1');
    assert.deepEqual([account.settings, secrets], [definition.settings, { clientSecret: canary }]);
  });

  it('distinguishes missing and damaged secrets', async () => {
    const storage = new FakeStorage();
    const { accounts } = open(storage);
    const { id } = await accounts.add(definition, { clientSecret: canary });
    storage.secrets.set(`account:${id}`, 'damaged');
    await assert.rejects(accounts.credentials(id), ({ account }: HttpError) => {
      assert.deepEqual([account?.id, account?.name, account?.service], [id, 'Main', 'Adobe CJA']);
      return true;
    });
    for (const text of [undefined, '', 'no json', '[]', 'null', '{"clientSecret":1}', `"${canary}"`]) {
      if (text === undefined) storage.secrets.delete(`account:${id}`);
      else storage.secrets.set(`account:${id}`, text);
      const expected = {
        kind: 'authentication',
        advice: 'Edit the account and enter the credentials again.',
      };
      await assert.rejects(accounts.credentials(id), expected, text);
    }
  });

  it('keeps an account without secrets, which are requested, and uses those that are entered', async () => {
    const storage = new FakeStorage();
    const { accounts } = open(storage);
    const { id } = await accounts.add(definition);
    assert.equal(storage.secrets.has(`account:${id}`), false);
    await assert.rejects(accounts.credentials(id), {
      kind: 'authentication',
      message: 'No credentials are saved for this account on this computer.',
    });
    await accounts.update(id, { settings: definition.settings }, { clientSecret: canary });
    assert.deepEqual((await accounts.credentials(id)).secrets, { clientSecret: canary });
  });

  it('leaves out a broken entry of globalState', async () => {
    const storage = new FakeStorage();
    const { accounts } = open(storage);
    await accounts.add(definition, {});
    for (const [index, broken] of [null, 'text', {}, { ...definition, settings: { a: 1 } }].entries()) {
      storage.state.set(`account:broken-${index}`, broken);
    }
    storage.state.set('another part of the extension', true);
    assert.deepEqual(
      accounts.list().map(({ name }) => name),
      ['Main'],
    );
  });

  it('says so if the system stores no secrets, and saves nothing', async () => {
    for (const spoil of [() => undefined, () => 'something else']) {
      const storage = new FakeStorage();
      const { accounts, heard } = open(storage);
      storage.spoil = spoil;
      await assert.rejects(accounts.add(definition, { clientSecret: canary }), {
        kind: 'rejected',
        advice: /keyring/,
      });
      assert.deepEqual([accounts.list(), heard], [[], []]);
      assert.ok(![...storage.secrets.keys()].some((key) => key.startsWith('account:')));
      const sample = await accounts.add({ ...definition, sample: true }, {});
      assert.deepEqual(accounts.list(), [sample]);
    }
  });
});

describe('changes at the same time', () => {
  it('no change is lost among changes at the same time', async () => {
    const { accounts } = open(new FakeStorage());
    const { id } = await accounts.add(definition, { clientSecret: canary });
    await Promise.all([
      accounts.update(id, { name: 'Other' }, { clientSecret: 'another' }),
      accounts.update(id, { production: true }),
    ]);
    assert.deepEqual(accounts.get(id), { ...definition, id, name: 'Other', production: true, sample: false });
  });

  it('leaves no secret behind if an account is removed while it is changed', async () => {
    const storage = new FakeStorage();
    const { accounts } = open(storage);
    const { id } = await accounts.add(definition, { clientSecret: canary });
    const removed = accounts.remove(id);
    await assert.rejects(accounts.update(id, {}, { clientSecret: canary }), { kind: 'notFound' });
    await removed;
    assert.doesNotMatch(JSON.stringify([...storage.secrets]), new RegExp(canary));
  });
});

describe('accounts in two windows', () => {
  it('finds none that the other window removes while its service is loaded', async () => {
    const storage = new FakeStorage();
    const there = open(storage).accounts;
    const loaded = service();
    const removing = service({
      loadSignIn: async () => {
        for (const { id } of there.list()) await there.remove(id);
        return loaded;
      },
    });
    const here = new Accounts(storage.memento(), storage.secretStorage(), [removing]);
    for (const use of [
      (id: string) => here.credentials(id),
      (id: string) => here.update(id, { name: 'Other' }),
    ]) {
      const { id } = await there.add(definition, { clientSecret: canary });
      await assert.rejects(use(id), { kind: 'notFound' });
    }
    assert.deepEqual(here.list(), []);
  });

  it('sees what the other window adds, changes and removes, once each', async () => {
    const storage = new FakeStorage();
    const [here, there] = [open(storage), open(storage)];
    const { id } = await here.accounts.add(definition, { clientSecret: canary });
    await here.accounts.update(id, { name: 'Other' });
    assert.equal(there.accounts.get(id)?.name, 'Other');
    await here.accounts.update(id, {}, { clientSecret: 'another' });
    assert.deepEqual((await there.accounts.credentials(id)).secrets, { clientSecret: 'another' });
    await here.accounts.remove(id);
    assert.deepEqual(there.accounts.list(), []);
    assert.deepEqual(there.heard, [[id], [id], [id], [id]]);
    assert.deepEqual(here.heard, there.heard);
  });

  it('does not overwrite what the other window saves at the same time', async () => {
    const storage = new FakeStorage();
    const [here, there] = [open(storage), open(storage)];
    await Promise.all([
      here.accounts.add({ ...definition, name: 'Here' }, {}),
      there.accounts.add({ ...definition, name: 'There' }, {}),
    ]);
    for (const { accounts } of [here, there]) {
      assert.deepEqual(
        accounts.list().map(({ name }) => name),
        ['Here', 'There'],
      );
    }
  });

  it('fires nothing when its own signal comes back, nor after dispose', async () => {
    const storage = new FakeStorage();
    const [here, there] = [open(storage), open(storage)];
    there.accounts.dispose();
    await here.accounts.add(definition, {});
    here.accounts.rescan();
    assert.equal(here.heard.length, 1);
    assert.equal(there.heard.length, 0);
  });

  it('finds on a rescan what came without a signal', () => {
    const storage = new FakeStorage();
    const { accounts, heard } = open(storage);
    storage.state.set('account:a1', { ...definition, production: false, sample: false, revision: '1' });
    accounts.rescan();
    assert.deepEqual(heard, [['a1']]);
  });
});
