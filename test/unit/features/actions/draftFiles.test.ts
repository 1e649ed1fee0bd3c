import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DraftFiles, type StoredDraft } from '../../../../src/features/actions/draftFiles';
import { accountPath } from '../../../../src/core/services/contract/path';
import { temporaryFolder } from '../../../scripts/lib/temporaryFolder';

const draft: StoredDraft = {
  resource: { path: accountPath('a'), kind: 'account', id: 'a', label: 'A', hasChildren: true },
  action: {
    id: 'create',
    verb: 'create',
    title: 'Create…',
    confirmation: 'confirm',
    input: { kind: 'document' },
  },
  base: '{}',
  text: '{"a": 1}',
  schema: { type: 'object' },
  began: 1,
  saved: 2,
};

describe('drafts on the disk', () => {
  it('are restored as they were, for another window too', async () => {
    const folder = join(await temporaryFolder('drafts'), 'deep', 'er');
    const files = new DraftFiles(folder);
    assert.deepEqual(await files.list(), []);
    await Promise.all([
      files.write('one', draft),
      new DraftFiles(folder).write('two', { ...draft, text: '' }),
    ]);
    assert.deepEqual(await files.read('one'), draft);
    assert.equal((await files.read('two'))?.text, '');
    assert.deepEqual([...(await files.list())].toSorted(), ['one', 'two']);
    await files.delete('one');
    await files.delete('never');
    assert.equal(await files.read('one'), undefined);
    assert.deepEqual(await readdir(folder), ['two.json']);
  });

  it('have the shape of earlier versions, which call the confirmation of an action danger', async () => {
    const folder = await temporaryFolder('drafts');
    const { confirmation, ...action } = draft.action;
    const stored = { version: 1, draft: { ...draft, action: { ...action, danger: confirmation } } };
    const files = new DraftFiles(folder);
    await writeFile(join(folder, 'old.json'), JSON.stringify(stored));
    assert.deepEqual(await files.read('old'), draft);
    await files.write('new', draft);
    assert.deepEqual(JSON.parse(await readFile(join(folder, 'new.json'), 'utf8')), stored);
  });

  it('hold the text that was written last, and stay deleted', async () => {
    const files = new DraftFiles(await temporaryFolder('drafts'));
    const typed = Array.from({ length: 20 }, (_, at) => 'x'.repeat((20 - at) * 50_000));
    await Promise.all(typed.map((text) => files.write('one', { ...draft, typed: text })));
    assert.equal((await files.read('one'))?.typed, typed.at(-1));
    await Promise.all([files.write('one', draft), files.delete('one')]);
    assert.equal(await files.read('one'), undefined);
  });

  it('are deleted when they were not written for a long time', async () => {
    const folder = await temporaryFolder('drafts');
    const files = new DraftFiles(folder);
    await files.write('old', draft);
    await files.write('new', draft);
    const day = 24 * 60 * 60;
    await utimes(join(folder, 'old.json'), Date.now() / 1000 - 2 * day, Date.now() / 1000 - 2 * day);
    await files.deleteOlderThan(day * 1000);
    assert.deepEqual(await files.list(), ['new']);
    await new DraftFiles(join(folder, 'none')).deleteOlderThan(0);
  });

  it('can be read by their owner only', async () => {
    const folder = await temporaryFolder('drafts');
    await new DraftFiles(folder).write('one', draft);
    assert.equal((await stat(join(folder, 'one.json'))).mode & 0o777, 0o600);
  });

  it('are ignored if the file is damaged, or of a later version', async () => {
    const folder = await temporaryFolder('drafts');
    await mkdir(folder, { recursive: true });
    const files = new DraftFiles(folder);
    for (const text of [
      '',
      '{"version": 1',
      JSON.stringify({ version: 2, draft }),
      JSON.stringify({ version: 1, draft: { ...draft, action: undefined } }),
      JSON.stringify({
        version: 1,
        draft: { ...draft, resource: { ...draft.resource, path: 'else:where' } },
      }),
    ]) {
      await writeFile(join(folder, 'one.json'), text);
      assert.equal(await files.read('one'), undefined, text);
    }
    assert.equal(await files.read('../one'), undefined);
  });
});
