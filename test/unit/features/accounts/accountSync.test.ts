import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { Accounts } from '../../../../src/features/accounts/accounts';
import { AccountSync } from '../../../../src/features/accounts/accountSync';
import { SYNC_KEY } from '../../../../src/features/accounts/secretStore';
import { createSyncSwitch } from '../../../../src/features/accounts/syncSwitch';
import { WindowStorage } from '../../../../src/ui/storage/windowStorage';
import { FakeClock } from '../../../support/fakeClock';
import { FakeStorage, field, service } from '../../../support/fakes/accounts';
import { settle } from '../../../support/fakes/store';

const cja = service({ options: [field('endpoint', { optional: true })] });
const definition = {
  service: 'cja',
  name: 'Main',
  settings: { orgId: 'A@AdobeOrg', endpoint: 'https://one.example' },
};

/** A computer of the user, with one window. */
class Computer {
  readonly storage = new FakeStorage();
  readonly accounts: Accounts;
  readonly sync: AccountSync;
  /** Clocks that differ decide which change is the newer one. */
  readonly clock = new FakeClock(Date.UTC(2026, 0, 1));
  readonly #vscode = this.storage.memento();

  constructor() {
    const secrets = this.storage.secretStorage();
    const windows = new WindowStorage(
      {
        ...{ globalState: this.storage.memento(), workspaceState: this.storage.memento(), secrets },
        ...{ globalStorageUri: { fsPath: '/' }, storageUri: undefined },
      },
      this.clock,
    );
    const state = windows.accountState;
    this.accounts = new Accounts(state, secrets, [cja], () => this.clock.now());
    const now = (): number => this.clock.now();
    this.sync = new AccountSync({ state, accounts: this.accounts, services: [cja], now });
  }

  get names(): readonly string[] {
    return this.accounts.list().map(({ name }) => name);
  }

  get synced(): unknown {
    return this.storage.state.get(SYNC_KEY);
  }

  /** What Settings Sync does when its data is reset. */
  async lose(): Promise<void> {
    await this.#vscode.update(SYNC_KEY, undefined);
  }

  /** What Settings Sync does when the value of another computer arrives. */
  async receive(value: unknown): Promise<void> {
    await this.#vscode.update(SYNC_KEY, value);
    await this.sync.look();
    await this.sync.look();
  }
}

/** Takes the value of each computer to the other until nothing changes. The last one is kept as a whole, as by VS Code. */
async function meet(one: Computer, other: Computer): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await one.sync.look();
    await other.receive(one.synced);
    await one.receive(other.synced);
  }
}

/** The secret of an account, which names the address that it was entered for; undefined if it is asked for. */
async function getSecret({ accounts }: Computer, id: string): Promise<string | undefined> {
  return accounts.credentials(id).then(
    ({ secrets }) => secrets.clientSecret,
    () => undefined,
  );
}

describe('Accounts of a user with two computers', () => {
  it('come without their secrets, say that these are missing, and stay with those that are entered', async () => {
    const [one, other] = [new Computer(), new Computer()];
    const { id } = await one.accounts.add({ ...definition, production: true }, { clientSecret: 'canary' });
    await meet(one, other);
    assert.ok(!JSON.stringify(one.synced).includes('canary'));
    const [arrived] = other.accounts.list();
    assert.deepEqual(arrived, { ...definition, id, production: true, sample: false });
    await assert.rejects(other.accounts.credentials(id), {
      kind: 'authentication',
      message: 'No credentials are saved for this account on this computer.',
    });
    await other.accounts.update(id, { settings: definition.settings }, { clientSecret: 'typed' });
    await meet(one, other);
    assert.deepEqual([await getSecret(one, id), await getSecret(other, id)], ['canary', 'typed']);
  });

  it('never send a secret to an address that another computer has given to its account', async () => {
    const [one, other] = [new Computer(), new Computer()];
    const { id } = await one.accounts.add(definition, { clientSecret: 'canary' });
    await meet(one, other);
    const settings = { ...definition.settings, endpoint: 'https://evil.example' };
    await other.accounts.update(id, { settings }, { clientSecret: 'typed there' });
    await meet(one, other);
    assert.equal(one.accounts.get(id)?.settings.endpoint, 'https://evil.example');
    await assert.rejects(one.accounts.credentials(id), { kind: 'authentication', message: /were not sent/ });
    await other.accounts.update(id, { settings: definition.settings }, { clientSecret: 'typed there' });
    await meet(one, other);
    assert.equal(await getSecret(one, id), 'canary');
  });

  it('also not one that version 0.1.0 saved, without the address that it is for', async () => {
    const [one, other] = [new Computer(), new Computer()];
    const { id } = await other.accounts.add(definition, {});
    const settings = { ...definition.settings };
    one.storage.state.set(`account:${id}`, {
      ...definition,
      production: false,
      sample: false,
      settings,
      revision: 'r',
    });
    one.storage.secrets.set(`account:${id}`, '{"clientSecret":"canary"}');
    await meet(one, other);
    assert.equal(await getSecret(one, id), 'canary');
    one.storage.secrets.set(`account:${id}`, '{"clientSecret":"canary"}');
    await other.accounts.update(id, { settings: { ...settings, endpoint: 'https://evil.example' } }, {});
    await meet(one, other);
    assert.equal(one.accounts.get(id)?.settings.endpoint, 'https://evil.example');
    assert.equal(await getSecret(one, id), undefined);
  });

  it('are renamed and removed on both, and a removal is no loss of the synced value', async () => {
    const [one, other] = [new Computer(), new Computer()];
    const { id } = await one.accounts.add(definition, { clientSecret: 'canary' });
    await meet(one, other);
    await other.accounts.update(id, { name: 'Renamed' });
    await meet(one, other);
    assert.deepEqual([one.names, await getSecret(one, id)], [['Renamed'], 'canary']);
    for (const lost of [undefined, {}, 'damaged', []]) {
      await one.receive(lost);
      assert.deepEqual(one.names, ['Renamed']);
    }
    await meet(one, other);
    await other.accounts.remove(id);
    await meet(one, other);
    assert.deepEqual(
      [one.names, other.names, [...one.storage.secrets.values()].join().includes('canary')],
      [[], [], false],
    );
  });

  it('stay where they were changed while they were removed elsewhere', async () => {
    const [one, other] = [new Computer(), new Computer()];
    const { id } = await one.accounts.add(definition, { clientSecret: 'canary' });
    await meet(one, other);
    await other.accounts.remove(id);
    await other.sync.look();
    await one.accounts.update(id, { name: 'Changed' });
    await one.sync.look();
    await meet(other, one);
    assert.deepEqual(
      [one.names, other.names, await getSecret(one, id)],
      [['Changed'], ['Changed'], 'canary'],
    );
  });

  it('are not changed back by a value that is older', async () => {
    const [one, other] = [new Computer(), new Computer()];
    const { id } = await one.accounts.add(definition, {});
    await meet(one, other);
    const old = structuredClone(one.synced);
    await one.accounts.update(id, { name: 'Newer' });
    await one.receive(old);
    assert.deepEqual(one.names, ['Newer']);
    await one.accounts.remove(id);
    one.clock.sleep(3_600_000);
    await one.receive(old);
    assert.deepEqual(one.names, []);
  });

  it('are changed by a computer whose clock is behind, also after the synced value was lost', async () => {
    const [one, other] = [new Computer(), new Computer()];
    other.clock.sleep(86_400_000);
    const { id } = await other.accounts.add(definition, {});
    await meet(one, other);
    await one.accounts.update(id, { name: 'Renamed' });
    await meet(one, other);
    assert.deepEqual([one.names, other.names], [['Renamed'], ['Renamed']]);
    await one.lose();
    await one.accounts.update(id, { name: 'Again' });
    await one.sync.look();
    await other.receive(one.synced);
    await meet(one, other);
    assert.deepEqual([one.names, other.names], [['Again'], ['Again']]);
  });

  it('are removed on a computer that was switched off for half a year; then the removal is forgotten', async () => {
    const [one, other] = [new Computer(), new Computer()];
    const { id } = await one.accounts.add(definition, {});
    await meet(one, other);
    await one.accounts.remove(id);
    await one.sync.look();
    const halfYear = 180 * 86_400_000;
    for (const { clock } of [one, other]) clock.sleep(halfYear);
    await one.sync.look();
    await other.receive(one.synced);
    assert.deepEqual(other.names, []);
    one.clock.sleep(2);
    await one.sync.look();
    assert.deepEqual(one.synced, {});
  });

  it('write nothing as long as there are none', async () => {
    const one = new Computer();
    await one.sync.look();
    assert.equal(one.storage.state.size, 0);
  });

  it('that a user added on both are there once on each', async () => {
    const [one, other] = [new Computer(), new Computer()];
    await one.accounts.add(definition, {});
    await other.accounts.add(definition, {});
    await meet(one, other);
    assert.deepEqual([one.names, other.names], [['Main'], ['Main']]);
  });

  it('are not taken from a value that is not sound, which is left alone', async () => {
    const one = new Computer();
    await one.accounts.add({ ...definition, sample: true }, {});
    const sound = { ...definition, production: false, at: 1 };
    const value = {
      a: { ...sound, service: 'later' },
      b: { ...sound, settings: { clientSecret: 'x' } },
      c: { ...sound, settings: { later: 'x' } },
      d: { ...sound, name: '' },
      e: null,
      f: 'text',
      g: { ...sound, name: 'Good' },
    };
    await one.receive(value);
    assert.deepEqual(one.names, ['Good', 'Main']);
    assert.deepEqual(one.synced, value);
  });

  it('keep settings that no form asks for where they were set', async () => {
    const [one, other] = [new Computer(), new Computer()];
    const { id } = await one.accounts.add(
      { ...definition, settings: { ...definition.settings, own: 'x' } },
      {},
    );
    await meet(one, other);
    assert.equal(other.accounts.get(id)?.settings.own, undefined);
    await other.accounts.update(id, { settings: { orgId: 'B@AdobeOrg', endpoint: 'https://one.example' } });
    await meet(one, other);
    assert.deepEqual(one.accounts.get(id)?.settings, {
      orgId: 'B@AdobeOrg',
      endpoint: 'https://one.example',
      own: 'x',
    });
  });

  it('are the same on both in the end, whatever happened, and no secret goes where it was not entered for', async () => {
    const where = fc.constantFrom('https://one.example', 'https://two.example');
    const computer = fc.nat(1);
    const operation = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), computer, where }),
      fc.record({
        kind: fc.constantFrom('move' as const, 'rename' as const, 'remove' as const),
        computer,
        where,
        at: fc.nat(3),
      }),
      fc.record({ kind: fc.constant('deliver' as const), computer }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 12 }), async (operations) => {
        const computers = [new Computer(), new Computer()] as const;
        let count = 0;
        for (const each of operations) {
          const own = computers[each.computer === 0 ? 0 : 1];
          const elsewhere = computers[each.computer === 0 ? 1 : 0];
          if (each.kind === 'deliver') await own.receive(elsewhere.synced);
          else if (each.kind === 'add') {
            const settings = { orgId: `${String(++count)}@AdobeOrg`, endpoint: each.where };
            await own.accounts.add(
              { service: 'cja', name: `N${String(count)}`, settings },
              { clientSecret: each.where },
            );
          } else {
            const { id, settings } = own.accounts.list()[each.at] ?? {};
            if (id === undefined) continue;
            const moved = { settings: { ...settings, endpoint: each.where } };
            if (each.kind === 'remove') await own.accounts.remove(id);
            else if (each.kind === 'rename') await own.accounts.update(id, { name: `R${String(++count)}` });
            else await own.accounts.update(id, moved, { clientSecret: each.where });
          }
          await own.sync.look();
        }
        await meet(...computers);
        await meet(...computers);
        const [one, other] = computers;
        assert.deepEqual(one.accounts.list(), other.accounts.list());
        for (const own of computers)
          for (const { id, settings } of own.accounts.list()) {
            const secret = await getSecret(own, id);
            assert.ok(
              secret === undefined || secret === settings.endpoint,
              `${String(secret)} at ${settings.endpoint ?? ''}`,
            );
          }
      }),
      { numRuns: 60 },
    );
  });
});

describe('The setting that syncs accounts', () => {
  const setting = 'connectionsExplorer.syncAccounts';
  beforeEach(() => {
    editor.reset();
  });

  it('is off at first, and a workspace cannot turn it on; then nothing is synced', async () => {
    const storage = new FakeStorage();
    const accounts = new Accounts(storage.memento(), storage.secretStorage(), [cja]);
    const keys: (readonly string[])[] = [];
    const context = {
      ...{ accounts, services: [cja] },
      storage: {
        accountState: storage.memento(),
        syncKeys: (each: readonly string[]) => void keys.push(each),
      },
    };
    const started = createSyncSwitch(context);
    await accounts.add(definition, {});
    editor.workspaceSettings.set(setting, true);
    editor.changedSettings.fire({ affectsConfiguration: () => true });
    await settle();
    assert.deepEqual([keys, storage.state.has(SYNC_KEY)], [[], false]);
    editor.workspaceSettings.clear();
    editor.set(setting, true);
    await settle();
    assert.deepEqual(keys, [[SYNC_KEY]]);
    editor.set(setting, false);
    assert.deepEqual(keys, [[SYNC_KEY], []]);
    started.dispose();
  });
});
