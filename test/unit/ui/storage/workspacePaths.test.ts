import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Emitter } from '../../../../src/core/base/emitter';
import { accountPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import { WorkspacePaths } from '../../../../src/ui/storage/workspacePaths';
import { FakeStorage } from '../../../support/fakes/accounts';
import { createAccount, resource } from '../../../support/fakes/store';
import { openStorage } from '../../../support/fakes/storage';
import { FakeClock } from '../../../support/fakeClock';

const account = accountPath('a');
const other = accountPath('b');

/** What a window of a workspace remembers, with the accounts a and b. */
function remembering(shared = new FakeStorage(), workspace = 'file:///w', limit?: number) {
  const clock = new FakeClock();
  const changes = new Emitter<readonly string[]>();
  const accounts = {
    ids: ['a', 'b'],
    list: () => accounts.ids.map(createAccount),
    onDidChange: changes.event,
  };
  const storage = openStorage({ shared, clock, workspace });
  const paths = new WorkspacePaths(storage, accounts, {
    prefix: 'test:',
    ...(limit !== undefined && { limit }),
  });
  const fired: (readonly ResourcePath[])[] = [];
  paths.onDidChange((changed) => fired.push(changed));
  const remove = (id: string): void => {
    accounts.ids = accounts.ids.filter((present) => present !== id);
    changes.fire([id]);
  };
  return { clock, paths, fired, remove };
}

describe('The paths that a workspace remembers', () => {
  it('are in the order in which they were last added, with their last names', () => {
    const { clock, paths, fired } = remembering();
    const [one, two] = [
      resource(account, 'connection', 'c1', 'One'),
      resource(account, 'dataset', 'd', 'Two'),
    ];
    paths.add([one]);
    clock.sleep(5);
    paths.add([two]);
    clock.sleep(5);
    paths.add([{ ...one, label: 'Uno' }]);
    assert.deepEqual(
      [...paths.list()],
      [
        [two.path, 'Two'],
        [one.path, 'Uno'],
      ],
    );
    paths.remove([two.path]);
    assert.deepEqual([paths.has(two.path), paths.has(one.path)], [false, true]);
    assert.deepEqual(fired, [[one.path], [two.path], [one.path], [two.path]]);
  });

  it('are restored after a restart, and in no other workspace', () => {
    const shared = new FakeStorage();
    const one = resource(account, 'connection', 'c1', 'One');
    remembering(shared).paths.add([one]);
    assert.deepEqual([...remembering(shared).paths.list()], [[one.path, 'One']]);
    assert.deepEqual([...remembering(shared, 'file:///other').paths.list()], []);
  });

  it('are removed with their account, in every workspace', () => {
    const shared = new FakeStorage();
    const mine = resource(account, 'connection', 'c1');
    const others = resource(other, 'connection', 'c1');
    remembering(shared, 'file:///other').paths.add([mine, others]);
    const { paths, remove } = remembering(shared);
    paths.add([mine, others]);
    remove('a');
    for (const workspace of ['file:///w', 'file:///other'])
      assert.deepEqual([...remembering(shared, workspace).paths.list().keys()], [others.path]);
  });

  it('are at most as many as the limit, the latest ones', () => {
    const id = fc.string({ unit: 'binary', minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(id, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (ids, limit) => {
        const { clock, paths } = remembering(new FakeStorage(), 'file:///w', limit);
        const resources = ids.map((name) => resource(account, 'connection', name));
        for (const one of resources) {
          clock.sleep(5);
          paths.add([one]);
        }
        const latest = [...new Set(resources.map(({ path }) => path).toReversed())].slice(0, limit);
        assert.deepEqual([...paths.list().keys()].toReversed(), latest);
      }),
      { numRuns: 20, examples: [[['k', 'a', 'k'], 2]] },
    );
  });
});
