import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import { accountPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import { chooseConnection } from '../../../../src/features/connections/goToConnection';
import type { Page } from '../../../../src/core/services/contract/page';
import { Targets } from '../../../../src/ui/commands/targets';
import { account, deferred, page, resource, settle } from '../../../support/fakes/store';
import { Served } from '../../../support/served';
import type { PickItem, QuickPick } from '../../../support/vscode/inputs';

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

it('Go to Connection shows what a service found, whatever VS Code would match, and that it is not loaded', async () => {
  editor.reset();
  const served = new Served();
  const found = resource(account, 'connection', 'dg_9', 'Nine');
  const searching = served.sessionWith({ searchConnections: () => Promise.resolve([found]) });
  served.session = () => Promise.resolve(searching);
  const { pick, chosen } = open(served);
  pick.type('owner of nine');
  const item = (): PickItem | undefined => pick.items.find(({ label }) => label === 'Nine');
  while (!item()) await settle();
  assert.match(item()?.detail ?? '', /^not loaded/);
  assert.equal(item()?.alwaysShow, true);
  pick.hide();
  await chosen;
  served.store.dispose();
});

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

it('Go to Connection keeps the entry that a person moved to when more is found', async () => {
  editor.reset();
  const served = new Served({}, ['a', 'b']);
  const [app, web] = ['App', 'Web'].map((name) => resource(account, 'connection', name));
  served.lists.set(
    account,
    [app, web].flatMap((row) => row ?? []),
  );
  await served.store.load(account);
  const other = accountPath('b');
  const late = deferred<Page>();
  served.lists.set(other, late.promise);
  const { pick, chosen } = open(served);
  while (pick.items.every(({ label }) => label !== 'Web')) await settle();
  pick.activate('Web');
  late.resolve(page([resource(other, 'connection', 'Aardvark')]));
  while (pick.items.every(({ label }) => label !== 'Aardvark')) await settle();
  pick.accept();
  assert.equal(await chosen, web?.path);
  served.store.dispose();
});

it('Go to Connection shows which account cannot search, whatever is typed, and asks it again at Enter', async () => {
  editor.reset();
  const served = new Served();
  let asked = 0;
  const failing = served.sessionWith({
    searchConnections: () => {
      asked += 1;
      return Promise.reject(new HttpError('server', 'Out of order.', { advice: 'Wait a little.' }));
    },
  });
  served.session = () => Promise.resolve(failing);
  const { pick, chosen } = open(served);
  pick.type('x');
  const problem = (): PickItem | undefined => pick.items.find(({ iconPath }) => iconPath?.id === 'warning');
  while (!problem()) await settle();
  assert.deepEqual(
    [problem()?.description, problem()?.detail, problem()?.alwaysShow],
    [
      'Account a (Adobe Customer Journey Analytics)',
      'Out of order. Wait a little. Press Enter to try again.',
      true,
    ],
  );
  const before = asked;
  pick.choose(problem()?.label ?? '');
  while (asked === before) await settle();
  assert.ok(pick.isShown, 'it stays open');
  pick.hide();
  assert.equal(await chosen, undefined);
  served.store.dispose();
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
