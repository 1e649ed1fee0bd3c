import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ongoing } from '../../src/actions/ongoing';
import { accountPath, childPath } from '../../src/services/path';

describe('what is being done to a resource', () => {
  const path = childPath(accountPath('a'), 'connection', 'c');

  it('is told until it is over, each change once', () => {
    const ongoing = new Ongoing();
    let fired = 0;
    ongoing.onDidChange((paths) => {
      assert.deepEqual(paths, [path]);
      fired++;
    });
    const sync = ongoing.begin(path, 'Sync');
    assert.deepEqual([ongoing.textOf(path), fired], ['Sync', 1]);
    sync.tell('Sync: RUNNING');
    sync.tell('Sync: RUNNING');
    assert.deepEqual([ongoing.textOf(path), fired], ['Sync: RUNNING', 2]);
    sync.end();
    sync.end();
    assert.deepEqual([ongoing.textOf(path), fired], [undefined, 3]);
  });

  it('is the last of several that began, then the one before', () => {
    const ongoing = new Ongoing();
    const sync = ongoing.begin(path, 'Sync');
    const validation = ongoing.begin(path, 'Validate');
    sync.tell('Sync: RUNNING');
    assert.equal(ongoing.textOf(path), 'Validate');
    validation.end();
    assert.equal(ongoing.textOf(path), 'Sync: RUNNING');
    assert.equal(ongoing.textOf(accountPath('a')), undefined);
  });
});
