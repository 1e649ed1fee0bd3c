import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import type { RequestTemplate } from '../../../../src/core/services/contract/properties';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { Session } from '../../../../src/core/services/contract/service';
import { copyCommands } from '../../../../src/features/connections/copyCommands';
import { account, resource } from '../../../support/fakes/store';

type Name = keyof typeof copyCommands;
type Context = Parameters<(typeof copyCommands)['copyJson']['handler']>[0];

const [shop, web, bare] = [
  resource(account, 'connection', 'dg_1', 'Shop'),
  resource(account, 'connection', 'dg_2', 'Web'),
  resource(account, 'connection', 'dg_3', ''),
];

/** Runs a command on rows. @returns the clipboard, and what the status bar and messages say. */
async function copy(
  name: Name,
  rows: readonly Resource[],
  parts: Partial<Session> = {},
): Promise<{ readonly text: string; readonly says: readonly string[] }> {
  const targets = { some: () => Promise.resolve(rows), atFocus: () => Promise.resolve(undefined) };
  const store = {
    session: () => Promise.resolve({ requestTemplate: () => undefined, ...parts }),
    read: (path: string) =>
      path.includes('dg_3')
        ? Promise.reject(new HttpError('notFound', 'Not there.'))
        : Promise.resolve(`{"$schema":"https://evil.example","id":"${path.split(':').at(-1) ?? ''}"}`),
  };
  await copyCommands[name].handler({ targets, store } as unknown as Context)();
  return { text: editor.clipboard, says: [...editor.inputs.statusMessages, ...editor.inputs.texts] };
}

describe('What is copied of rows', () => {
  beforeEach(() => {
    editor.reset();
    editor.clipboard = 'as before';
  });

  it('are their IDs, one per line', async () => {
    assert.deepEqual(await copy('copyId', [shop]), {
      ...{ text: 'dg_1', says: ['$(check) Copied ID of Shop'] },
    });
    editor.reset();
    assert.deepEqual(await copy('copyId', [shop, web]), {
      ...{ text: 'dg_1\ndg_2', says: ['$(check) Copied 2 IDs'] },
    });
  });

  it('are their IDs without prefix, if the service has one', async () => {
    const parts: Partial<Session> = { shortId: ({ id }) => (id === 'dg_1' ? '1' : undefined) };
    assert.deepEqual(await copy('copyShortId', [shop, web], parts), {
      ...{ text: '1\ndg_2', says: ['$(check) Copied 2 IDs without prefix'] },
    });
    editor.reset();
    assert.deepEqual((await copy('copyShortId', [shop], parts)).says, [
      '$(check) Copied ID without prefix of Shop',
    ]);
  });

  it('are their names, of those that have one', async () => {
    assert.deepEqual(await copy('copyName', [shop, bare, web]), {
      ...{ text: 'Shop\nWeb', says: ['$(check) Copied 2 names'] },
    });
    editor.reset();
    assert.deepEqual((await copy('copyName', [bare, shop])).says, ['$(check) Copied name Shop']);
  });

  it('is nothing if no row has a name, and says so', async () => {
    assert.deepEqual(await copy('copyName', [bare]), { text: 'as before', says: ['No name to copy.'] });
  });

  it('is nothing, and silently, if no row was chosen', async () => {
    for (const name of ['copyId', 'copyShortId', 'copyName', 'copyJson', 'copyCurl'] as const)
      assert.deepEqual(await copy(name, []), { text: 'as before', says: [] }, name);
  });

  it('is the JSON of a row, in which no editor follows a schema', async () => {
    const { text, says } = await copy('copyJson', [shop]);
    assert.deepEqual(JSON.parse(text), { '$schema (not followed)': 'https://evil.example', id: 'dg_1' });
    assert.deepEqual(says, ['$(check) Copied JSON of Shop']);
  });

  it('is a list of the JSON of several rows, of those that could be read', async () => {
    const { text, says } = await copy('copyJson', [shop, bare, web]);
    const ids = (JSON.parse(text) as readonly { readonly id: string }[]).map(({ id }) => id);
    assert.deepEqual(ids, ['dg_1', 'dg_2']);
    assert.equal(says[0], '$(check) Copied JSON of 2 resources');
  });
});

describe('A copied cURL command', () => {
  const template = (id: string): RequestTemplate => ({
    ...{ method: 'GET', url: `https://cja.adobe.io/data/connections/${id}`, headers: {} },
  });
  const parts: Partial<Session> = {
    requestTemplate: ({ id }) => (id === 'dg_3' ? undefined : template(id)),
  };

  beforeEach(() => {
    editor.reset();
    editor.clipboard = 'as before';
    const system = { win32: 'windows', darwin: 'osx' }[process.platform as string] ?? 'linux';
    editor.settings.set(`terminal.integrated.defaultProfile.${system}`, 'bash');
  });

  it('is for the shell of the terminal, and names it', async () => {
    const { text, says } = await copy('copyCurl', [shop], parts);
    assert.match(text, /^curl .*\/connections\/dg_1/);
    assert.match(says.join(), /^\$\(check\) Copied cURL command for Shop \(.*Bash.*\)$/i);
  });

  it('is one per row, and rows without a request are named', async () => {
    const { text, says } = await copy('copyCurl', [shop, { ...bare, label: 'Bare' }, web], parts);
    assert.deepEqual(text.split('\n').filter((line) => line.startsWith('curl')).length, 2);
    assert.match(says.join('|'), /Copied 2 cURL commands \(.*\)\|Skipped .*: "Bare"\./);
  });

  it('is for a shell that the user selects, if that of the terminal is unknown', async () => {
    for (const key of [...editor.settings.keys()]) editor.settings.set(key, 'strange');
    assert.equal((await copy('copyCurl', [shop], parts)).text, 'as before');
    const [label = ''] = editor.inputs.offered.map((item) => item.label);
    editor.inputs.choices.push(label);
    assert.match((await copy('copyCurl', [shop], parts)).says.join(), /Copied cURL command for Shop/);
  });
});
