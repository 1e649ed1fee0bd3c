import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { formats } from '../../../../src/core/export/formats';
import { findService } from '../../../../src/core/services/registry';
import { SERVICE_IDS, startService, type StartedService } from '../../../support/service';
import { writtenInventory } from '../../../support/writtenInventory';

const { signal } = new AbortController();

const Item = v.object({
  kind: v.string(),
  name: v.string(),
  created: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  modified: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  lastData: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  itemCount: v.optional(v.number()),
  backfills: v.optional(v.number()),
  failedBackfills: v.optional(v.number()),
  activeBackfills: v.optional(v.number()),
});
const Exported = v.object({
  connections: v.array(v.object({ ...Item.entries, items: v.array(Item) })),
});

async function exportAll(
  { store }: StartedService,
  groups: readonly string[] = [],
): Promise<v.InferOutput<typeof Exported>['connections']> {
  const options = { format: formats.json(new Date(0)), signal, secrets: [], groups: new Set(groups) };
  const { text } = await writtenInventory(store, store.accounts(), options);
  return v.parse(Exported, JSON.parse(text)).connections;
}

describe('The inventory of a service', () => {
  for (const service of ['cja', 'datadog', 'immuta'] as const) {
    it(`says when connections were created and modified, and counts what is below them: ${service}`, async () => {
      await using account = await startService(service, { connections: 3 });
      const connections = await exportAll(account);
      assert.ok(connections.length > 0);
      for (const { name, itemCount, items } of connections) assert.equal(itemCount, items.length, name);
      assert.ok(connections.some(({ created, modified }) => created && modified));
    });
  }

  it('counts what is below connections: krenalis', async () => {
    await using account = await startService('krenalis', { connections: 3 });
    for (const { name, itemCount, items } of await exportAll(account))
      assert.equal(itemCount, items.length, name);
  });

  it('counts backfills as numbers, and says when data was last added: cja', async () => {
    await using account = await startService('cja', { connections: 3 });
    const connections = await exportAll(account);
    for (const { name, backfills, failedBackfills, activeBackfills, lastData, items } of connections) {
      assert.ok(backfills !== undefined && failedBackfills !== undefined, name);
      assert.ok(activeBackfills !== undefined && activeBackfills <= backfills, name);
      const times = items.flatMap((item) => item.lastData ?? []);
      assert.equal(lastData, times.toSorted().at(-1), name);
    }
    assert.ok(connections.some(({ lastData }) => lastData));
  });

  it('includes data views if asked to: cja', async () => {
    const groups =
      findService('cja')
        ?.inventoryGroups?.()
        .map(({ id }) => id) ?? [];
    await using account = await startService('cja', { connections: 3 });
    const kindsIn = async (asked: readonly string[]): Promise<ReadonlySet<string>> =>
      new Set((await exportAll(account, asked)).flatMap(({ items }) => items.map(({ kind }) => kind)));
    assert.deepEqual(await kindsIn([]), new Set(['dataset']));
    assert.deepEqual(await kindsIn(groups), new Set(['dataset', 'dataView']));
  });

  it('has the order of the tree', async () => {
    for (const service of SERVICE_IDS) {
      await using account = await startService(service, { connections: 6 });
      const { store } = account;
      const [root] = store.accounts();
      assert.ok(root);
      const rowsBelow = async (path: typeof root.path): Promise<readonly string[]> => {
        const rows = await store.load(path, { all: true, signal });
        const nested = await Promise.all(
          rows.map(async ({ kind, label, path: own }) => {
            if (kind === 'entity') return rowsBelow(own);
            return kind === 'connection' ? [label] : [];
          }),
        );
        return nested.flat();
      };
      const exported = (await exportAll(account)).map(({ name }) => name);
      assert.deepEqual(exported, await rowsBelow(root.path), service);
    }
  });
});
