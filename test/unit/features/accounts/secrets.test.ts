/**
 * Secrets are only sent to the addresses that they were saved for, whatever fails, whoever else writes, and whenever a
 * session is opened. Each secret of these tests starts with its address.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  Accounts,
  type AccountCredentials,
  type AccountDefinition,
} from '../../../../src/features/accounts/accounts';
import type { Secrets } from '../../../../src/core/services/contract/signIn';
import { FakeStorage, service, type StorageStep } from '../../../support/fakes/accounts';

const OLD = 'https://old.example';
const NEW = 'https://new.example';
const HOUR_MS = 3_600_000;
const ADVICE = 'Edit the account and enter the credentials again.';

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value instanceof Object;
}

function definition(endpoint: string): AccountDefinition {
  return { service: 'cja', name: 'Main', settings: { endpoint } };
}

function secretsFor(endpoint: string, word = ''): Secrets {
  return { clientSecret: `${endpoint} ${word}`.trim() };
}

function open(storage: FakeStorage, { lists = true, now = Date.now() } = {}): Accounts {
  return new Accounts(storage.memento(), storage.secretStorage({ lists }), [service()], () => now);
}

/** The secrets that an account sends, with their addresses. */
function sends({ account, secrets }: AccountCredentials): string {
  return `${secrets.clientSecret ?? 'nothing'} to ${account.settings.endpoint ?? 'nowhere'}`;
}

/** The result of opening a session now: what it would send, or why it sends nothing. */
async function opening(accounts: Accounts, id: string): Promise<string> {
  return accounts.credentials(id).then(sends, (error: unknown) => {
    assert.ok(isRecord(error) && typeof error.kind === 'string');
    if (error.kind === 'authentication') assert.equal(error.advice, ADVICE);
    else assert.equal(error.kind, 'notFound');
    return `refused: ${error.kind}`;
  });
}

/** The ids of the accounts that a SecretStorage has secrets of. */
function idsWithSecrets({ secrets }: FakeStorage): readonly string[] {
  return [...secrets.keys()].flatMap((key) => /^account:(.*)/.exec(key)?.[1] ?? []);
}

/** A change of an account that is there, as `old`, before. */
const CHANGES: Readonly<Record<string, (accounts: Accounts, id: string) => Promise<unknown>>> = {
  'another address and secret': (accounts, id) =>
    accounts.update(id, { settings: { endpoint: NEW } }, secretsFor(NEW)),
  'another secret': (accounts, id) => accounts.update(id, {}, secretsFor(OLD, 'renewed')),
  'another name': (accounts, id) => accounts.update(id, { name: 'Other' }),
};

/** What may be sent after each of these changes. */
const AFTER: Readonly<Record<string, string>> = {
  'another address and secret': `${NEW} to ${NEW}`,
  'another secret': `${OLD} renewed to ${OLD}`,
  'another name': `${OLD} to ${OLD}`,
};

const BEFORE = `${OLD} to ${OLD}`;

/** The number of steps that a change makes. */
async function countSteps(change: (accounts: Accounts, id: string) => Promise<unknown>): Promise<number> {
  const storage = new FakeStorage();
  const accounts = open(storage);
  const { id } = await accounts.add(definition(OLD), secretsFor(OLD));
  let steps = 0;
  storage.pause = () => {
    steps++;
    return Promise.resolve();
  };
  await change(accounts, id);
  return steps;
}

/** Fails the step of a number, counted from 1, and if `on` is given all that follow it. */
function failAt(storage: FakeStorage, number: number, { on = false } = {}): void {
  let step = 0;
  storage.pause = ({ operation, key }) => {
    step++;
    const fails = step === number || (on && step > number);
    return fails ? Promise.reject(new Error(`the disk is full: ${operation} ${key}`)) : Promise.resolve();
  };
}

describe('a change of an account', () => {
  for (const [name, change] of Object.entries(CHANGES)) {
    it(`sends only what was saved together while it is in progress: ${name}`, async () => {
      const storage = new FakeStorage();
      const [here, there] = [open(storage), open(storage)];
      const { id } = await here.add(definition(OLD), secretsFor(OLD));
      const seen: string[] = [];
      const pause = async (): Promise<void> => {
        storage.pause = undefined;
        seen.push(await opening(here, id), await opening(there, id));
        storage.pause = pause;
      };
      storage.pause = pause;
      await change(here, id);
      storage.pause = undefined;
      seen.push(await opening(here, id), await opening(there, id));
      assert.deepEqual(seen.slice(-2), [AFTER[name], AFTER[name]]);
      assert.deepEqual(new Set(seen), new Set([BEFORE, AFTER[name]]));
    });

    it(`leaves the account as it was if any step fails: ${name}`, async () => {
      const steps = await countSteps(change);
      assert.ok(steps >= 4);
      for (let number = 1; number <= steps; number++) {
        const storage = new FakeStorage();
        const accounts = open(storage);
        const { id } = await accounts.add(definition(OLD), secretsFor(OLD));
        const before = accounts.get(id);
        failAt(storage, number);
        const done = await change(accounts, id).then(
          () => true,
          () => false,
        );
        storage.pause = undefined;
        for (const window of [accounts, open(storage)]) {
          assert.equal(await opening(window, id), done ? AFTER[name] : BEFORE, `step ${number}`);
          if (!done) assert.deepEqual(window.get(id), before);
        }
      }
    });

    it(`sends nothing to a wrong address if all steps fail from one on: ${name}`, async () => {
      const steps = await countSteps(change);
      const outcomes = new Set<string>();
      for (let number = 1; number <= steps; number++) {
        const storage = new FakeStorage();
        const accounts = open(storage);
        const { id } = await accounts.add(definition(OLD), secretsFor(OLD));
        failAt(storage, number, { on: true });
        await change(accounts, id).catch(() => undefined);
        storage.pause = undefined;
        for (const window of [accounts, open(storage)]) outcomes.add(await opening(window, id));
        await accounts.update(id, { settings: { endpoint: NEW } }, secretsFor(NEW));
        assert.equal(await opening(accounts, id), `${NEW} to ${NEW}`, 'an edit mends it');
      }
      assert.deepEqual(outcomes, new Set([BEFORE, AFTER[name] ?? '']));
    });
  }

  it('requires the secrets again for another address, and not for the same in another spelling', async () => {
    const storage = new FakeStorage();
    const normalising = service({
      origins: ({ endpoint = '' }) => [new URL(endpoint).origin],
    });
    const accounts = new Accounts(storage.memento(), storage.secretStorage(), [normalising]);
    const { id } = await accounts.add(definition(OLD), secretsFor(OLD));
    const moved = accounts.update(id, { settings: { endpoint: NEW } });
    await assert.rejects(moved, { kind: 'rejected', advice: ADVICE });
    assert.equal(await opening(accounts, id), BEFORE);
    await accounts.update(id, { settings: { endpoint: 'https://OLD.example/', tenant: 't' } });
    assert.match(await opening(accounts, id), /^https:\/\/old.example to https:\/\/OLD/);
  });

  it('keeps the secrets of a window that stores its own, unless they are for other settings', async () => {
    const [shared, own] = [new FakeStorage(), new FakeStorage()];
    const here = open(shared);
    // As in a browser, where each window keeps the secrets that were entered in it.
    const there = new Accounts(shared.memento(), own.secretStorage(), [service()]);
    const { id } = await here.add(definition(OLD), secretsFor(OLD));
    assert.equal(await opening(there, id), 'refused: authentication');
    await there.update(id, { settings: { endpoint: OLD } }, secretsFor(OLD));
    for (const window of [here, there]) assert.equal(await opening(window, id), BEFORE);
    await there.update(id, { settings: { endpoint: NEW } }, secretsFor(NEW));
    assert.equal(await opening(there, id), `${NEW} to ${NEW}`);
    assert.equal(await opening(here, id), 'refused: authentication');
    await there.update(id, { settings: { endpoint: OLD } }, secretsFor(OLD));
    assert.equal(await opening(here, id), 'refused: authentication', 'those of before are over');
  });

  it('that another window makes between two readings is read again', async () => {
    const storage = new FakeStorage();
    const [here, there] = [open(storage), open(storage)];
    const { id } = await here.add(definition(OLD), secretsFor(OLD));
    let waited = false;
    storage.pause = async ({ operation, moment }) => {
      if (waited || operation !== 'get' || moment !== 'after') return;
      waited = true;
      storage.pause = undefined;
      await there.update(id, { settings: { endpoint: NEW } }, secretsFor(NEW));
    };
    assert.equal(await opening(here, id), `${NEW} to ${NEW}`);
    assert.ok(waited);
  });

  it('that saved one part only sends nothing', async () => {
    const storage = new FakeStorage();
    const accounts = open(storage);
    const { id } = await accounts.add(definition(OLD), secretsFor(OLD));
    const stored = storage.state.get(`account:${id}`);
    assert.ok(isRecord(stored));
    const kept = storage.secrets.get(`account:${id}`) ?? '';
    await accounts.update(id, { settings: { endpoint: NEW } }, secretsFor(NEW));
    const renewed = storage.secrets.get(`account:${id}`) ?? '';
    storage.secrets.set(`account:${id}`, kept);
    assert.equal(await opening(open(storage), id), 'refused: authentication');
    storage.secrets.set(`account:${id}`, renewed);
    for (const endpoint of [OLD, NEW]) {
      storage.state.set(`account:${id}`, { ...stored, settings: { endpoint } });
      assert.equal(await opening(open(storage), id), 'refused: authentication');
    }
  });
});

describe('an account that is added', () => {
  const add = (accounts: Accounts): Promise<unknown> => accounts.add(definition(OLD), secretsFor(OLD));

  it('exists completely or not at all, whatever step fails', async () => {
    const steps = await countSteps(add);
    for (let number = 1; number <= steps; number++) {
      const storage = new FakeStorage();
      const accounts = open(storage);
      failAt(storage, number);
      const done = await add(accounts).then(
        () => true,
        () => false,
      );
      storage.pause = undefined;
      for (const window of [accounts, open(storage)]) {
        const ids = window.list().map(({ id }) => id);
        assert.equal(ids.length, done ? 1 : 0, `step ${number}`);
        assert.deepEqual(idsWithSecrets(storage), ids);
        for (const id of ids) assert.equal(await opening(window, id), BEFORE);
      }
    }
  });

  for (const lists of [true, false]) {
    const which = lists ? 'lists its secrets' : 'does not list its secrets';
    it(`leaves no secret forever if nothing can be rolled back, in a VS Code that ${which}`, async () => {
      const steps = await countSteps(add);
      let left = 0;
      for (let number = 1; number <= steps; number++) {
        const storage = new FakeStorage();
        const now = Date.now();
        const accounts = open(storage, { lists, now });
        failAt(storage, number, { on: true });
        await add(accounts).catch(() => undefined);
        storage.pause = undefined;
        const isOrphan = (id: string): boolean => !storage.state.has(`account:${id}`);
        left += idsWithSecrets(storage).filter(isOrphan).length;
        await open(storage, { lists, now: now + HOUR_MS / 2 }).deleteOrphans();
        const later = open(storage, { lists, now: now + HOUR_MS + 1 });
        await later.deleteOrphans();
        assert.deepEqual(idsWithSecrets(storage).filter(isOrphan), [], `step ${number}`);
        for (const { id } of later.list()) assert.equal(await opening(later, id), BEFORE);
      }
      assert.ok(left > 0, 'some step left a secret behind');
    });
  }
});

describe('secrets without an account', () => {
  /** An account whose part in globalState is lost. */
  async function orphan(storage: FakeStorage): Promise<string> {
    const { id } = await open(storage).add(definition(OLD), secretsFor(OLD));
    storage.state.delete(`account:${id}`);
    return id;
  }

  it('are deleted after an hour when a session is opened', { timeout: 10_000 }, async () => {
    const storage = new FakeStorage();
    const id = await orphan(storage);
    const { id: other } = await open(storage).add(definition(OLD), secretsFor(OLD));
    const later = open(storage, { now: Date.now() + HOUR_MS + 1 });
    await later.credentials(other);
    while (storage.secrets.has(`account:${id}`)) await new Promise(setImmediate);
    assert.deepEqual(idsWithSecrets(storage), [other]);
  });

  it('are looked for as soon as a window opens only if one has ended while saving', async () => {
    const storage = new FakeStorage();
    const { id } = await open(storage).add(definition(OLD), secretsFor(OLD));
    const lost = await orphan(storage);
    const opens = async (): Promise<readonly string[]> => {
      const steps: string[] = [];
      storage.pause = ({ operation, moment }) => {
        if (moment === 'before') steps.push(operation);
        return Promise.resolve();
      };
      open(storage, { now: Date.now() + HOUR_MS + 1 });
      for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
      storage.pause = undefined;
      return steps;
    };
    assert.deepEqual(await opens(), []);
    storage.state.set(`orphanedSecrets:${lost}`, Date.now());
    assert.ok((await opens()).includes('delete'));
    assert.deepEqual(idsWithSecrets(storage), [id]);
  });

  it('are kept for an hour, because a window may be saving the account', async () => {
    const storage = new FakeStorage();
    const id = await orphan(storage);
    await open(storage, { now: Date.now() + HOUR_MS / 2 }).deleteOrphans();
    assert.deepEqual(idsWithSecrets(storage), [id]);
  });

  it('are kept if another profile or version 0.1.0 stored them, or a later version the account', async () => {
    const storage = new FakeStorage();
    const mine = await orphan(storage);
    const elsewhere = new FakeStorage();
    const foreign = await orphan(elsewhere);
    storage.secrets.set(`account:${foreign}`, elsewhere.secrets.get(`account:${foreign}`) ?? '');
    storage.secrets.set('account:older', JSON.stringify({ clientSecret: 'x' }));
    const { id: later } = await open(storage).add(definition(OLD), secretsFor(OLD));
    storage.state.set(`account:${later}`, { of: 'a later version' });
    await open(storage, { now: Date.now() + 2 * HOUR_MS }).deleteOrphans();
    assert.deepEqual(idsWithSecrets(storage).toSorted(), [foreign, 'older', later].toSorted());
    assert.ok(!storage.secrets.has(`account:${mine}`));
  });

  it('are found by what the profile has noted if VS Code cannot list secrets', async () => {
    const storage = new FakeStorage();
    const id = await orphan(storage);
    storage.state.set(`orphanedSecrets:${id}`, Date.now());
    storage.pause = ({ operation }) =>
      operation === 'keys' ? Promise.reject(new Error('not supported')) : Promise.resolve();
    await open(storage, { now: Date.now() + HOUR_MS / 2 }).deleteOrphans();
    assert.deepEqual(idsWithSecrets(storage), [id]);
    await open(storage, { now: Date.now() + 2 * HOUR_MS }).deleteOrphans();
    assert.deepEqual(idsWithSecrets(storage), []);
  });
});

/** An account as version 0.1.0 stored it, in globalState and in SecretStorage. */
const STATE = {
  service: 'cja',
  name: 'Main',
  production: true,
  sample: false,
  settings: { orgId: 'A@AdobeOrg', clientId: 'c', endpoint: OLD },
  revision: '5d0b4be0-32a6-4a55-9d1f-6f1f6a3cf0f9',
};
const SECRET = '{"clientSecret":"https://old.example"}';

/** @returns the id of the account. */
function storeOlder(storage: FakeStorage): string {
  storage.state.set('account:a1', STATE);
  storage.secrets.set('account:a1', SECRET);
  return 'a1';
}

describe('data of version 0.1.0', () => {
  function stored(): FakeStorage {
    const storage = new FakeStorage();
    storeOlder(storage);
    return storage;
  }

  it('keeps working, and is bound to its address when it is first used', async () => {
    const storage = stored();
    assert.equal(await opening(open(storage), 'a1'), BEFORE);
    assert.deepEqual(storage.state.get('account:a1'), STATE);
    assert.notEqual(storage.secrets.get('account:a1'), SECRET);
    assert.equal(await opening(open(storage), 'a1'), BEFORE);
    storage.state.set('account:a1', { ...STATE, settings: { ...STATE.settings, endpoint: NEW } });
    assert.equal(await opening(open(storage), 'a1'), 'refused: authentication');
  });

  it('can still be read by version 0.1.0: every member is a text, with the secrets below their keys', async () => {
    const storage = stored();
    const accounts = open(storage);
    await accounts.credentials('a1');
    await accounts.update('a1', { name: 'Other' }, secretsFor(OLD, 'renewed'));
    const members: unknown = JSON.parse(storage.secrets.get('account:a1') ?? '');
    assert.ok(isRecord(members));
    assert.ok(Object.values(members).every((member) => typeof member === 'string'));
    assert.equal(members.clientSecret, `${OLD} renewed`);
    // The written data after an account is renamed, and after it is edited.
    const later = storage.state.get('account:a1');
    assert.ok(isRecord(later));
    const { secretRevision, ...renamed } = later;
    assert.ok(secretRevision);
    storage.state.set('account:a1', { ...renamed, name: 'Renamed', revision: '2' });
    assert.equal(await opening(open(storage), 'a1'), `${OLD} renewed to ${OLD}`);
    storage.state.set('account:a1', { ...STATE, settings: { ...STATE.settings, endpoint: NEW } });
    storage.secrets.set('account:a1', JSON.stringify(secretsFor(NEW)));
    assert.equal(await opening(open(storage), 'a1'), `${NEW} to ${NEW}`);
  });

  it('is changed by name, secret and address like any other', async () => {
    for (const [name, change] of Object.entries(CHANGES)) {
      const storage = stored();
      const accounts = open(storage);
      await change(accounts, 'a1');
      assert.equal(await opening(accounts, 'a1'), AFTER[name]);
      assert.equal(accounts.get('a1')?.production, true);
    }
    const accounts = open(stored());
    await assert.rejects(accounts.update('a1', { settings: { endpoint: NEW } }), { advice: ADVICE });
  });

  it('sends only what was saved together while it is changed, and is restored if that fails', async () => {
    const change = CHANGES['another address and secret'];
    assert.ok(change);
    for (let number = 1; number <= (await countSteps(change)); number++) {
      const storage = stored();
      const accounts = open(storage);
      failAt(storage, number);
      const done: boolean = await change(accounts, 'a1').then(
        () => true,
        () => false,
      );
      storage.pause = undefined;
      assert.equal(await opening(accounts, 'a1'), done ? `${NEW} to ${NEW}` : BEFORE, `step ${number}`);
    }
  });

  it('is not bound if the secrets cannot be stored, and works all the same', async () => {
    const storage = stored();
    storage.pause = ({ operation }) =>
      operation === 'store' ? Promise.reject(new Error('locked')) : Promise.resolve();
    assert.equal(await opening(open(storage), 'a1'), BEFORE);
    assert.equal(storage.secrets.get('account:a1'), SECRET);
  });
});

describe('two windows that change accounts at the same time', () => {
  type Change = 'rename' | 'renew' | 'move' | 'move back' | 'remove' | 'add' | 'use';
  const changes: fc.Arbitrary<Change> = fc.constantFrom(
    'rename',
    'renew',
    'move',
    'move back',
    'remove',
    'add',
    'use',
  );

  interface Step {
    readonly window: 0 | 1;
    readonly change: Change;
  }
  const steps: fc.Arbitrary<readonly Step[]> = fc.array(
    fc.record({ window: fc.constantFrom(0, 1), change: changes }),
    { minLength: 1, maxLength: 6 },
  );

  async function make(accounts: Accounts, id: string, change: Change, word: string): Promise<unknown> {
    switch (change) {
      case 'rename':
        return accounts.update(id, { name: word });
      case 'renew': {
        const endpoint = accounts.get(id)?.settings.endpoint ?? OLD;
        return accounts.update(id, { settings: { endpoint } }, secretsFor(endpoint, word));
      }
      case 'move':
        return accounts.update(id, { settings: { endpoint: NEW } }, secretsFor(NEW, word));
      case 'move back':
        return accounts.update(id, { settings: { endpoint: OLD } }, secretsFor(OLD, word));
      case 'remove':
        return accounts.remove(id);
      case 'add':
        return accounts.add(definition(NEW), secretsFor(NEW, word));
      case 'use':
        return accounts.credentials(id);
    }
  }

  it('never send a secret to an address that it was not entered for, and leave none behind', async () => {
    const failing = fc.array(fc.nat({ max: 60 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        steps,
        failing,
        fc.boolean(),
        async (scheduler, plan, fails, legacy) => {
          const storage = new FakeStorage();
          const now = Date.now();
          const id = legacy
            ? storeOlder(storage)
            : (await open(storage).add(definition(OLD), secretsFor(OLD))).id;
          const windows = [open(storage, { now }), open(storage, { now })] as const;
          let step = 0;
          storage.pause = async ({ operation, key }: StorageStep) => {
            await scheduler.schedule(Promise.resolve(), `${operation} ${key}`);
            if (fails.includes(step++)) throw new Error('the disk is full');
          };
          let arrivals: Promise<unknown> = Promise.resolve();
          storage.deliver = (arrive) => {
            arrivals = arrivals.then(() => scheduler.schedule(Promise.resolve(), 'arrive')).then(arrive);
          };
          const seen: AccountCredentials[] = [];
          const look = async (accounts: Accounts): Promise<void> => {
            const one = await accounts.credentials(id).catch(() => undefined);
            if (one) seen.push(one);
          };
          const work = plan.flatMap(({ window, change }, at) => [
            make(windows[window], id, change, `w${at}`).catch(() => undefined),
            look(windows[window]),
            look(windows[window === 0 ? 1 : 0]),
          ]);
          await scheduler.waitFor(Promise.all(work));
          await scheduler.waitFor(arrivals);
          storage.pause = undefined;
          const later = open(storage, { now: now + HOUR_MS + 1 });
          for (const account of later.list()) {
            const one = await later.credentials(account.id).catch((error: unknown) => {
              assert.ok(isRecord(error));
              assert.equal(error.advice, ADVICE);
            });
            if (one) seen.push(one);
          }
          for (const { account, secrets } of seen)
            assert.ok(
              secrets.clientSecret?.startsWith(account.settings.endpoint ?? '?'),
              sends({ account, secrets }),
            );
          await later.deleteOrphans();
          const known = new Set(later.list().map((account) => account.id));
          const lost = idsWithSecrets(storage).filter((one) => !known.has(one));
          assert.deepEqual(lost, []);
        },
      ),
      { numRuns: 150 },
    );
  });
});
