import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { exportCommands } from '../../../../src/features/export/commands';
import { createAccount } from '../../../support/fakes/store';
import { Served } from '../../../support/served';

it('Export Inventory offers accounts as other commands do, with service and mark, after all of them', async () => {
  editor.reset();
  const served = new Served();
  const later = { ...createAccount('c'), service: 'immuta', production: true };
  served.replaceAccounts(createAccount('a'), createAccount('b'), later);
  const run = exportCommands.exportInventory.handler({
    store: served.store,
    targets: { among: () => Promise.resolve([]) } as never,
    secrets: [],
  });
  await run();
  assert.deepEqual(
    editor.inputs.offered.map(({ label, description }) => [label, description]),
    [
      ['All Accounts', undefined],
      ['Account a', 'Adobe Customer Journey Analytics'],
      ['Account b', 'Adobe Customer Journey Analytics'],
      ['Account c', 'Immuta · production'],
    ],
  );
  served.store.dispose();
});
