import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import { detailsCommands } from '../../../../src/features/details/commands';
import type { Account } from '../../../../src/core/services/contract/signIn';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { account, createAccount, resource } from '../../../support/fakes/store';

const accounts: readonly Account[] = [
  { ...createAccount('a1'), name: 'Retail' },
  { ...createAccount('b2'), name: 'Gover\u202Enance', service: 'immuta', production: true },
  { ...createAccount('c3'), name: 'Later', service: 'unheard-of' },
];

/** Runs the command for accounts with these IDs. @returns the panels that it opened. */
async function toOverview(ids: readonly string[]): Promise<readonly ResourcePath[]> {
  const opened: ResourcePath[] = [];
  const offered = accounts.filter(({ id }) => ids.includes(id));
  const find = (path: ResourcePath): Account | undefined =>
    offered.find(({ id }) => accountPath(id) === path);
  const run = detailsCommands.showAccountOverview.handler({
    store: {
      accounts: () => offered.map(({ id }) => ({ path: accountPath(id) }) as Resource),
      account: find,
    },
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

type Context = Parameters<typeof detailsCommands.showDetails.handler>[0];

describe('Show Details', () => {
  const rows = ['c', 'd'].map((id) => resource(account, 'connection', id));

  /** @param atFocus the rows that the command is for. @returns the panels that it opened, and how. */
  async function open(
    atFocus: readonly Resource[],
    ...options: readonly unknown[]
  ): Promise<readonly unknown[]> {
    editor.reset();
    const opened: unknown[] = [];
    const panels: Context['panels'] = {
      open: (path, how) => {
        opened.push([path, how]);
        return Promise.resolve();
      },
    };
    const targets = { atFocus: () => Promise.resolve(atFocus) } as unknown as Context['targets'];
    const store = { accounts: () => [], account: () => undefined };
    await detailsCommands.showDetails.handler({ store, targets, panels })(...options);
    return opened;
  }

  it('says of a selected row that has none, and opens nothing', async () => {
    assert.deepEqual(await open([]), []);
    assert.deepEqual(editor.inputs.statusMessages, ['$(check) This row has no details']);
  });

  it('opens one row as a preview, without the focus if it was clicked, and several to stay', async () => {
    const [first, second] = rows.map(({ path }) => path);
    assert.deepEqual(await open(rows.slice(1)), [[second, { preview: true, focus: true }]]);
    assert.deepEqual(await open(rows.slice(1), second, { preview: true }), [
      [second, { preview: true, focus: false }],
    ]);
    const stay = { preview: false, focus: true };
    assert.deepEqual(await open(rows), [
      [first, stay],
      [second, stay],
    ]);
  });
});

describe('Show Account Overview', () => {
  it('offers accounts by their names, services and marks, without the IDs of the extension', async () => {
    editor.reset();
    editor.inputs.choices.push('Governance');
    assert.deepEqual(await toOverview(['a1', 'b2', 'c3']), [accountPath('b2')]);
    assert.deepEqual(
      editor.inputs.offered.map(({ label, description }) => [label, description]),
      [
        ['Retail', 'Adobe Customer Journey Analytics'],
        ['Governance', 'Immuta · production'],
        ['Later', 'unheard-of'],
      ],
    );
  });

  it('asks nothing if there is one account, and opens nothing if none is chosen', async () => {
    editor.reset();
    assert.deepEqual(await toOverview(['a1']), [accountPath('a1')]);
    assert.deepEqual(await toOverview(['a1', 'b2']), []);
  });
});
