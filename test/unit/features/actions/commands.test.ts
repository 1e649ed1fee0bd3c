import '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Action } from '../../../../src/core/services/contract/action';
import { actionCommands } from '../../../../src/features/actions/commands';
import { idleAction } from '../../../support/actionOf';
import { account, resource } from '../../../support/fakes/store';

type Context = Parameters<(typeof actionCommands)['activate']['handler']>[0];

const row = resource(account, 'connection', 'Sales');

/** The only row that offers an action, and what was begun on it. @param selected true if the row is selected. */
function rowWith(action: Action, selected = false): { context: Context; begun: string[] } {
  const begun: string[] = [];
  const context = {
    runner: {
      offered: () => Promise.resolve([action]),
      start: ({ label }: { label: string }, { id }: Action) => {
        begun.push(`${id} ${label}`);
        return Promise.resolve();
      },
    },
    targets: {
      among: () => (selected ? [row] : []),
      item: () => ({ path: row.path, label: row.label }),
    },
    store: { loaded: () => [row], get: () => row },
  };
  return { context: context as unknown as Context, begun };
}

const activate = idleAction({
  ...{ id: 'activate', verb: 'activate', title: 'Activate', confirmation: 'harmless' },
  input: { kind: 'none' },
});
const edit = idleAction({
  ...{ id: 'edit', verb: 'edit', title: 'Edit as JSON', confirmation: 'confirm' },
  input: { kind: 'document' },
});

describe('A command that changes something', () => {
  it('takes the row that is selected', async () => {
    const { context, begun } = rowWith(activate, true);
    await actionCommands.activate.handler(context)();
    assert.deepEqual(begun, ['activate Sales']);
  });

  it('creates a data view by the command of earlier versions, where nothing else is created', async () => {
    const dataView = idleAction({ ...edit, id: 'createDataView', verb: 'createDataView' });
    const { context, begun } = rowWith(dataView, true);
    await actionCommands.create.handler(context)();
    assert.deepEqual(begun, ['createDataView Sales']);
  });
});
