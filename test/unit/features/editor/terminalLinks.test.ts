import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { abortError } from '../../../../src/core/base/abort';
import { HttpError } from '../../../../src/core/http/errors';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { idLinks, openIdLink } from '../../../../src/features/editor/terminalLinks';
import { account, createAccount, resource } from '../../../support/fakes/store';

const connectionId = 'dg_8a51b2c4-77f0-4f0e-9d43-6c0e1b1f2a10';
const datasetId = '5f2400000000000000000001';
const web = resource(account, 'connection', connectionId, 'Web');
const orders = resource(web.path, 'dataset', datasetId, 'Orders');
const other = resource(account, 'dataset', datasetId, 'Orders');

/** Accounts of a service, with what is loaded of them and what the service would find. */
function storeWith(
  loaded: readonly Resource[],
  found: readonly Resource[] = [],
  service = 'cja',
  failures: readonly unknown[] = [],
) {
  const located: string[] = [];
  return {
    located,
    find: (id: string) => loaded.filter((row) => row.id === id || row.id === `dg_${id}`),
    accounts: () => [resource(account, 'connection', 'row')],
    account: () => ({ ...createAccount('a'), service }),
    lookUp: (id: string) => {
      located.push(id);
      return Promise.resolve({ found: found.filter((row) => row.id === id), failures });
    },
  };
}

function linked(store: ReturnType<typeof storeWith>, line: string): readonly string[] {
  return idLinks(store, line).map(({ startIndex, length, id }) => {
    assert.equal(line.slice(startIndex, startIndex + length), id);
    return id;
  });
}

describe('IDs in a line of a terminal', () => {
  it('are links where they are loaded, and without a request', () => {
    const store = storeWith([web, orders]);
    const short = connectionId.slice(3);
    assert.deepEqual(linked(store, `GET /connections/${connectionId}/datasets/${datasetId} 200`), [
      connectionId,
      datasetId,
    ]);
    assert.deepEqual(linked(store, `"id": "${short}", ${connectionId.toUpperCase()}`), [
      short,
      connectionId.toUpperCase(),
    ]);
    assert.deepEqual(store.located, []);
  });

  it('are links where their form tells what they are, and no other words', () => {
    const store = storeWith([]);
    assert.deepEqual(linked(store, `dv_${datasetId} ${connectionId}`), [`dv_${datasetId}`, connectionId]);
    const others = `${datasetId} 8a51b2c4-77f0-4f0e-9d43-6c0e1b1f2a10 ab_${datasetId} commit 0123456789abcdef0123`;
    assert.deepEqual(linked(store, others), []);
    assert.deepEqual(linked(storeWith([], [], 'immuta'), connectionId), [], 'of a service without such IDs');
  });

  it('are not looked for without end', () => {
    const store = storeWith([]);
    assert.equal(linked(store, `${connectionId} `.repeat(1000)).length, 20);
    assert.deepEqual(linked(store, `${'x'.repeat(2000)} ${connectionId}`), []);
  });
});

describe('A link in a terminal', () => {
  beforeEach(() => {
    editor.reset();
  });

  const shown = (): readonly unknown[] =>
    editor.executed.filter(([id]) => id === 'connectionsExplorer.showDetails').map(([, path]) => path);

  it('shows the details of what is loaded, and asks nobody', async () => {
    const store = storeWith([web]);
    await openIdLink(store, connectionId.toUpperCase());
    assert.deepEqual([shown(), store.located], [[web.path], []]);
  });

  it('looks up what is not, when it is clicked', async () => {
    const store = storeWith([], [web]);
    await openIdLink(store, connectionId);
    assert.deepEqual([shown(), store.located], [[web.path], [connectionId]]);
  });

  it('says nothing if the user cancels the look-up', async () => {
    const lookUp = (): Promise<never> => Promise.reject(abortError());
    await openIdLink({ ...storeWith([]), lookUp }, connectionId);
    assert.deepEqual([shown(), editor.inputs.texts], [[], []]);
  });

  it('says that no account has it', async () => {
    await openIdLink(storeWith([]), connectionId);
    assert.deepEqual([shown(), editor.inputs.texts], [[], [`No account has ${connectionId}.`]]);
  });

  it('does not say that no account has it while one cannot be asked, but why', async () => {
    const account = {
      ...{ id: 'a', name: 'Retail', service: 'Adobe' },
      ...{ secrets: [], addresses: [], hasPages: true },
    };
    const failures = Array.from(
      { length: 4 },
      () => new HttpError('network', 'No [network](command:x).', { account }),
    );
    await openIdLink(storeWith([], [], 'cja', failures), connectionId);
    const [text = ''] = editor.inputs.texts;
    assert.match(text, /^The ID was not found, but not all accounts could be asked\. Retail \(Adobe\): /);
    assert.match(text, /and 1 more$/);
    assert.ok(!text.includes('](command:'), text);
    await openIdLink(storeWith([], [web], 'cja', failures), connectionId);
    assert.deepEqual([shown(), editor.inputs.texts.length], [[web.path], 1], 'found in another account');
  });

  it('asks which one is meant where several have the ID', async () => {
    const store = storeWith([orders, other]);
    await openIdLink(store, datasetId);
    assert.deepEqual(shown(), [], 'none was chosen');
    editor.inputs.choices.push('Orders');
    await openIdLink(store, datasetId);
    assert.deepEqual(shown(), [orders.path]);
  });
});
