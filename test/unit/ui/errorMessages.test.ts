import { editor } from '../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { isSameName } from '../../../src/shared/plainText';
import { pickAccount, type RowArguments } from '../../../src/features/accounts/prompts';
import { reportError, reportWarning } from '../../../src/ui/messages';
import { accountToEdit } from '../../../src/core/services/common/problem';
import { HttpError, type AccountTerms } from '../../../src/core/http/errors';
import { accountPath, childPath } from '../../../src/core/services/contract/path';
import type { Account } from '../../../src/core/services/contract/signIn';
import { createAccount, settle } from '../../support/fakes/store';

beforeEach(() => {
  editor.reset();
});

describe('A failure', () => {
  const terms: AccountTerms = {
    id: 'a',
    name: 'Main',
    service: 'Adobe CJA',
    secrets: [],
    addresses: [],
    hasPages: false,
  };

  it('is shown with its account, and with what can be done about it', async () => {
    let done = '';
    reportError(
      new HttpError('network', 'No route.', { account: terms }),
      { title: 'Retry', run: () => (done += 'again') },
      { title: 'Show Log', run: () => (done += 'log') },
    );
    const [{ kind, text, buttons, press } = assert.fail('nothing told')] = editor.inputs.messages;
    assert.deepEqual([kind, buttons, done], ['error', ['Retry', 'Show Log'], '']);
    assert.match(text, /Main.*No route\./);
    press('Show Log');
    await settle();
    assert.equal(done, 'log');
    reportError(new Error('secret text'));
    assert.ok(!editor.inputs.texts[1]?.includes('secret'));
    editor.inputs.messages[1]?.press();
    await settle();
    assert.equal(done, 'log', 'it was closed');
  });

  it('that is only information is a warning', () => {
    reportWarning(undefined);
    reportWarning({ title: 'You see a part.', detail: 'A right is missing.', retryable: false });
    assert.deepEqual(
      editor.inputs.messages.map(({ kind }) => kind),
      ['warning'],
    );
    assert.match(editor.inputs.texts[0] ?? '', /You see a part\. A right is missing\./);
  });

  it('is fixed in the form of the account that it blames, if there is one', () => {
    const blames = (account?: AccountTerms, kind: HttpError['kind'] = 'authentication'): unknown =>
      accountToEdit(new HttpError(kind, 'No.', { account }));
    assert.equal(blames(terms), accountPath('a'));
    assert.deepEqual(
      [blames({ ...terms, id: undefined }), blames(), blames(terms, 'network')],
      [undefined, undefined, undefined],
    );
    assert.equal(accountToEdit(new Error('No.')), undefined);
  });
});

describe('The account that a command is for', () => {
  const accounts: readonly Account[] = [
    createAccount('a'),
    { ...createAccount('b'), production: true },
    createAccount('c'),
  ];
  const row = (id: string): string => childPath(accountPath(id), 'connection', 'x');
  const picked = async (
    args: RowArguments,
    choice?: string,
    list = accounts,
  ): Promise<string | undefined> => {
    editor.inputs.choices.push(choice);
    const get = (id: string): Account | undefined => list.find((each) => each.id === id);
    const account = await pickAccount({ accounts: { list: () => list, get } }, args, {
      title: 'Edit Account',
      placeHolder: 'Choose',
    });
    editor.inputs.choices.length = 0;
    return account?.id;
  };

  it('is that of its rows, if they have the same one', async () => {
    assert.equal(await picked({ path: row('b') }), 'b');
    assert.equal(await picked({ path: row('b'), paths: [row('a'), accountPath('a')] }), 'a');
    assert.equal(await picked({ path: row('b'), paths: [] }), 'b');
    assert.equal(await picked({ path: row('gone') }), undefined);
    assert.deepEqual(editor.inputs.offered, []);
  });

  it('is chosen among those of the rows, or among all, with service and mark', async () => {
    assert.equal(await picked({ paths: [row('a'), row('b')] }, 'Account b'), 'b');
    assert.deepEqual(
      editor.inputs.offered.map(({ label, description }) => [label, description]),
      [
        ['Account a', 'Adobe Customer Journey Analytics'],
        ['Account b', 'Adobe Customer Journey Analytics · production'],
      ],
    );
    for (const path of [undefined, 7, 'no path']) {
      assert.equal(await picked({ path }, 'Account c'), 'c');
      assert.equal(editor.inputs.offered.length, 3);
    }
    assert.equal(await picked({}), undefined, 'none was chosen');
    assert.deepEqual(editor.inputs.texts, []);
  });

  it('is none if there is none, which is reported', async () => {
    assert.equal(await picked({}, undefined, []), undefined);
    assert.deepEqual(editor.inputs.texts, ['There are no accounts. Add an account first.']);
  });
});

it('a name is typed as it is shown, whatever its spaces', () => {
  assert.ok(isSameName(' My  account', 'My\u00A0account'));
  assert.ok(isSameName('a', 'a\u200B'));
  for (const [typed, name] of [
    ['my account', 'My account'],
    ['', ''],
    [' ', '\u200B'],
    ['My', 'My account'],
  ] as const)
    assert.ok(!isSameName(typed, name), name);
});
