import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { abortError } from '../../../../src/core/base/abort';
import { HttpError } from '../../../../src/core/http/errors';
import { accountPath, childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import { linkCommands } from '../../../../src/features/links/commands';
import { Links } from '../../../../src/features/links/links';
import { account, createAccount, resource, settle } from '../../../support/fakes/store';
import { Served } from '../../../support/served';
import { Uri } from '../../../support/vscode/values';

const web = resource(account, 'connection', 'dg_1', 'Web');
const set = resource(web.path, 'dataset', '5f24', 'Orders');
const link = 'service=cja&connection=dg_1&dataset=5f24';
const extensionId = 'connections-explorer.connections-explorer';

/** A window with accounts that gets links. */
class LinkedWindow implements Disposable {
  readonly served: Served;
  readonly opened: ResourcePath[] = [];
  readonly others: string[] = [];
  /** What opening details fails with. */
  failure: Error | undefined;
  readonly links: Links;

  constructor(...accounts: readonly string[]) {
    editor.reset();
    this.served = new Served({}, accounts);
    this.served.lists.set(account, [web]);
    this.served.lists.set(web.path, [set]);
    const panels = {
      open: (path: ResourcePath) => {
        this.opened.push(path);
        return this.failure ? Promise.reject(this.failure) : Promise.resolve();
      },
    };
    const others = { handleUri: (uri: { readonly path: string }) => void this.others.push(uri.path) };
    this.links = new Links({ store: this.served.store, panels, extensionId }, others);
  }

  [Symbol.dispose](): void {
    this.served.store.dispose();
  }

  /** A link arrives from outside. */
  async arrive(query: string, path = '/open'): Promise<void> {
    void this.links.handleUri(Uri.from({ scheme: 'vscode', path, query }) as never);
    await this.rest();
  }

  async answer(button?: string): Promise<void> {
    editor.inputs.messages.at(-1)?.press(button);
    await this.rest();
  }

  async rest(): Promise<void> {
    for (let turn = 0; turn < 30; turn++) await settle();
  }

  get texts(): readonly string[] {
    return editor.inputs.texts;
  }
}

describe('A link that is opened', () => {
  it('is asked about before anything is requested, and shows the details of what it names', async () => {
    using window = new LinkedWindow('a');
    await window.arrive(link);
    const [question] = editor.inputs.messages;
    assert.equal(question?.text, 'Open the link to Dataset "5f24" of Adobe Customer Journey Analytics?');
    assert.deepEqual([question.modal, question.buttons], [true, ['Open']]);
    assert.match(question.detail, /^It is looked for in the account ".+"\.$/);
    assert.deepEqual(window.served.calls, []);
    await window.answer('Open');
    assert.deepEqual(window.opened, [set.path]);
  });

  it('says why the details could not be opened, unless they were canceled, and takes the next link', async () => {
    using window = new LinkedWindow('a');
    for (const [failure, texts] of [
      [abortError(), 1],
      [new HttpError('server', 'It is down.'), 2],
    ] as const) {
      editor.inputs.reset();
      window.failure = failure;
      await window.arrive(link);
      await window.answer('Open');
      assert.equal(window.texts.length, texts);
    }
    assert.match(window.texts.at(-1) ?? '', /It is down\./);
    assert.equal(window.opened.length, 2);
  });

  it('requests nothing where the user declines', async () => {
    using window = new LinkedWindow('a');
    await window.arrive(link);
    await window.answer();
    assert.deepEqual([window.served.calls, window.opened, window.texts.length], [[], [], 1]);
  });

  it('is looked for in the accounts of its service alone, and asked about where several have it', async () => {
    using window = new LinkedWindow('a', 'b', 'c');
    const [a, b, c] = ['a', 'b', 'c'].map(createAccount) as [never, never, never];
    window.served.replaceAccounts(a, b, { ...(c as object), service: 'immuta' } as never);
    const other = resource(accountPath('b'), 'connection', 'dg_1', 'Web');
    window.served.lists.set(accountPath('b'), [other]);
    window.served.lists.set(other.path, [resource(other.path, 'dataset', '5f24')]);
    editor.inputs.choices.push('Account b');
    await window.arrive(link);
    await window.answer('Open');
    assert.equal(window.served.asked(accountPath('c')), 0);
    const service = 'Adobe Customer Journey Analytics';
    assert.deepEqual(
      editor.inputs.offered.map(({ label, description }) => [label, description]),
      [
        ['Account a', service],
        ['Account b', service],
      ],
    );
    assert.deepEqual(window.opened, [childPath(other.path, 'dataset', '5f24')]);
  });

  it('says that no account has it, and why of each', async () => {
    using window = new LinkedWindow('a');
    await window.arrive('service=cja&connection=dg_9');
    await window.answer('Open');
    assert.match(window.texts[1] ?? '', /dg_9 was not found in "Account a"\./);
    window.served.replaceAccounts(createAccount('a'), createAccount('b'));
    await window.arrive('service=cja&connection=dg_9');
    await window.answer('Open');
    assert.match(
      window.texts[3] ?? '',
      /^No account has Connection "dg_9" of Adobe Customer Journey Analytics\. Account a: .* Account b: /,
    );
    assert.deepEqual(window.opened, []);
  });

  it('says why no account could be asked', async () => {
    using window = new LinkedWindow('a');
    window.served.lists.set(account, new HttpError('authentication', 'The token has expired.'));
    await window.arrive(link);
    await window.answer('Open');
    assert.match(window.texts[1] ?? '', /The token has expired\./);
  });

  it('offers to add an account where there is none of its service', async () => {
    using window = new LinkedWindow('a');
    await window.arrive('service=immuta&connection=PG');
    assert.deepEqual(window.texts, [
      'The link leads to Connection "PG" of Immuta. You have no account of this service.',
    ]);
    await window.answer('Add Account');
    assert.equal(editor.executed.at(-1)?.[0], 'connectionsExplorer.addAccount');
    assert.deepEqual(window.served.calls, []);
  });

  it('is refused kindly where it is hostile, and asks nothing of anybody', async () => {
    using window = new LinkedWindow('a');
    for (const query of ['', 'service=cja&connection=..', 'service=evil&connection=1', 'x'.repeat(1e6)])
      await window.arrive(query);
    assert.equal(window.texts.length, 4);
    assert.ok(window.texts.every((text) => text.startsWith('The link cannot be opened.')));
    assert.ok(editor.inputs.messages.every(({ modal }) => !modal));
    assert.deepEqual(window.served.calls, []);
  });

  it('is dropped while another one is asked about, as in a flood of them', async () => {
    using window = new LinkedWindow('a');
    for (let count = 0; count < 50; count++) await window.arrive(link);
    assert.equal(window.texts.length, 1);
    await window.answer('Open');
    assert.deepEqual(window.opened, [set.path]);
    await window.arrive(link);
    assert.equal(window.texts.length, 2, 'the next one is asked about');
  });

  it('shows a name as text alone', async () => {
    using window = new LinkedWindow('a');
    await window.arrive('service=cja&connection=~5Bx~5D(command:evil)');
    await window.arrive('service=cja&connection=~5Bx~5D~28command:evil~29');
    await window.arrive('service=cja&connection=~5Bx~5D~28command~3Aevil~29');
    const texts = window.texts.join('\n');
    assert.ok(!texts.includes('](command:'), texts);
  });

  it('that is none is left to others', async () => {
    using window = new LinkedWindow('a');
    await window.arrive('state=1', '/consent');
    assert.deepEqual([window.others, window.texts], [['/consent'], []]);
  });
});

describe('Copy Link', () => {
  beforeEach(() => {
    editor.reset();
  });

  it('copies a link a line with service and IDs, and nothing of the account', async () => {
    using window = new LinkedWindow('a');
    const targets = { some: () => Promise.resolve([web, set]) };
    await linkCommands.copyLink.handler({ targets, links: window.links } as never)();
    assert.deepEqual(editor.clipboard.split('\n'), [
      `vscode://${extensionId}/open?service=cja&connection=dg_1`,
      `vscode://${extensionId}/open?${link}`,
    ]);
  });

  it('says why there is none for an ID that cannot be part of it', async () => {
    using window = new LinkedWindow('a');
    editor.clipboard = '';
    const odd = { ...web, path: childPath(account, 'connection', '..') };
    const targets = { some: () => Promise.resolve([odd]) };
    await linkCommands.copyLink.handler({ targets, links: window.links } as never)();
    assert.match(window.texts[0] ?? '', /^There is no link to this row/);
    assert.equal(editor.clipboard, '');
  });
});
