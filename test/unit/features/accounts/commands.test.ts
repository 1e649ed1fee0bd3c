import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import { accountPath, childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Problem } from '../../../../src/core/services/contract/resource';
import type { Account, Identity } from '../../../../src/core/services/contract/signIn';
import { Accounts } from '../../../../src/features/accounts/accounts';
import { accountCommands } from '../../../../src/features/accounts/commands';
import { compareScheme, jsonScheme } from '../../../../src/shared/identifiers';
import { toQuery } from '../../../../src/ui/documents/comparedText';
import { FakeStorage, field, method, service } from '../../../support/fakes/accounts';
import { settle } from '../../../support/fakes/store';
import type { InputBox, Message, QuickPick } from '../../../support/vscode/inputs';
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
    row?: Account | string,
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
    const argument = typeof row === 'object' ? accountPath(row.id) : row;
    const done = accountCommands[command].handler(context)(argument);
    return Promise.resolve(done);
  }
  async function message(): Promise<Message> {
    for (let turn = 0; turn < 50 && editor.inputs.messages.length === 0; turn++) await settle();
    return editor.inputs.messages.at(-1) ?? assert.fail('a message');
  }
  async function shown<T extends InputBox | QuickPick>(inputs: readonly T[]): Promise<T> {
    for (let turn = 0; turn < 50 && !inputs.at(-1)?.isShown; turn++) await settle();
    return inputs.at(-1) ?? assert.fail('an input');
  }
  const shownBox = (): Promise<InputBox> => shown(editor.inputs.boxes);
  /** A service whose form asks for a key and a name. */
  const plain = [service({ methods: [method('m', [field('apiKey', { secret: true })])], options: [] })];
  async function answer(texts: readonly string[], last: string): Promise<void> {
    for (const text of texts) {
      const box = await shownBox();
      box.type(text);
      box.accept();
      for (let turn = 0; turn < 5; turn++) await settle();
    }
    (await shown(editor.inputs.picks)).choose(last);
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

  it('says if the mark of the row is already as wanted, and changes nothing', async () => {
    const marked = await accounts.add({ ...definition, production: true }, {});
    const ordinary = await accounts.add({ ...definition, name: 'Second' }, {});
    await run('markProduction', marked);
    await run('unmarkProduction', ordinary);
    assert.deepEqual(editor.inputs.texts, [
      'Every account is marked as production.',
      'No account is marked as production.',
    ]);
    assert.deepEqual([editor.inputs.statusMessages, editor.inputs.boxes], [[], []]);
  });

  it('does nothing at the row of an account that was removed meanwhile', async () => {
    const account = await accounts.add(definition, {});
    await accounts.remove(account.id);
    for (const command of ['editAccount', 'renameAccount', 'verifyAccount', 'removeAccount'] as const)
      await run(command, account);
    assert.deepEqual([editor.inputs.texts, editor.inputs.boxes, editor.inputs.picks], [[], [], []]);
  });

  it('removes the mark only if the name is typed', async () => {
    const account = await accounts.add({ ...definition, production: true }, {});
    for (const [typed, isMarked] of [
      ['Mai', true],
      ['Main', false],
    ] as const) {
      const done = run('toggleProduction', account);
      const box = await shownBox();
      assert.deepEqual(box.buttons, [], 'there is no question to go back to');
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
    assert.deepEqual(box.buttons, [], 'there is no question to go back to');
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

  it('leads from there to the wrong answer, or to the log', async () => {
    const account = await accounts.add(definition, { clientSecret: 's' });
    identity = () =>
      Promise.reject(new HttpError('permission', 'Unknown organization.', { wrongField: 'orgId' }));
    void run('verifyAccount', account);
    (await message()).press('Edit Account');
    const box = await shownBox();
    assert.equal(box.title, 'Edit Account "Main" – ORGID');
    box.hide();
    editor.reset();
    const done = run('verifyAccount', account);
    (await message()).press('Show Log');
    await done;
    await settle();
    assert.deepEqual(editor.executed, [['connectionsExplorer.showLog']]);
  });

  it('says why an account could not be saved, whatever was to be saved', async () => {
    const account = await accounts.add(definition, {});
    const refuse = (): Promise<never> => Promise.reject(new HttpError('rejected', 'No keyring.'));
    Object.assign(accounts, { add: refuse, update: refuse });
    for (const [command, row, button] of [
      ['markProduction', account, undefined],
      ['exploreSample', 'cja', undefined],
      ['addAccount', undefined, 'Sign In'],
      ['editAccount', account, 'Verify and Save'],
    ] as const) {
      editor.reset();
      const done = run(command, row, { services: plain });
      if (button !== undefined) await answer(['first', 'New'], button);
      await done;
      assert.equal(editor.inputs.messages.length, 1, command);
      assert.deepEqual([editor.inputs.messages[0]?.kind, editor.inputs.statusMessages], ['error', []]);
      assert.match(editor.inputs.texts.join(), /No keyring\./, command);
    }
  });

  it('says why an account of a file could not be signed in to', async () => {
    const file = Uri.parse('memory:/accounts.json');
    const entry = { service: 'cja', name: 'New', production: false, settings: {} };
    const bytes = Buffer.from(JSON.stringify({ connectionsExplorerAccounts: 1, accounts: [entry] }));
    editor.files.set(file.toString(), { type: 1, size: bytes.length, bytes });
    editor.chosenFiles = [file];
    editor.inputs.choices.push('New');
    accounts.update = () => Promise.reject(new HttpError('rejected', 'No keyring.'));
    const done = run('importAccounts', undefined, { services: plain });
    (await message()).press('Sign In');
    await answer(['first', 'New'], 'Verify and Save');
    await done;
    assert.match(editor.inputs.texts.at(-1) ?? '', /No keyring\./);
  });

  it('cannot edit the credentials of the sample, and does not offer it', async () => {
    const account = await accounts.add({ ...definition, sample: true }, {});
    await run('editAccount', account);
    assert.deepEqual(editor.inputs.texts, ['The sample account has no credentials to edit.']);
    editor.reset();
    identity = () => Promise.reject(new HttpError('network', 'No route.'));
    void run('verifyAccount', account);
    assert.deepEqual((await message()).buttons, ['Show Log']);
  });

  it('edits an account from the answer on that its row or its list has found wrong', async () => {
    const account = await accounts.add(definition, { clientSecret: 's' });
    const problem: Problem = {
      ...{ title: 'Unknown organization.', detail: '', retryable: false },
      ...{ editsAccount: true, wrongField: 'orgId' },
    };
    const own = accountPath(account.id);
    const connection = childPath(own, 'connection', 'c');
    const failing = (path: ResourcePath, found = problem): Partial<Context> => ({
      store: { getFailure: (list) => (list === path ? found : undefined) },
    });
    for (const [row, failed] of [
      [childPath(connection, 'dataset', 'd'), connection],
      [childPath(connection, 'dataset', 'd'), own],
      [undefined, own],
    ] as const) {
      editor.reset();
      editor.inputs.choices.push('Main');
      const done = run('editAccount', row, failing(failed));
      const box = await shownBox();
      assert.equal(box.title, 'Edit Account "Main" – ORGID');
      assert.match(box.validationMessage ?? '', /^Unknown organization\./);
      box.hide();
      await done;
    }
    editor.reset();
    const done = run('editAccount', own, failing(own, { ...problem, editsAccount: false }));
    const methods = await shown(editor.inputs.picks);
    assert.equal(methods.title, 'Edit Account "Main"', 'another problem is no reason to correct an answer');
    methods.hide();
    await done;
    assert.deepEqual(accounts.get(account.id), account);
  });

  it('adds and edits an account, and passes on what the service says to who signs in', async () => {
    const warning = { title: 'No administrator.', detail: '', retryable: false };
    identity = () => Promise.resolve({ name: 'Ann', warning });
    const added = run('addAccount', undefined, { services: plain });
    await answer(['first', 'New'], 'Sign In');
    await added;
    const [account = assert.fail()] = accounts.list();
    assert.deepEqual([account.name, editor.inputs.texts], ['New', ['No administrator.']]);
    editor.reset();
    const edited = run('editAccount', account, { services: plain });
    await answer(['second', 'Newer'], 'Verify and Save');
    await edited;
    const { account: saved, secrets } = await accounts.credentials(account.id);
    assert.deepEqual(
      [saved.name, secrets, editor.inputs.texts],
      ['Newer', { apiKey: 'second' }, ['No administrator.']],
    );
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

  it('says before an account is removed nothing of what it does not have', async () => {
    const account = await accounts.add(definition, {});
    const path = accountPath(account.id);
    const one = { list: () => [path] };
    const kinds = [
      [{}, undefined],
      [{ panels: one }, 'Details that will be closed: 1.'],
      [{ watches: one }, 'Resources that will no longer be watched: 1.'],
    ] as const;
    for (const [parts, line] of kinds) {
      editor.reset();
      const done = run('removeAccount', account, parts);
      const asked = await message();
      assert.deepEqual(asked.detail.split('\n').slice(1), line === undefined ? [] : [line]);
      asked.press();
      await done;
    }
  });

  it('adds the sample of the service that is named without a question, and none if none is chosen', async () => {
    services.push(service({ id: 'datadog', title: 'Datadog' }));
    await run('exploreSample');
    assert.deepEqual([accounts.list(), editor.executed], [[], []]);
    assert.deepEqual(
      editor.inputs.offered.map(({ label }) => label),
      ['Adobe CJA', 'Datadog', 'All'],
    );
    editor.reset();
    await run('exploreSample', 'datadog');
    services.pop();
    assert.deepEqual(
      [accounts.list().map(({ name }) => name), editor.inputs.offered],
      [['Sample Data – Datadog'], []],
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
