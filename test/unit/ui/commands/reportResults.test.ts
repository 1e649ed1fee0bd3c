import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { reportResults } from '../../../../src/ui/commands/reportResults';
import { account, resource } from '../../../support/fakes/store';

it('reports every result before it throws a fault of the code, which is for the log', () => {
  editor.reset();
  const row = { names: ['Sales'], resource: resource(account, 'connection', 'Sales') };
  const problem = { title: 'It failed.', detail: '', retryable: false };
  const flaw = new TypeError('x is not a function');
  assert.throws(
    () => {
      reportResults('Deactivate', [{ item: row, state: 'failed', problem, error: flaw }], []);
    },
    (error) => error === flaw,
  );
  assert.deepEqual(
    editor.inputs.messages.map(({ kind, buttons }) => [kind, buttons]),
    [['error', ['Show Results']]],
  );
});
