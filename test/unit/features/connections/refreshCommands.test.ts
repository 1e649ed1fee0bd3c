import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refreshCommands } from '../../../../src/features/connections/refreshCommands';

type Context = Parameters<(typeof refreshCommands)['retry']['handler']>[0];

describe('Commands for missing rows', () => {
  for (const [name, message] of [
    ['retry', 'Nothing to retry. Select a row that shows a problem.'],
    ['loadMore', 'Nothing to load. Select the row "Load More" at the end of a list.'],
    ['loadAll', 'Nothing to load. Select the row "Load More" at the end of a list.'],
  ] as const)
    it(`explain why they do nothing: ${name}`, async () => {
      editor.reset();
      const targets = { given: () => Promise.resolve([]) };
      await refreshCommands[name].handler({ targets } as unknown as Context)();
      assert.deepEqual(editor.inputs.texts, [message]);
    });
});
