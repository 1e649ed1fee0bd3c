import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Emitter } from '../../../../../src/core/base/emitter';
import { parsePath, type ResourcePath } from '../../../../../src/core/services/contract/path';
import { Store } from '../../../../../src/core/store/store';
import { type StartedService, startService } from '../../../../support/service';
import { getAction } from '../../../../support/getAction';

const users = at('account:a1/entity:users');
const documented = at(`${users}/connection:user-profiles-connection`);

function at(text: string): ResourcePath {
  return parsePath(text) ?? assert.fail(text);
}

function createStore({ session }: StartedService<'datadog'>): Store {
  const account = {
    id: 'a1',
    service: 'datadog',
    name: 'Test',
    production: false,
    sample: false,
    settings: {},
  };
  return new Store(
    {
      list: () => [account],
      session: () => Promise.resolve(session),
      onDidChange: new Emitter<readonly string[]>().event,
    },
    () => 100,
  );
}

it('the store shows connections by ID, the attributes below them, and fields without another request', async () => {
  await using h = await startService('datadog', { connections: 3 });
  const store = createStore(h);
  const rows = await store.load(users);
  assert.deepEqual(
    rows.map(({ label }) => label),
    ['hubspot-subscriptions', 'snowflake-consents', 'user-profiles-connection', 'Attributes'],
  );
  assert.equal((await store.load(documented)).length, 2);
  assert.equal(h.asked().length, 1);
});

it('the store shows the result of an action after its lists are reloaded', async () => {
  await using h = await startService('datadog', { connections: 3 });
  const store = createStore(h);
  const actions = h.session.actions ?? assert.fail();
  await store.load(documented);
  const act = async (id: string, text: string): Promise<void> => {
    const resource = store.get(documented) ?? assert.fail();
    const { text: base } = await getAction(actions, resource, id).draft({});
    const { changed } = await getAction(actions, resource, id).perform({ kind: 'document', text, base }, {});
    for (const path of changed) await store.refresh(path);
  };
  await act('editFields', '{"fields": []}');
  assert.equal(store.get(documented)?.hasChildren, false);
  await act('editFields', '{"fields":[{"id":"plan","source_name":"p","type":"string"}]}');
  await store.load(documented, { refresh: true });
  assert.deepEqual(
    store.rows(documented)?.map(({ id }) => id),
    ['plan'],
  );
  const { changed } = await getAction(
    actions,
    store.get(documented) ?? assert.fail(),
    'deleteConnection',
  ).perform({ kind: 'none' }, {});
  for (const path of changed) await store.refresh(path);
  assert.equal(store.get(documented), undefined);
});
