import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../src/http/errors';
import { Subject } from '../../src/panel/subject';
import { childPath, type ResourcePath } from '../../src/services/path';
import { Store } from '../../src/store/store';
import { account, FakeAccounts, page, resource, type Answer } from '../store/fakes';

const connection = resource(account, 'connection', 'c');

/** A subject and a way to wait for what it becomes. */
function followed(
  path: ResourcePath,
  answer: Answer,
): {
  readonly store: Store;
  readonly accounts: FakeAccounts;
  readonly subject: Subject;
  readonly becomes: (kind: Subject['state']['kind']) => Promise<void>;
} {
  const accounts = new FakeAccounts(answer);
  const store = new Store(accounts, () => 10);
  let check = (): void => undefined;
  const subject = new Subject(store, path, {
    changed: () => {
      check();
    },
    around: () => undefined,
  });
  const becomes = (kind: Subject['state']['kind']): Promise<void> =>
    new Promise((resolve) => {
      check = () => {
        if (subject.state.kind === kind && !subject.busy) resolve();
      };
      check();
    });
  return { store, accounts, subject, becomes };
}

describe('the resource of a panel', () => {
  it('is loaded where it is not known, and known by when it was read', async () => {
    const { subject, becomes } = followed(connection.path, () => page([connection]));
    subject.look();
    await becomes('fresh');
    assert.equal(subject.resource?.id, 'c');
    assert.ok(subject.state.kind === 'fresh' && subject.state.readAt !== undefined);
  });

  it('is gone when a complete list does not hold it any more, and stays as it was', async () => {
    const { subject, store, accounts, becomes } = followed(connection.path, () => page([connection]));
    subject.look();
    await becomes('fresh');
    accounts.answer = () => page([]);
    await store.refresh(account);
    await becomes('gone');
    assert.equal(subject.resource?.id, 'c');
    accounts.answer = () => page([connection]);
    await store.refresh(account);
    await becomes('fresh');
  });

  it('is gone where it never was', async () => {
    const { subject, becomes } = followed(childPath(account, 'connection', 'x'), () => page([connection]));
    subject.look();
    await becomes('gone');
  });

  it('is stale when its list could not be read again, with the reason', async () => {
    const { subject, store, accounts, becomes } = followed(connection.path, () => page([connection]));
    subject.look();
    await becomes('fresh');
    accounts.answer = () => Promise.reject(new HttpError('server', 'Down.'));
    await store.refresh(account);
    await becomes('stale');
    assert.ok(subject.state.kind === 'stale' && subject.state.problem?.why === 'Down.');
  });

  it('is not gone but failed where its list could not be read', async () => {
    const { subject, becomes, accounts } = followed(connection.path, () =>
      Promise.reject(new HttpError('server', 'Down.')),
    );
    subject.look();
    await becomes('failed');
    accounts.answer = () => page([connection]);
    await subject.refresh();
    await becomes('fresh');
  });
});
