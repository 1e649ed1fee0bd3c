import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseConnection } from '../../../../src/features/connections/goToConnection';
import { Targets } from '../../../../src/ui/commands/targets';
import { settle } from '../../../support/fakes/store';
import { Served } from '../../../support/served';

/** Types into Go to Connection while the rate limit of the last account is reached. @returns the title of the picker. */
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
  // What is at hand plays no part in a search.
  const [tree, view, runs, selected] = [{}, {}, {}, {}] as never[] as [never, never, never, never];
  const recent = { list: () => new Map(), add: () => undefined, remove: () => undefined };
  const targets = new Targets({ store: served.store, tree, view, runs, selected, recent });
  const chosen = chooseConnection(targets, served.store);
  const pick = editor.inputs.picks.at(-1) ?? assert.fail('the list is open');
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
