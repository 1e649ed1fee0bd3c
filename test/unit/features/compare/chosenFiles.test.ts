import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { ChosenFiles } from '../../../../src/features/compare/chosenFiles';
import { FakeStorage } from '../../../support/fakes/accounts';
import type { WindowStorage } from '../../../../src/ui/storage/windowStorage';
import { openStorage as open, type WindowOptions } from '../../../support/fakes/storage';

describe('the files that were chosen for comparisons', () => {
  const opened: WindowStorage[] = [];
  const openStorage = (options?: WindowOptions): WindowStorage => {
    const storage = open(options);
    opened.push(storage);
    return storage;
  };
  afterEach(() => {
    for (const storage of opened.splice(0)) storage.dispose();
  });

  it('are remembered beyond the window, in the workspace only', () => {
    const shared = new FakeStorage();
    const open = (workspace: string): ChosenFiles => new ChosenFiles(openStorage({ shared, workspace }));
    open('w1').add('file:///a.json');
    assert.ok(open('w1').has('file:///a.json'));
    assert.ok(!open('w1').has('file:///b.json'));
    assert.ok(!open('w2').has('file:///a.json'));
  });

  it('are known to all windows of the workspace', () => {
    const shared = new FakeStorage();
    const [one, two] = ['w', 'w'].map((workspace) => new ChosenFiles(openStorage({ shared, workspace })));
    one?.add('file:///a.json');
    two?.add('file:///b.json');
    const later = new ChosenFiles(openStorage({ shared, workspace: 'w' }));
    for (const files of [one, two, later]) {
      for (const name of ['a', 'b']) assert.ok(files?.has(`file:///${name}.json`), name);
    }
  });

  it('are forgotten when many were chosen since, oldest first', () => {
    const files = new ChosenFiles(openStorage());
    files.add('old');
    files.add('again');
    for (let i = 0; i < 99; i++) files.add(`file ${i}`);
    files.add('again');
    assert.deepEqual([files.has('old'), files.has('again'), files.has('file 0')], [false, true, true]);
  });

  it('are not forgotten for those of another workspace', () => {
    const shared = new FakeStorage();
    const [one, two] = ['w1', 'w2'].map((workspace) => new ChosenFiles(openStorage({ shared, workspace })));
    one?.add('old');
    for (let at = 0; at < 100; at++) two?.add(`file ${at}`);
    assert.deepEqual([one?.has('old'), two?.has('file 0')], [true, true]);
  });

  it('are forgotten oldest first also if version 0.1.0 kept them, whose list began with the newest', () => {
    const kept = Array.from({ length: 100 }, (_, at) => `file ${at}`);
    const workspaceState = new Map([['compare.files', kept]]);
    const files = new ChosenFiles(openStorage({ workspace: 'w', workspaceState }));
    files.add('later');
    assert.deepEqual(
      ['later', 'file 0', 'file 98', 'file 99'].map((file) => files.has(file)),
      [true, true, true, false],
    );
  });

  it('are migrated from version 0.1.0, and from nothing else', () => {
    const from = (kept: unknown): ChosenFiles =>
      new ChosenFiles(openStorage({ workspace: 'w', workspaceState: new Map([['compare.files', kept]]) }));
    assert.ok(from(['file:///a.json', 7, 'file:///b.json']).has('file:///b.json'));
    for (const kept of [undefined, null, 'file:///a.json', { length: 1, 0: 'x' }]) {
      assert.ok(!from(kept).has('file:///a.json'));
    }
  });
});
