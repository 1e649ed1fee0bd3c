import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApiAccount } from '../../src/api';
import { settings } from '../../src/shared/contributions';
import type { RecordedRequest } from '../../src/sample/common/exchange';
import { completions, hoverText, open, withSetting } from './editors';
import { signedIn, until, type Signed } from './explorer';

/** Ids of the service's form that no account has. */
const unknown = (number: number): string => `dg_0000000${number}-0000-4000-8000-00000000000a`;

describe('interrupted look-ups in editors', () => {
  let signed: Signed;
  beforeEach(async () => {
    signed = await signedIn({ connections: 6, datasets: 2 });
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await signed.end();
  });

  const asked = (part: string): readonly RecordedRequest[] =>
    signed.sample.requests.filter(({ path }) => path.includes(part));
  const isOver = (): boolean =>
    signed.sample.requests.every(({ status, cancelled }) => status !== 0 || cancelled);

  /** Shows the hover of an ID whose answer never arrives, and waits for its request. */
  async function hoverThatHangs(id: string): Promise<void> {
    signed.sample.inject({ match: { path: new RegExp(id) }, hang: true });
    const document = await open(id, 'plaintext');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('editor.action.showHover');
    await until(() => asked(id).length === 1, 'the id is asked for');
    assert.equal(isOver(), false);
  }

  async function second(): Promise<ApiAccount> {
    const { settings, secrets } = signed.sample.credentials('cja');
    return signed.api.accounts.add(
      { service: 'cja', name: 'Second', settings: { ...settings } },
      { ...secrets },
    );
  }

  it('are canceled at the service when the editor is closed while a hover waits', async () => {
    await hoverThatHangs(unknown(1));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until(isOver, 'no request is left');
    assert.deepEqual(
      asked(unknown(1)).map(({ cancelled }) => cancelled),
      [true],
    );
  });

  it('are canceled at the service when the hover is closed', async () => {
    await hoverThatHangs(unknown(2));
    await vscode.commands.executeCommand('editor.action.hideHover');
    await until(isOver, 'no request is left');
    assert.equal(asked(unknown(2)).length, 1);
  });

  it('load the list once when the editor is closed while completion waits for it', async () => {
    signed.sample.inject({ match: { path: /\/connections$/ }, delay: 500, times: 1 });
    const document = await open('"dg_"', 'json');
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 4, 0, 4);
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await until(() => asked('/connections').length === 1, 'the list is asked for');
    assert.equal(isOver(), false, 'the answer is still to come');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until(isOver, 'the answer has come');
    const items = await completions(await open('"dg_"', 'json'), 0, 4);
    assert.ok(items.some(({ detail }) => detail?.includes('Test')));
    assert.equal(asked('/connections').length, 1);
  });

  it('ask the remaining accounts again when one is removed meanwhile', async () => {
    const { id } = await second();
    signed.sample.inject({ match: { path: new RegExp(unknown(3)) }, hang: true, times: 2 });
    const hover = hoverText(await open(unknown(3), 'plaintext'), 0, 5);
    await until(() => asked(unknown(3)).length === 2, 'both accounts are asked');
    await signed.api.accounts.remove(id);
    assert.equal(await hover, '');
    assert.deepEqual(
      asked(unknown(3)).map(({ cancelled }) => cancelled),
      [true, true, false],
    );
  });

  it('show nothing for an ID whose account is removed, and send no request', async () => {
    const [connection = assert.fail()] = await signed.api.children();
    const document = await open(connection.id, 'plaintext');
    assert.notEqual(await hoverText(document, 0, 5), '');
    await signed.api.accounts.remove(signed.account.id);
    signed.sample.clearRequests();
    assert.equal(await hoverText(document, 0, 5), '');
    assert.deepEqual(
      (await completions(document, 0, 5)).filter(({ insertText }) => insertText === connection.id),
      [],
    );
    assert.deepEqual(signed.sample.requests, []);
  });

  it('are few for unknown IDs under the pointer, and none if that is off', async () => {
    const ids = Array.from({ length: 60 }, (_, at) => `${at}`.padStart(24, 'abcdef0123456789'));
    const document = await open(ids.join('\n'), 'plaintext');
    const lookUps = (): number =>
      signed.sample.requests.filter(({ query }) => query.has('dataSetIds')).length;
    await withSetting(settings.lookUpIds, false, async () => {
      for (const line of ids.keys()) await hoverText(document, line, 5);
    });
    assert.equal(lookUps(), 0);
    for (const round of [1, 2]) {
      for (const line of ids.keys()) await hoverText(document, line, 5);
      assert.ok(lookUps() > 0 && lookUps() <= 30, `${lookUps()} in round ${round}`);
    }
  });
});
