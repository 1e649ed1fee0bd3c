import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RunningActions } from '../../../../src/features/actions/runningActions';
import { accountPath, childPath } from '../../../../src/core/services/contract/path';

describe('the action in progress on a resource', () => {
  const path = childPath(accountPath('a'), 'connection', 'c');

  it('is shown until it ends, with one event for each change', () => {
    const ongoing = new RunningActions();
    let fired = 0;
    ongoing.onDidChange((paths) => {
      assert.deepEqual(paths, [path]);
      fired++;
    });
    const sync = ongoing.begin(path, 'sync', 'Sync');
    assert.deepEqual([ongoing.getText(path), fired], ['Sync', 1]);
    sync.report('Sync: RUNNING');
    sync.report('Sync: RUNNING');
    assert.deepEqual([ongoing.getText(path), fired], ['Sync: RUNNING', 2]);
    sync.end();
    sync.end();
    assert.deepEqual([ongoing.getText(path), fired], [undefined, 3]);
  });

  it('is the last of several, then the one before', () => {
    const ongoing = new RunningActions();
    const sync = ongoing.begin(path, 'sync', 'Sync');
    const validation = ongoing.begin(path, 'validate', 'Validate');
    sync.report('Sync: RUNNING');
    assert.equal(ongoing.getText(path), 'Validate');
    validation.end();
    assert.equal(ongoing.getText(path), 'Sync: RUNNING');
    assert.equal(ongoing.getText(accountPath('a')), undefined);
  });

  it('is a deletion for everything below what is deleted, until it ends', () => {
    const ongoing = new RunningActions();
    const below = childPath(path, 'dataObject', 'o');
    ongoing.begin(path, 'sync', 'Sync');
    assert.equal(ongoing.isBeingDeleted(path), false);
    const deletion = ongoing.begin(path, 'delete', 'Delete');
    deletion.report('Delete: RUNNING');
    assert.deepEqual(
      [path, below, accountPath('a')].map((each) => ongoing.isBeingDeleted(each)),
      [true, true, false],
    );
    deletion.end();
    assert.equal(ongoing.isBeingDeleted(below), false);
  });
});
