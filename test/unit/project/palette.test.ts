/** The palette offers what an account can use, and little without one. */
import { editor } from '../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { Emitter } from '../../../src/core/base/emitter';
import { services } from '../../../src/core/services/registry';
import { AccountKeys } from '../../../src/features/accounts/accountKeys';
import { actionCommands } from '../../../src/features/actions/commands';
import { commands, settingsSection } from '../../../src/shared/contributions';
import { root } from '../../scripts/lib/paths';
import { createAccount } from '../../support/fakes/store';

const Manifest = v.object({
  contributes: v.object({
    menus: v.object({ commandPalette: v.array(v.object({ command: v.string(), when: v.string() })) }),
  }),
});
const { contributes } = v.parse(Manifest, read('package.json'));
const conditions = new Map(contributes.menus.commandPalette.map(({ command, when }) => [command, when]));

const MAX_WITHOUT_ACCOUNT = 8;

/** What is of use without an account. */
const WITHOUT_ACCOUNT: readonly string[] = [
  commands.addAccount,
  commands.importAccounts,
  commands.exploreSample,
  commands.showLog,
];

/** Commands of documents, which are sent or left by them. */
const OF_DOCUMENTS = ['sendDraft', 'sendReviewed', 'keepEditing'];
const VERBS = Object.keys(actionCommands).filter((name) => !OF_DOCUMENTS.includes(name));

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(root, name), 'utf8'));
}

/** The value of a when-clause of the palette: keys, `==`, `=~`, `!` and `&&`. Keys that are not set are false. */
function holds(when: string, context: ReadonlyMap<string, unknown>): boolean {
  return when.split(' && ').every((part) => {
    const [, negated, key = '', operator, value = ''] =
      /^(!?)([\w.]+)(?: (==|=~) (\S+))?$/.exec(part) ?? assert.fail(`cannot read: ${part}`);
    if (operator === '==') return context.get(key) === value;
    if (operator === '=~') {
      const text = context.get(key);
      return typeof text === 'string' && new RegExp(value.slice(1, -1)).test(text);
    }
    return (context.get(key) === true) === (negated === '');
  });
}

/** What the palette offers with one account of each of some services. */
function offeredTo(...ids: readonly string[]): readonly string[] {
  editor.reset();
  const list = ids.map((service) => ({ ...createAccount(service), service }));
  const changed = new Emitter<readonly string[]>();
  const keys = new AccountKeys({ list: () => list, onDidChange: changed.event }, services);
  keys.dispose();
  return Object.values(commands).filter((id) => {
    const when = conditions.get(id);
    return when === undefined || holds(when, editor.contexts);
  });
}

describe('The Command Palette', () => {
  it(`offers at most ${String(MAX_WITHOUT_ACCOUNT)} commands without an account, those that need none`, () => {
    const offered = offeredTo();
    assert.ok(offered.length <= MAX_WITHOUT_ACCOUNT, offered.join());
    assert.deepEqual(offered.toSorted(), WITHOUT_ACCOUNT.toSorted());
  });

  it('offers for an account of an unknown service only what works with any account', () => {
    const offered = offeredTo('later');
    for (const verb of VERBS) assert.ok(!offered.includes(`${settingsSection}.${verb}`), verb);
    assert.ok(offered.includes(commands.removeAccount));
  });

  for (const { id, capabilities, glossaries } of services)
    it(`offers the actions of ${id}, and no others`, () => {
      const offered = offeredTo(id);
      const verbs = VERBS.filter((verb) => offered.includes(`${settingsSection}.${verb}`));
      assert.deepEqual(
        verbs.toSorted(),
        VERBS.filter((verb) => capabilities.some((each) => each === verb)).toSorted(),
      );
      const has = (command: string): boolean => offered.includes(command);
      assert.equal(has(commands.showGlossary), glossaries !== undefined);
      assert.ok(has(commands.refreshStatus));
      assert.equal(has(commands.watch), capabilities.includes('runs'));
      assert.equal(has(commands.copyShortId), capabilities.includes('shortIds'));
    });

  it('offers what any of several accounts can use, and follows added and removed accounts', () => {
    const both = offeredTo('cja', 'immuta');
    assert.ok(both.includes(commands.activate) && both.includes(commands.duplicate));
    let list = [{ ...createAccount('a'), service: 'immuta' }];
    const changed = new Emitter<readonly string[]>();
    const keys = new AccountKeys({ list: () => list, onDidChange: changed.event }, services);
    assert.equal(editor.contexts.get('connectionsExplorer.has.activate'), true);
    list = [];
    changed.fire(['a']);
    assert.equal(editor.contexts.get('connectionsExplorer.has.activate'), false);
    assert.equal(editor.contexts.get('connectionsExplorer.hasAccounts'), false);
    keys.dispose();
  });

  it('finds the command that adds an account by the name of every service, in both languages', () => {
    for (const file of ['package.nls.json', 'package.nls.de.json']) {
      const texts = v.parse(v.record(v.string(), v.string()), read(file));
      const title = texts['command.addAccount']?.toLowerCase() ?? '';
      for (const service of services) {
        const [company = ''] = service.title.toLowerCase().split(' ');
        assert.ok(title.includes(company) && title.includes(service.id), `${file}: ${service.id}`);
      }
    }
  });
});
