import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hiddenConnection } from '../../../../../src/core/services/cja/levels/resources';
import { cjaPortrait } from '../../../../../src/core/services/cja/details/detailViews';
import { toDatasets } from '../../../../../src/core/services/cja/levels/datasets';
import { childPath } from '../../../../../src/core/services/contract/path';
import type { Structure } from '../../../../../src/core/services/contract/detailViews';
import type { JsonObject } from '../../../../../src/core/http/json';
import { type Resource, getJson } from '../../../../../src/core/services/contract/resource';
import { cells, edgeTexts, listsBelow, roles, sources } from '../detailViews';
import { accountRow, startService } from '../../../../support/service';
import { firstRow } from '../../../../support/rows';

const connection: Resource = {
  ...accountRow,
  path: childPath(accountRow.path, 'connection', 'dg_1'),
  kind: 'connection',
  id: 'dg_1',
  label: 'Web',
  json: { id: 'dg_1' },
};

/** The structure of a connection of these datasets. */
function structure(...dataSets: readonly JsonObject[]): Structure {
  const rows = toDatasets(connection, { dataSets: [...dataSets] }).items.map(({ resource }) => resource);
  return cjaPortrait.structure(connection, (path) => (path === connection.path ? rows : []));
}

function set(name: string, type: string, more: JsonObject = {}): JsonObject {
  return { dataSetId: name, name, type, ...more };
}

describe('the detail views of a CJA connection', () => {
  it('have tables of its datasets and data views', async () => {
    await using h = await startService('cja', { connections: 1, datasets: 4 });
    const row = await firstRow(h.session, accountRow, 'connection');
    assert.deepEqual(sources(h.session, row), [
      ['Datasets', row.path],
      ['Data Views', `${row.path}/group:dataViews`],
    ]);
    const dataset = await firstRow(h.session, row, 'dataset');
    const shown = cells(h.session, row, 0, dataset);
    const json = getJson(dataset) ?? {};
    assert.deepEqual(Object.keys(shown), [
      'Type',
      'Last data added',
      'Schema',
      'Person ID or lookup key',
      ...(json.type === 'lookup' ? [] : ['Namespace']),
      'Import new data',
      'Data source type',
      'Backfills',
      'Failed backfills',
    ]);
  });

  it('have a timeline that one request fills, also for a dataset', () => {
    const timeline = { source: connection.path, lanes: 'dataset', bars: 'backfill' };
    assert.deepEqual(cjaPortrait.timeline(connection), { ...timeline, prefetchable: true });
    const [item] = toDatasets(connection, { dataSets: [set('a', 'event')] }).items;
    const dataset = item?.resource ?? assert.fail();
    assert.deepEqual(cjaPortrait.timeline(dataset), { ...timeline, laneFilter: dataset.path });
  });

  it('of one that is not visible have its data views only', async () => {
    await using h = await startService('cja', { connections: 1 });
    const hidden = hiddenConnection(accountRow, 'dg_1', 2);
    assert.deepEqual(sources(h.session, hidden), [['Data Views', hidden.path]]);
    assert.equal(cjaPortrait.timeline(hidden), undefined);
    assert.deepEqual(cjaPortrait.structureInputs(hidden), []);
  });

  it('draw the datasets of the sample around their person IDs, also for a dataset', async () => {
    await using h = await startService('cja', { connections: 1, datasets: 12 });
    const row = await firstRow(h.session, accountRow, 'connection');
    const getList = await listsBelow(h.session, [accountRow, row]);
    const drawn = cjaPortrait.structure(row, getList);
    assert.ok(edgeTexts(drawn).some((text) => text.startsWith('ECID -[_sample.identity.ecid]-> ')));
    assert.ok(Object.values(roles(drawn)).includes('event dataset, stitched'));
    const dataset = await firstRow(h.session, row, 'dataset');
    assert.deepEqual(cjaPortrait.structureInputs(dataset), [row.path]);
    assert.deepEqual(cjaPortrait.structure(dataset, getList), drawn);
  });
});

describe('the structure of a CJA connection', () => {
  it('joins datasets of one namespace at one person ID, whatever their fields are called', () => {
    const drawn = structure(
      set('Events', 'event', { visitorId: '_a', identityNamespace: 'ECID' }),
      set('Profiles', 'profile', { visitorId: '_b', identityNamespace: 'ECID' }),
      set('Calls', 'event', { visitorId: '_c' }),
      set('Summary', 'summary'),
    );
    assert.deepEqual(edgeTexts(drawn), [
      'Web -[]-> ECID',
      'ECID -[_a]-> Events',
      'ECID -[_b]-> Profiles',
      'Web -[]-> _c',
      '_c -[_c]-> Calls',
      'Web -[]-> Summary',
    ]);
    assert.deepEqual(roles(drawn), {
      Web: undefined,
      _c: 'person ID',
      ECID: 'person ID',
      Calls: 'event dataset',
      Events: 'event dataset',
      Profiles: 'profile dataset',
      Summary: 'dataset of type summary',
    });
  });

  it('attaches lookups to the field of the dataset that they are matched with', () => {
    const lookup = { lookupKeyField: 'key', lookupParentFields: ['sku', 'code'] };
    const one = structure(set('Events', 'event'), set('Products', 'lookup', lookup));
    assert.deepEqual(edgeTexts(one), [
      'Web -[]-> Events',
      'Events -[]-> sku',
      'sku -[key]-> Products',
      'Events -[]-> code',
      'code -[key]-> Products',
    ]);
    assert.equal(roles(one).sku, 'field of Events');
    const two = structure(set('A', 'event'), set('B', 'event'), set('Products', 'lookup', lookup));
    assert.ok(edgeTexts(two).includes('Web -[]-> sku'));
    assert.equal(roles(two).sku, 'field of event datasets');
  });

  it('draws lookups of lookups, also in cycles, of themselves and of missing ones', () => {
    const parent = (id: string): JsonObject => ({ lookupKeyField: 'key', lookupParentDataSetId: id });
    const drawn = structure(
      set('A', 'lookup', parent('B')),
      set('B', 'lookup', parent('A')),
      set('C', 'lookup', parent('C')),
      set('D', 'lookup', parent('gone')),
    );
    assert.deepEqual(edgeTexts(drawn), ['B -[key]-> A', 'A -[key]-> B', 'Web -[key]-> C', 'Web -[key]-> D']);
  });

  it('is the dataset alone while its connection is not loaded', () => {
    const [item] = toDatasets(connection, { dataSets: [set('Events', 'event')] }).items;
    const drawn = cjaPortrait.structure(item?.resource ?? assert.fail(), () => []);
    assert.deepEqual([roles(drawn), edgeTexts(drawn)], [{ Events: undefined }, []]);
  });

  it('tolerates missing, mistyped and duplicate data', () => {
    const odd = { visitorId: 5, identityNamespace: {}, lookupKeyField: null, lookupParentFields: [null, {}] };
    const drawn = structure(
      { dataSetId: 'x', type: ['event'], ...odd },
      { dataSetId: 'x' },
      { dataSetId: '__proto__', type: 'constructor' },
      { type: 'event' },
    );
    assert.deepEqual(edgeTexts(drawn).toSorted(), ['5 -[5]-> x', 'Web -[]-> 5', 'Web -[]-> __proto__']);
    assert.deepEqual(edgeTexts(structure()), []);
  });
});
