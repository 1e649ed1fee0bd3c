import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import { detailsCommands } from '../../../../src/features/details/commands';
import type { Account } from '../../../../src/core/services/contract/signIn';
import type { Resource } from '../../../../src/core/services/contract/resource';

const services: Readonly<Record<string, string>> = { a1: 'cja', b2: 'immuta', c3: 'unheard-of' };

function accountRow(id: string): Resource {
  const names: Readonly<Record<string, string>> = { a1: 'Retail', b2: 'Gover\u202Enance', c3: 'Later' };
  return { path: accountPath(id), kind: 'account', id, label: names[id] ?? id, hasChildren: true };
}

/** Runs the command for accounts with these IDs. @returns the panels that it opened. */
async function overviewOf(ids: readonly string[]): Promise<readonly ResourcePath[]> {
  const opened: ResourcePath[] = [];
  const account = (path: ResourcePath): Account | undefined => {
    const id = ids.find((each) => accountPath(each) === path);
    const service = services[id ?? ''] ?? '';
    return id === undefined
      ? undefined
      : { ...{ id, service, name: id, settings: {} }, production: false, sample: false };
  };
  const run = detailsCommands.showAccountOverview.handler({
    store: { accounts: () => ids.map(accountRow), account },
    // The command asks for accounts itself.
    targets: undefined as never,
    panels: {
      open: (path) => {
        opened.push(path);
        return Promise.resolve();
      },
    },
  });
  await run();
  return opened;
}

describe('Show Account Overview', () => {
  it('offers accounts by their names and services, without the IDs of the extension', async () => {
    editor.reset();
    editor.inputs.choices.push('Governance');
    assert.deepEqual(await overviewOf(['a1', 'b2', 'c3']), [accountPath('b2')]);
    assert.deepEqual(
      editor.inputs.offered.map(({ label, description }) => [label, description]),
      [
        ['Retail', 'Adobe Customer Journey Analytics'],
        ['Governance', 'Immuta'],
        ['Later', 'unheard-of'],
      ],
    );
  });

  it('asks nothing if there is one account, and opens nothing if none is chosen', async () => {
    editor.reset();
    assert.deepEqual(await overviewOf(['a1']), [accountPath('a1')]);
    assert.deepEqual(await overviewOf(['a1', 'b2']), []);
  });
});
