import '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { provideIdDrop } from '../../../../src/features/editor/idDrop';

it('drops nothing of what another extension drags under our type', async () => {
  for (const text of ['dg_1', '{"id": "dg_1"}', '[1, null]', '']) {
    const transfer = { get: () => ({ asString: () => Promise.resolve(text) }) };
    assert.equal(await provideIdDrop({} as never, {} as never, transfer as never), undefined, text);
  }
});
