import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Action } from '../../../../src/core/services/contract/action';
import { actionCommands } from '../../../../src/features/actions/commands';
import { idleAction } from '../../../support/getAction';
import { account, resource } from '../../../support/fakes/store';

type Context = Parameters<(typeof actionCommands)['activate']['handler']>[0];

const row = resource(account, 'connection', 'Sales');

/** Where the only row is that offers an action: selected, below the keyboard alone, or neither. */
type Place = 'selected' | 'focused' | 'elsewhere';

/** The only row that offers an action, and what was begun on it. */
function rowWith(action: Action, at: Place): { context: Context; begun: string[] } {
  editor.reset();
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
      atHand: () =>
        Promise.resolve({
          named: at === 'selected' ? [row] : [],
          focused: at === 'focused' ? [row] : [],
        }),
      item: () => ({ path: row.path, label: row.label }),
      groups: (items: readonly unknown[]) => [{ title: 'Connections', items }],
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

/** All that change something that exists. */
const verbs = [
  ...([
    'createDataView',
    'edit',
    'duplicate',
    'delete',
    'activate',
    'deactivate',
    'validate',
    'sync',
  ] as const),
  ...(['start', 'enable', 'disable', 'link', 'unlink', 'cancel'] as const),
];

describe('A command that changes something', () => {
  it('acts on the selected row', async () => {
    const { context, begun } = rowWith(activate, 'selected');
    await actionCommands.activate.handler(context)();
    assert.deepEqual(begun, ['activate Sales']);
  });

  for (const at of ['elsewhere', 'focused'] as const)
    it(`takes no row that nobody named, be it the only one: ${at}`, async () => {
      for (const verb of verbs) {
        const action = idleAction({ ...edit, id: verb, verb, title: `Do ${verb}` });
        const { context, begun } = rowWith(action, at);
        await actionCommands[verb].handler(context)();
        assert.deepEqual(begun, [], `${verb}: closing the picker does nothing`);
        const group = at === 'focused' ? 'focused row' : 'Connections';
        assert.deepEqual(
          editor.inputs.offered.map(({ label }) => label),
          [group, 'Sales'],
          verb,
        );
        editor.inputs.choices.push('Sales');
        await actionCommands[verb].handler(context)();
        assert.deepEqual(begun, [`${verb} Sales`]);
      }
    });

  it('creates in the only place where something can be created', async () => {
    const create = idleAction({ ...edit, id: 'create', verb: 'create', title: 'Create Connection…' });
    const { context, begun } = rowWith(create, 'elsewhere');
    await actionCommands.create.handler(context)();
    assert.deepEqual(begun, ['create Sales']);
  });

  it('creates a data view by the command of earlier versions, if nothing else can be created', async () => {
    const dataView = idleAction({ ...edit, id: 'createDataView', verb: 'createDataView' });
    const { context, begun } = rowWith(dataView, 'selected');
    await actionCommands.create.handler(context)();
    assert.deepEqual(begun, ['createDataView Sales']);
  });
});
