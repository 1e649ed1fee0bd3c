import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as vscode from 'vscode';
import { confirmAction, type ActionRequest } from '../../src/features/actions/confirmAction';
import { clearWay } from '../../src/features/actions/clearWay';
import { LostAnswers } from '../../src/features/actions/lostAnswers';
import { HttpError } from '../../src/core/http/errors';
import { accountPath, childPath } from '../../src/core/services/contract/path';
import { services } from '../../src/core/services/registry';
import type { Verb } from '../../src/core/services/contract/action';
import { ask } from '../../src/ui/messages';
import { idleAction } from '../support/getAction';

/** A modal question as VS Code is handed it. */
interface Shown {
  readonly modal: boolean;
  readonly buttons: readonly vscode.MessageItem[];
}

const everyVerb: Readonly<Record<Verb, true>> = {
  ...{ create: true, edit: true, duplicate: true, delete: true, activate: true, deactivate: true },
  ...{ validate: true, sync: true, start: true, enable: true, disable: true, link: true, unlink: true },
  ...{ cancel: true, createDataView: true },
};
const verbs = Object.keys(everyVerb) as readonly Verb[];
const path = childPath(accountPath('a'), 'connection', 'c');

const request: fc.Arbitrary<ActionRequest> = fc
  .record({ verb: fc.constantFrom(...verbs), service: fc.constantFrom(...services), name: fc.string() })
  .map(({ verb, service, name }) => ({
    action: { id: verb, verb, title: `Do ${verb}…`, confirmation: 'confirm', input: { kind: 'none' } },
    resource: { path, kind: 'connection', label: name },
    ancestors: [],
    account: { id: 'a', service: service.id, name, production: false, sample: false, settings: {} },
    service: service.title,
  }));

describe('a modal question about a change or a request', () => {
  const { showWarningMessage, showInformationMessage } = vscode.window;
  const shown: Shown[] = [];
  /** Which of the regular buttons is pressed: VS Code preselects the first, whose place is 0. */
  let pressed = 0;

  before(() => {
    const answer = (
      _message: string,
      { modal = false }: vscode.MessageOptions,
      ...buttons: readonly vscode.MessageItem[]
    ): Promise<unknown> => {
      shown.push({ modal, buttons });
      return Promise.resolve(buttons.filter(({ isCloseAffordance }) => !isCloseAffordance)[pressed]);
    };
    Object.assign(vscode.window, { showWarningMessage: answer, showInformationMessage: answer });
  });
  beforeEach(() => {
    shown.length = 0;
    pressed = 0;
  });
  after(() => {
    Object.assign(vscode.window, { showWarningMessage, showInformationMessage });
  });

  it('does nothing if Enter is pressed by mistake, for every action of every service', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (each) => {
        pressed = 0;
        assert.equal(await confirmAction(each), false);
        assert.equal(shown.at(-1)?.modal, true);
        pressed = 1;
        assert.equal(await confirmAction(each), true);
      }),
    );
  });

  it('does nothing if Enter is pressed for an action that may have been carried out already', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (each) => {
        const lost = new LostAnswers();
        lost.note(each, new HttpError('network', 'lost'), { isThere: undefined });
        pressed = 0;
        assert.equal(await lost.agree(each), false);
        pressed = 1;
        assert.equal(await lost.agree(each), true);
      }),
    );
  });

  it('does nothing if Enter is pressed when another action has to come first', async () => {
    const [each] = fc.sample(request, 1);
    assert.ok(each);
    const { action, account } = each;
    let cleared = false;
    await clearWay({
      ...{ action: idleAction(action), account, service: each.service, first: idleAction(action) },
      resource: { path, kind: 'connection', id: 'c', label: 'c', hasChildren: false },
      obstacle: { reason: 'Only inactive connections can be deleted.' },
      look: { offer: () => Promise.resolve(undefined), refresh: () => Promise.resolve() },
      clear: () => {
        cleared = true;
        return Promise.resolve();
      },
    });
    assert.deepEqual([cleared, shown.length], [false, 1]);
  });

  it('has a safe default button unless the action is harmless', async () => {
    assert.equal(await ask({ message: 'Remove?', buttons: ['Remove'] }), undefined);
    assert.equal(await ask({ message: 'Open a page?', buttons: ['Open'], harmless: true }), 'Open');
    assert.equal(await ask({ message: 'Stop?', buttons: ['Stop'], keep: 'Keep Running' }), undefined);
    assert.deepEqual(shown.at(-1)?.buttons[0]?.title, 'Keep Running');
  });
});
