import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import { accountPath, childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Account, Identity } from '../../../../src/core/services/contract/signIn';
import { Accounts } from '../../../../src/features/accounts/accounts';
import { accountCommands } from '../../../../src/features/accounts/commands';
import { compareScheme, jsonScheme } from '../../../../src/shared/identifiers';
import { toQuery } from '../../../../src/ui/documents/comparedText';
import { FakeStorage, service } from '../../../support/fakes/accounts';
import { settle } from '../../../support/fakes/store';
import type { InputBox, Message } from '../../../support/vscode/inputs';
import { TabInputTextDiff, Uri } from '../../../support/vscode/values';

type Context = Parameters<(typeof accountCommands)['removeAccount']['handler']>[0];

const settings = { orgId: 'A@AdobeOrg', clientId: 'c' };
const definition = { service: 'cja', name: 'Main', settings };

describe('A command of accounts', () => {
  const services = [service()];
  let accounts: Accounts;
  let identity: () => Promise<Identity>;

  function run(
    command: keyof typeof accountCommands,
    account?: Account,
    parts: Partial<Context> = {},
  ): Promise<void> {
    const nothing = { list: () => [] };
    const context = {
      ...{ accounts, services, panels: nothing, watches: nothing },
      drafts: { list: () => Promise.resolve([]) },
      store: { getFailure: () => undefined },
      sessions: { verify: () => identity(), choices: () => Promise.resolve([]) },
      ...parts,
    };
    const done = accountCommands[command].handler(context)(account && accountPath(account.id));
    return Promise.resolve(done);
  }
  async function message(): Promise<Message> {
    for (let turn = 0; turn < 50 && editor.inputs.messages.length === 0; turn++) await settle();
    return editor.inputs.messages.at(-1) ?? assert.fail('a message');
  }
  async function shownBox(): Promise<InputBox> {
    for (let turn = 0; turn < 50 && !editor.inputs.boxes.at(-1)?.isShown; turn++) await settle();
    return editor.inputs.boxes.at(-1) ?? assert.fail('a box');
  }

  beforeEach(() => {
    editor.reset();
    const storage = new FakeStorage();
    accounts = new Accounts(storage.memento(), storage.secretStorage(), services);
    identity = () => Promise.resolve({ name: 'Ann' });
  });

  it('marks an account as production, and says so', async () => {
    const account = await accounts.add(definition, {});
    await run('markProduction', account);
    assert.equal(accounts.get(account.id)?.production, true);
    assert.deepEqual(editor.inputs.statusMessages, ['$(check) Marked "Main" as production']);
  });

  it('offers only accounts without the mark, and says if there is none', async () => {
    await accounts.add({ ...definition, production: true }, {});
    await run('markProduction');
    assert.deepEqual(editor.inputs.texts, ['Every account is marked as production.']);
    await accounts.add({ ...definition, name: 'Second' }, {});
    await accounts.add({ ...definition, name: 'Third' }, {});
    editor.inputs.choices.push('Third');
    await run('markProduction');
    assert.deepEqual(
      editor.inputs.offered.map(({ label }) => label),
      ['Second', 'Third'],
    );
    assert.deepEqual(
      accounts.list().map(({ production }) => production),
      [true, false, true],
    );
  });

  it('removes the mark only if the name is typed', async () => {
    const account = await accounts.add({ ...definition, production: true }, {});
    for (const [typed, isMarked] of [
      ['Mai', true],
      ['Main', false],
    ] as const) {
      const done = run('toggleProduction', account);
      const box = await shownBox();
      box.type(typed);
      box.accept();
      await settle();
      box.hide();
      await done;
      assert.equal(accounts.get(account.id)?.production, isMarked, typed);
    }
  });

  it('renames an account, and not to the name of another one', async () => {
    const account = await accounts.add(definition, {});
    await accounts.add({ ...definition, name: 'Second' }, {});
    const done = run('renameAccount', account);
    const box = await shownBox();
    const problems: boolean[] = [];
    for (const name of ['Second', 'Main', 'First']) {
      box.type(name);
      await settle();
      problems.push((box.validationMessage ?? '') !== '');
    }
    assert.deepEqual(problems, [true, false, false]);
    box.accept();
    await done;
    assert.equal(accounts.get(account.id)?.name, 'First');
  });

  it('verifies an account, and says who is signed in', async () => {
    const account = await accounts.add(definition, {});
    void run('verifyAccount', account);
    assert.equal((await message()).text, '"Main" is signed in as Ann.');
    editor.reset();
    identity = () =>
      Promise.resolve({
        name: 'Ann',
        warning: { title: 'No administrator.', detail: 'Lists are empty.', retryable: false },
      });
    void run('verifyAccount', account);
    assert.deepEqual(
      [(await message()).kind, (await message()).text],
      ['warning', 'No administrator. Lists are empty.'],
    );
  });

  it('offers to edit an account that does not work, and the log', async () => {
    const account = await accounts.add(definition, {});
    identity = () => Promise.reject(new HttpError('authentication', 'Wrong secret.'));
    void run('verifyAccount', account);
    const { kind, text, buttons } = await message();
    assert.equal(kind, 'error');
    assert.match(text, /Wrong secret\./);
    assert.deepEqual(buttons, ['Edit Account', 'Show Log']);
  });

  it('says before it removes an account what goes with it, and removes it only if asked to', async () => {
    const account = await accounts.add(definition, { clientSecret: 's' });
    const other = await accounts.add({ ...definition, name: 'Other' }, {});
    const own = childPath(accountPath(account.id), 'connection', 'c');
    const foreign = childPath(accountPath(other.id), 'connection', 'c');
    const lists = {
      drafts: { list: () => Promise.resolve([{ resource: { path: own } }, { resource: { path: foreign } }]) },
      panels: { list: () => [own, own, foreign] },
      watches: { list: () => [own, foreign] },
    } as unknown as Partial<Context>;
    const side = (scheme: string, path: ResourcePath): Uri =>
      Uri.from({ scheme, query: toQuery({ source: { path }, services: [] }) });
    const json = Uri.from({ scheme: jsonScheme, query: own });
    const tabs = [
      new TabInputTextDiff(side(compareScheme, foreign), side(compareScheme, own)),
      new TabInputTextDiff(side(compareScheme, foreign), side(compareScheme, foreign)),
      new TabInputTextDiff(side('git', own), side('git', own)),
      new TabInputTextDiff(json, json),
    ].map((input) => ({ input }));
    for (const button of [undefined, 'Remove']) {
      editor.reset();
      editor.tabs = tabs;
      const done = run('removeAccount', account, lists);
      const asked = await message();
      assert.equal(asked.text, 'Remove the account "Main" for Adobe Customer Journey Analytics?');
      assert.deepEqual(asked.detail.split('\n'), [
        'The saved credentials are deleted from this computer. Nothing changes at the service.',
        'Unsent documents: 1. They stay open as untitled documents.',
        'Details that will be closed: 2.',
        'Comparisons that will be closed: 2.',
        'Resources that will no longer be watched: 1.',
      ]);
      asked.press(button);
      await done;
      assert.equal(accounts.list().length, button === undefined ? 2 : 1);
    }
    assert.deepEqual(
      accounts.list().map(({ name }) => name),
      ['Other'],
    );
  });

  it('adds the sample of each service once, and names the service of all but the first', async () => {
    services.push(service({ id: 'datadog', title: 'Datadog' }));
    editor.inputs.choices.push('All');
    await run('exploreSample');
    editor.inputs.choices.push('All');
    await run('exploreSample');
    services.pop();
    assert.deepEqual(
      accounts.list().map(({ name, sample }) => [name, sample]),
      [
        ['Sample Data', true],
        ['Sample Data – Datadog', true],
      ],
    );
    assert.deepEqual(editor.executed[0], ['connectionsExplorer.connections.focus']);
  });
});
