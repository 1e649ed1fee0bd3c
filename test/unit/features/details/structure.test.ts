import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toStructure } from '../../../../src/features/details/structure';
import type { StructureModel } from '../../../../src/shared/models';
import type { Session } from '../../../../src/core/services/contract/service';
import { account, resource } from '../../../support/fakes/store';
import { ACCOUNT_PATH } from '../../../support/service';
import { startTabs } from './startTabs';

describe('the structure', () => {
  it('loads its sources, and marks the resource itself', async () => {
    await using s = await startTabs('cja', { connections: 1, datasets: 12 });
    const connection = await s.first(ACCOUNT_PATH, 'connection');
    s.sample.clearRequests();
    const ask = (): StructureModel => s.tabs.structure(s.session, connection) ?? assert.fail('a structure');
    const model = await s.until(() => (ask().nodes.length > 1 && !ask().loading ? ask() : undefined));
    assert.equal(s.asked().length, 1);
    assert.deepEqual(
      model.nodes.filter(({ isCurrent }) => isCurrent).map(({ id, role }) => [id, role]),
      [[connection.path, 'Connection']],
    );
    assert.equal(model.nodes.filter(({ kind }) => kind === 'dataset').length, 12);
    assert.ok(model.nodes.every(({ isCollapsed }) => !isCollapsed));
    const [view] = await s.store.load(`${connection.path}/group:dataViews` as typeof connection.path);
    assert.equal(s.tabs.structure(s.session, view ?? assert.fail()), undefined);
  });

  it('expands the data objects of Immuta one by one', async () => {
    await using s = await startTabs('immuta', { connections: 1 });
    const connection = await s.first(ACCOUNT_PATH, 'connection');
    const ask = (): StructureModel => s.tabs.structure(s.session, connection) ?? assert.fail('a structure');
    const closed = await s.until(() => ask().nodes.find((node) => node.isCollapsed));
    const before = ask().nodes.length;
    assert.ok(closed.path);
    await s.tabs.load(s.store.get(connection.path) ? (closed.path as typeof connection.path) : ACCOUNT_PATH);
    const model = await s.until(() => (ask().nodes.length > before ? ask() : undefined));
    assert.equal(model.nodes.find(({ id }) => id === closed.id)?.isCollapsed, false);
    assert.ok(model.edges.some(({ from }) => from === closed.id));
  });

  it('draws no more than can be seen, and says so', async () => {
    await using s = await startTabs('cja');
    const nodes = Array.from({ length: 10_000 }, (_, index) => ({
      id: `n${index}`,
      label: `\u202e${index}\n`,
      kind: 'key' as const,
    }));
    const edges = nodes.map(({ id }) => ({ from: 'n0', to: id }));
    const portrait = {
      tables: () => [],
      timeline: () => undefined,
      structureInputs: () => [account],
      structure: () => ({ nodes, edges }),
    };
    const session: Session = Object.assign(Object.create(s.session) as Session, { detailViews: portrait });
    const model = toStructure(s.store, session, resource(account, 'connection', 'c'));
    assert.deepEqual([model.nodes.length, model.edges.length], [1000, 1000]);
    assert.deepEqual([model.nodes[0]?.label, model.nodes[0]?.role], ['0', 'Key']);
    assert.equal(model.note, 'Showing the first 1000 of 10000 nodes.');
  });
});
