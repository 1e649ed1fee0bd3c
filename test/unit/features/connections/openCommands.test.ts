import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { GlossaryTerm } from '../../../../src/core/services/contract/properties';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { openCommands } from '../../../../src/features/connections/openCommands';
import { account, createAccount, resource, settle } from '../../../support/fakes/store';

type Context = Parameters<(typeof openCommands)['openInBrowser']['handler']>[0];

const shop = resource(account, 'connection', 'dg_1', 'Shop');
const hidden = resource(account, 'connection', 'dg_2', 'Hidden');

describe('A command that opens something', () => {
  let revealed: readonly unknown[] = [];

  function run(
    command: keyof typeof openCommands,
    {
      rows = [],
      service = 'cja',
      terms = [],
      path,
    }: {
      readonly rows?: readonly Resource[];
      readonly service?: string;
      readonly terms?: readonly GlossaryTerm[];
      readonly path?: string;
    },
  ): Promise<void> {
    const context = {
      targets: {
        some: () => Promise.resolve(rows),
        among: () => Promise.resolve(rows),
        choose: () => Promise.resolve(rows[0]),
      },
      store: {
        account: () => ({ ...createAccount('a'), service }),
        accounts: () => [resource(account, 'account', 'a', 'Main')],
        session: () =>
          Promise.resolve({
            webLink: ({ id }: Resource) => (id === 'dg_2' ? undefined : `https://example.com/#/x#${id}`),
            glossaryTerms: () => Promise.resolve(terms),
          }),
      },
      view: { reveal: (shown: unknown) => Promise.resolve(void (revealed = [...revealed, shown])) },
    };
    return Promise.resolve(openCommands[command].handler(context as unknown as Context)(path));
  }

  beforeEach(() => {
    editor.reset();
    editor.clipboard = 'as before';
    revealed = [];
  });

  it('opens the pages of rows as the service made their addresses, and names rows without one', async () => {
    await run('openInBrowser', { rows: [shop, hidden] });
    assert.deepEqual(editor.executed, [['vscode.open', 'https://example.com/#/x#dg_1']]);
    assert.match(editor.inputs.texts.join(), /^Skipped .*"Hidden"\.$/);
  });

  it('asks before it opens more than ten pages', async () => {
    const rows = Array.from({ length: 11 }, (_, at) => resource(account, 'connection', `c${at}`));
    for (const [button, opened] of [
      [undefined, 0],
      ['Open', 11],
    ] as const) {
      editor.reset();
      const done = run('openInBrowser', { rows });
      while (editor.inputs.messages.length === 0) await settle();
      assert.equal(editor.inputs.texts[0], 'Open 11 pages in the browser?');
      editor.inputs.messages[0]?.press(button);
      await done;
      assert.equal(editor.executed.length, opened);
    }
    editor.reset();
    await run('openInBrowser', { rows: rows.slice(1) });
    assert.deepEqual([editor.executed.length, editor.inputs.texts], [10, []]);
  });

  it('copies the ID of the word that is chosen from a glossary', async () => {
    const terms: readonly GlossaryTerm[] = [
      { id: 'web', label: 'Web Data', description: 'Pages' },
      { id: 'crm', label: 'CRM Data' },
    ];
    editor.inputs.choices.push('CRM Data');
    await run('showGlossary', { terms, service: 'datadog' });
    assert.deepEqual(editor.inputs.texts, ['No glossary is available for these accounts.']);
    editor.reset();
    editor.inputs.choices.push('CRM Data');
    await run('showGlossary', { terms });
    assert.equal(editor.clipboard, 'crm');
    assert.deepEqual(editor.inputs.statusMessages, ['$(check) Copied ID of CRM Data']);
    assert.deepEqual(
      editor.inputs.offered.map(({ label, description, detail }) => [label, description, detail]),
      [
        ['Web Data', 'web', 'Pages'],
        ['CRM Data', 'crm', undefined],
      ],
    );
  });

  it('copies nothing for an entry of a glossary that could not be read, or if none is chosen', async () => {
    const problem = { title: 'No', detail: 'No', retryable: false };
    const terms: readonly GlossaryTerm[] = [{ id: 'x', label: 'Broken', problem }];
    editor.inputs.choices.push('Broken', undefined);
    await run('showGlossary', { terms });
    assert.equal(editor.inputs.offered[0]?.iconPath?.id, 'warning');
    await run('showGlossary', { terms });
    assert.equal(editor.clipboard, 'as before');
  });

  it('selects a resource in the tree: the one that is named, else the one that is chosen', async () => {
    await run('revealInTree', { path: shop.path, rows: [hidden] });
    await run('revealInTree', { rows: [hidden] });
    await run('revealInTree', {});
    assert.deepEqual(revealed, [shop.path, hidden.path]);
  });
});
