import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import { chooseConnection } from '../../../../src/features/connections/goToConnection';
import { Targets } from '../../../../src/ui/commands/targets';
import { account, resource, settle } from '../../../support/fakes/store';
import { Served } from '../../../support/served';
import type { QuickPick } from '../../../support/vscode/inputs';

/** Opens Go to Connection. */
function open(served: Served): {
  readonly pick: QuickPick;
  readonly chosen: Promise<ResourcePath | undefined>;
} {
  // Only what is selected would ask them.
  const [tree, view, runs, selected] = [{}, {}, {}, {}] as never[] as [never, never, never, never];
  const recent = { list: () => new Map(), add: () => undefined, remove: () => undefined };
  const targets = new Targets({ store: served.store, tree, view, runs, selected, recent });
  const chosen = chooseConnection(targets, served.store);
  return { pick: editor.inputs.picks.at(-1) ?? assert.fail('the list is open'), chosen };
}

/** Types while the rate limit of the last account is reached. @returns the title. */
async function waitingTitle(...ids: readonly string[]): Promise<string> {
  editor.reset();
  const served = new Served({}, ids);
  const last = ids.at(-1);
  const wait = { reason: 'limit', delay: 5000, attempt: 1 } as const;
  const searching = served.sessionWith({
    searchConnections: ({ id }, _text, { onWait }) => {
      if (id === last) onWait?.(wait);
      return id === last ? new Promise(() => undefined) : Promise.resolve([]);
    },
  });
  served.session = () => Promise.resolve(searching);
  const { pick, chosen } = open(served);
  pick.type('x');
  while (pick.title === 'Go to Connection') await settle();
  const { title = '' } = pick;
  pick.hide();
  await chosen;
  served.store.dispose();
  return title;
}

describe('The title of Go to Connection, while the rate limit is reached', () => {
  it('names the account that waits and its service, if there are several accounts', async () => {
    assert.equal(
      await waitingTitle('a', 'b'),
      'Go to Connection: Account b (Adobe Customer Journey Analytics): Rate limit reached. Retrying in 5 s.',
    );
  });

  it('names no account if there is only one', async () => {
    assert.equal(await waitingTitle('a'), 'Go to Connection: Rate limit reached. Retrying in 5 s.');
  });
});

it('Go to Connection opens its first entry at Enter, before anything is typed', async () => {
  editor.reset();
  const served = new Served();
  const [app, web] = ['App', 'Web'].map((name) => resource(account, 'connection', name));
  served.lists.set(
    account,
    [app, web].flatMap((row) => row ?? []),
  );
  await served.store.load(account);
  const { pick, chosen } = open(served);
  while (pick.items.every(({ label }) => label !== 'Web')) await settle();
  pick.accept();
  assert.equal(await chosen, app?.path);
  served.store.dispose();
});
