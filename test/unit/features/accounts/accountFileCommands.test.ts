import { editor } from '../../../support/vscode/vscode';
import { Uri } from '../../../support/vscode/values';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Account } from '../../../../src/core/services/contract/signIn';
import { exportToFile, importFromFile } from '../../../../src/features/accounts/accountFileCommands';
import { Accounts } from '../../../../src/features/accounts/accounts';
import { FakeStorage, service } from '../../../support/fakes/accounts';
import { settle } from '../../../support/fakes/store';

const settings = { orgId: 'A@AdobeOrg', clientId: 'c' };
const main = { service: 'cja', name: 'Main', settings };
const second = { ...main, name: 'Second', settings: { ...settings, orgId: 'B@AdobeOrg' } };

describe('A file of accounts', () => {
  const file = Uri.parse('memory:/accounts.json');
  const services = [service()];
  let signedIn: readonly string[] = [];
  let accounts: Accounts;

  function open(): Accounts {
    const storage = new FakeStorage();
    return new Accounts(storage.memento(), storage.secretStorage(), services);
  }
  const context = (cancels = false): Parameters<typeof importFromFile>[0] => ({
    ...{ accounts, services },
    signIn: ({ name }: Account) => {
      signedIn = [...signedIn, name];
      return Promise.resolve(!cancels);
    },
  });
  const written = (): string => Buffer.from(editor.files.get(file.toString())?.bytes ?? []).toString();
  const names = (): readonly string[] => accounts.list().map(({ name }) => name);

  /** Imports the file into a computer with these accounts, and presses a button of the message about it. */
  async function importing(chosen: string, button?: string, cancels = false): Promise<void> {
    editor.inputs.reset();
    editor.inputs.choices.push(chosen);
    const done = importFromFile(context(cancels));
    for (let turn = 0; turn < 50 && editor.inputs.messages.length === 0; turn++) await settle();
    editor.inputs.messages[0]?.press(button);
    await done;
  }

  beforeEach(async () => {
    editor.reset();
    editor.files.clear();
    [editor.savedFile, editor.chosenFiles, signedIn] = [file, [file], []];
    accounts = open();
    await accounts.add(main, { clientSecret: 'canary-secret' });
  });

  it('has the accounts that were chosen, without their secrets', async () => {
    await exportToFile(context());
    assert.deepEqual(editor.inputs.statusMessages, ['$(check) Accounts exported without their secrets: 1']);
    assert.match(written(), /Main/);
    assert.doesNotMatch(written(), /canary/);
    await accounts.add(second, {});
    editor.inputs.choices.push('Second');
    await exportToFile(context());
    assert.deepEqual(
      editor.inputs.offered.map(({ picked }) => picked),
      [true, true],
      'all are selected at first',
    );
    assert.doesNotMatch(written(), /Main/);
    assert.match(written(), /Second/);
  });

  it('is not written if nothing was chosen, and has no sample', async () => {
    await accounts.add(second, {});
    await exportToFile(context());
    editor.inputs.choices.push('none of them');
    await exportToFile(context());
    [accounts, editor.savedFile] = [open(), undefined];
    await accounts.add({ ...main, sample: true }, {});
    await exportToFile(context());
    await accounts.add(main, {});
    await exportToFile(context());
    assert.equal(editor.files.size, 0);
    assert.deepEqual(editor.inputs.texts, ['There are no accounts. Add an account first.']);
  });

  it('says why it could not be written', async () => {
    editor.readOnly = true;
    await exportToFile(context());
    editor.readOnly = false;
    assert.deepEqual(
      [editor.inputs.messages.map(({ kind }) => kind), editor.inputs.statusMessages],
      [['error'], []],
    );
  });

  it('adds what is chosen to another computer, and leads to the sign-in of each', async () => {
    await accounts.add(second, {});
    editor.inputs.choices.push('Main, Second');
    await exportToFile(context());
    accounts = open();
    await importing('Main, Second', 'Sign In');
    assert.deepEqual(editor.inputs.texts, ['Accounts added: 2. Enter their credentials to sign in.']);
    assert.deepEqual(
      [names(), signedIn],
      [
        ['Main', 'Second'],
        ['Main', 'Second'],
      ],
    );
    assert.deepEqual(
      editor.inputs.offered.map(({ picked }) => picked),
      [true, true],
    );
    accounts = open();
    signedIn = [];
    await importing('Main, Second', 'Sign In', true);
    assert.deepEqual(signedIn, ['Main'], 'who cancels one is not asked for the next');
    accounts = open();
    signedIn = [];
    await importing('Second');
    assert.deepEqual([names(), signedIn], [['Second'], []]);
  });

  it('offers to sign in only to what could be added', async () => {
    await accounts.add(second, {});
    editor.inputs.choices.push('Main, Second');
    await exportToFile(context());
    for (const [names, kinds] of [
      [[], ['error']],
      [['Main'], ['error', 'information']],
    ] as const) {
      editor.inputs.reset();
      editor.inputs.choices.push('Main, Second');
      const full = open();
      const add: Accounts['add'] = (account) =>
        full.list().length < names.length ? full.add(account) : Promise.reject(new Error('No space.'));
      const done = importFromFile({ ...context(), accounts: { list: () => full.list(), add } });
      for (let turn = 0; turn < 50; turn++) await settle();
      assert.deepEqual(
        editor.inputs.messages.map(({ kind }) => kind),
        kinds,
      );
      for (const message of editor.inputs.messages) message.press();
      await done;
    }
  });

  it('does not select what exists, and names another one with the same name', async () => {
    await exportToFile(context());
    await importing('Main');
    const [same] = editor.inputs.offered;
    assert.equal(same?.picked, false);
    assert.match(same.detail ?? '', /^The same account exists as "Main"\./);
    accounts = open();
    await accounts.add({ ...second, name: 'Main' }, {});
    await importing('Main');
    const [other] = editor.inputs.offered;
    assert.equal(other?.picked, true);
    assert.match(other.detail ?? '', /^It will be named "(.+)", because the name is taken\.$/);
    assert.equal(new Set(names()).size, 2);
  });

  it('changes nothing if it is too large, empty or none, and says so', async () => {
    const holds = (text: string, size = text.length): void => {
      editor.files.set(file.toString(), { type: 1, size, bytes: Buffer.from(text) });
    };
    holds('x', 1_000_001);
    await importing('Main');
    assert.deepEqual(editor.inputs.texts, ['The file is too large for a file of accounts.']);
    for (const size of [1, 1_000_000]) {
      holds('x', size);
      await importing('Main');
      assert.match(editor.inputs.texts.join(), /^Line 1: The file is not valid JSON/);
    }
    await exportToFile(context());
    holds(JSON.stringify({ ...(JSON.parse(written()) as object), accounts: [] }));
    await importing('Main');
    assert.deepEqual(editor.inputs.texts, ['The file has no accounts.']);
    editor.chosenFiles = undefined;
    await importing('Main');
    assert.deepEqual([editor.inputs.texts, names()], [[], ['Main']]);
  });
});
