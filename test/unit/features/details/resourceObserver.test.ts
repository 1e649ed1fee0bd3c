import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import { ResourceObserver } from '../../../../src/features/details/resourceObserver';
import { accountPath, childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Page } from '../../../../src/core/services/contract/page';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { Store } from '../../../../src/core/store/store';
import {
  account,
  deferred,
  FakeAccounts,
  page,
  resource,
  settle,
  type Answer,
} from '../../../support/fakes/store';
import { Served } from '../../../support/served';

const connection = resource(account, 'connection', 'c');

/** An observer and a way to wait for its states. */
function followed(
  path: ResourcePath,
  answer: Answer,
): {
  readonly store: Store;
  readonly accounts: FakeAccounts;
  readonly subject: ResourceObserver;
  readonly becomes: (kind: ResourceObserver['state']['kind']) => Promise<void>;
} {
  const accounts = new FakeAccounts(answer);
  const store = new Store(accounts, () => 10);
  let check = (): void => undefined;
  const subject = new ResourceObserver(store, path, {
    changed: () => {
      check();
    },
    accountChanged: () => undefined,
  });
  const becomes = (kind: ResourceObserver['state']['kind']): Promise<void> =>
    new Promise((resolve) => {
      check = () => {
        if (subject.state.kind === kind && !subject.busy) resolve();
      };
      check();
    });
  return { store, accounts, subject, becomes };
}

describe('the resource of a panel', () => {
  it('is loaded if it is not known, with the time when it was loaded', async () => {
    const { subject, becomes } = followed(connection.path, () => page([connection]));
    subject.check();
    await becomes('fresh');
    assert.equal(subject.resource?.id, 'c');
    assert.ok(subject.state.kind === 'fresh' && subject.state.readAt !== undefined);
  });

  it('is gone when a complete list no longer contains it, and stays as it was', async () => {
    const { subject, store, accounts, becomes } = followed(connection.path, () => page([connection]));
    subject.check();
    await becomes('fresh');
    accounts.answer = () => page([]);
    await store.refresh(account);
    await becomes('gone');
    assert.equal(subject.resource?.id, 'c');
    accounts.answer = () => page([connection]);
    await store.refresh(account);
    await becomes('fresh');
  });

  it('is gone if it never existed', async () => {
    const { subject, becomes } = followed(childPath(account, 'connection', 'x'), () => page([connection]));
    subject.check();
    await becomes('gone');
  });

  it('is stale if its list could not be reloaded, with the reason', async () => {
    const { subject, store, accounts, becomes } = followed(connection.path, () => page([connection]));
    subject.check();
    await becomes('fresh');
    accounts.answer = () => Promise.reject(new HttpError('server', 'Down.'));
    await store.refresh(account);
    await becomes('stale');
    assert.ok(subject.state.kind === 'stale' && subject.state.problem?.why === 'Down.');
  });

  it('is failed, and not gone, if its list could not be loaded', async () => {
    const { subject, becomes, accounts } = followed(connection.path, () =>
      Promise.reject(new HttpError('server', 'Down.')),
    );
    subject.check();
    await becomes('failed');
    accounts.answer = () => page([connection]);
    await subject.refresh();
    await becomes('fresh');
  });
});

describe('What a ResourceObserver observes', () => {
  const dataset = resource(connection.path, 'dataset', 'd');
  const down = new HttpError('server', 'Down.');

  /** An observer, and how often it fired for changes of its resource and around it. */
  function following(path: ResourcePath, accounts?: readonly string[]) {
    const served = new Served({}, accounts);
    served.lists
      .set(account, [connection, resource(account, 'connection', 'x')])
      .set(connection.path, [dataset]);
    const fired = { changed: 0, around: 0 };
    const subject = new ResourceObserver(served.store, path, {
      changed: () => fired.changed++,
      accountChanged: () => fired.around++,
    });
    const since = (): readonly [own: boolean, around: boolean] => {
      const { changed, around } = fired;
      Object.assign(fired, { changed: 0, around: 0 });
      return [changed > 0, around > 0];
    };
    return { served, subject, since };
  }

  it('is the resource and its ancestors, and separately its account', async () => {
    const { served, subject, since } = following(connection.path, ['a', 'b']);
    subject.check();
    await rest();
    assert.deepEqual(since(), [true, false]);
    served.lists.set(account, [{ ...connection, label: 'New' }]);
    await served.store.refresh(account);
    assert.equal(since()[0], true);
    assert.equal(subject.resource?.label, 'New');
    await served.store.load(dataset.path);
    await rest();
    since();
    await served.store.refresh(dataset.path);
    assert.deepEqual(since(), [false, true], 'below it');
    await served.store.load(accountPath('b'));
    await rest();
    assert.deepEqual(since(), [false, false], 'another account');
    served.changes.fire([]);
    assert.deepEqual(since(), [true, false], 'the accounts');
    subject.dispose();
    served.changes.fire([]);
    assert.deepEqual(since(), [false, false]);
  });

  it('is busy while its list is loaded, or what leads to it', async () => {
    const { served, subject } = following(dataset.path);
    const answer = deferred<Page>();
    served.lists.set(account, answer.promise);
    assert.equal(subject.busy, false);
    subject.check();
    assert.deepEqual([subject.busy, subject.state.kind], [true, 'loading']);
    answer.resolve(page([connection]));
    await rest();
    assert.deepEqual([subject.busy, subject.state.kind], [false, 'fresh']);
    const again = deferred<Page>();
    served.lists.set(connection.path, again.promise);
    void served.store.refresh(connection.path);
    await rest();
    assert.deepEqual([subject.busy, subject.state.kind], [true, 'fresh']);
    again.resolve(page([dataset]));
    await rest();
    assert.equal(subject.busy, false);
    const above = deferred<Page>();
    served.lists.set(account, above.promise);
    void served.store.refresh(account);
    await rest();
    assert.equal(subject.busy, true, 'the list of the account');
    above.resolve(page([connection]));
    await rest();
    assert.equal(subject.busy, false);
    const top = following(account);
    top.subject.check();
    assert.deepEqual(
      [top.subject.busy, top.subject.state.kind],
      [false, 'fresh'],
      'an account lies in no list',
    );
    const own = deferred<Page>();
    top.served.lists.set(account, own.promise);
    void top.served.store.load(account);
    await rest();
    assert.equal(top.subject.busy, true, 'the list of an account is its own');
    own.resolve(page([connection]));
    await rest();
    assert.equal(top.subject.busy, false);
  });

  it('is requested once, and not for an account that is gone', async () => {
    const { served, subject } = following(connection.path);
    served.lists.set(account, new Promise(() => undefined));
    subject.check();
    subject.check();
    await rest();
    assert.equal(served.asked(account), 1);
    const { call } = served.calls[0] ?? assert.fail();
    subject.dispose();
    assert.equal(call.signal?.aborted, true);
    const gone = following(childPath(accountPath('gone'), 'connection', 'x'));
    gone.subject.check();
    await rest();
    assert.deepEqual([gone.subject.state.kind, gone.subject.busy], ['loading', false]);
  });

  it('is reloaded on demand: its list, and its own if that was loaded', async () => {
    const { served, subject } = following(connection.path);
    subject.check();
    await rest();
    await subject.refresh();
    assert.deepEqual([served.asked(account), served.asked(connection.path)], [2, 0]);
    await served.store.load(connection.path);
    await rest();
    await subject.refresh();
    assert.deepEqual([served.asked(account), served.asked(connection.path)], [3, 2]);
    served.lists.set(account, []);
    await subject.refresh();
    assert.deepEqual([subject.state.kind, subject.resource?.id], ['gone', 'c']);
    const account1 = following(account);
    await account1.subject.refresh();
    assert.equal(account1.served.asked(account), 0, 'it was not read');
    await account1.served.store.load(account);
    await account1.subject.refresh();
    assert.equal(account1.served.asked(account), 2);
  });

  it('failed for the reason of the nearest failed list, and can be retried', async () => {
    const { served, subject } = following(dataset.path);
    served.lists.set(account, [connection]).set(connection.path, down);
    subject.check();
    await rest();
    assert.ok(subject.state.kind === 'failed' && subject.state.problem.why === 'Down.');
    served.lists.set(connection.path, [dataset]);
    const refreshed = subject.refresh();
    assert.equal(getState(subject), 'loading', 'the failure is none any more');
    await refreshed;
    assert.equal(getState(subject), 'fresh');
    const lost = following(dataset.path);
    lost.served.lists.set(account, down);
    lost.subject.check();
    await rest();
    assert.equal(getState(lost.subject), 'failed');
    lost.served.lists.set(account, [connection]);
    await lost.subject.refresh();
    assert.equal(getState(lost.subject), 'fresh', 'what leads to it was read again');
    lost.served.lists.set(account, []);
    await lost.served.store.refresh(account);
    await rest();
    assert.equal(getState(lost.subject), 'gone');
    lost.served.lists.set(account, [connection]);
    await lost.subject.refresh();
    assert.equal(getState(lost.subject), 'fresh', 'it is there again');
  });

  it('is known once a refresh has ended, even if an earlier request still waits', async () => {
    const { served, subject, since } = following(dataset.path);
    const answer = deferred<Page>();
    served.lists.set(account, new Promise(() => undefined)).set(connection.path, answer.promise);
    subject.check();
    await rest();
    since();
    served.lists.set(account, [connection]);
    let hasEnded = false;
    const refreshed = subject.refresh().then(() => (hasEnded = true));
    assert.equal(since()[0], true, 'at once, for it is loading');
    await rest();
    assert.equal(hasEnded, false);
    answer.resolve(page([dataset]));
    await refreshed;
    assert.equal(getState(subject), 'fresh');
  });

  it('is stale without a reason if no problem of its list is known', async () => {
    const { served, subject } = following(connection.path);
    const broken: Resource = {
      ...resource(account, 'problem', 'p'),
      problem: { title: 'Broken.', detail: 'No ID.', retryable: false },
    };
    served.lists.set(account, page([connection, broken]));
    subject.check();
    await rest();
    served.lists.set(account, down);
    await served.store.refresh(account);
    assert.ok(subject.state.kind === 'stale' && subject.state.problem?.why === 'Down.');
    served.lists.set(account, page([connection, broken]));
    await served.store.refresh(account);
    assert.deepEqual(Object.keys(subject.state), ['kind', 'readAt'], 'a broken item is none of the list');
  });
});

/** As a call: a state that is asserted is another one later. */
function getState(subject: ResourceObserver): ResourceObserver['state']['kind'] {
  return subject.state.kind;
}

async function rest(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await settle();
}
