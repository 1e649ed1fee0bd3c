import { editor } from '../../../support/vscode/vscode';
import { Uri } from '../../../support/vscode/values';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { importCredentials } from '../../../../src/features/accounts/fetchChoices';
import { method } from '../../../support/fakes/accounts';

describe('A file of credentials', () => {
  const file = Uri.file('/home/ann/.env');
  const read: string[] = [];
  const way = method('oauth', [], {
    importFile: (text) => {
      read.push(text);
      return text === 'bad'
        ? Promise.reject(new Error('No credentials in it.'))
        : Promise.resolve({ orgId: text });
    },
  });
  const holds = (bytes: Uint8Array, size = bytes.length): void => {
    editor.files.set(file.toString(), { type: 1, size, bytes });
  };

  beforeEach(() => {
    editor.reset();
    editor.files.clear();
    read.length = 0;
    editor.chosenFiles = [file];
  });

  it('is read by the method', async () => {
    holds(Buffer.from('A@AdobeOrg'));
    assert.deepEqual(await importCredentials(way), { orgId: 'A@AdobeOrg' });
    assert.deepEqual(editor.inputs.texts, []);
  });

  it('is not asked for twice if none was chosen', async () => {
    for (const chosen of [undefined, []]) {
      editor.chosenFiles = chosen;
      assert.equal(await importCredentials(way), undefined);
    }
    assert.deepEqual([read, editor.inputs.texts], [[], []]);
  });

  it('is refused with the reason: without credentials, no text, or more than a megabyte', async () => {
    holds(Buffer.from('bad'));
    assert.equal(await importCredentials(way), undefined);
    holds(Buffer.from([0xff, 0xd8, 0xff]));
    assert.equal(await importCredentials(way), undefined);
    holds(Buffer.from('x'), 1_000_001);
    assert.equal(await importCredentials(way), undefined);
    assert.deepEqual(editor.inputs.texts, [
      'No credentials in it.',
      'The file is not a text file.',
      'The file is too large to be a credentials file.',
    ]);
    holds(Buffer.from('x'), 1_000_000);
    assert.deepEqual(await importCredentials(way), { orgId: 'x' });
    assert.deepEqual(read, ['bad', 'x']);
  });
});
