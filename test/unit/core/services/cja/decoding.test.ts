import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { inlineBackfills } from '../../../../../src/core/services/cja/levels/backfills';
import { toDatasets } from '../../../../../src/core/services/cja/levels/datasets';
import { readError } from '../../../../../src/core/services/cja/client/errors';
import { namedIn, withoutUndocumented } from '../../../../../src/core/services/cja/client/expansions';
import { toProperties } from '../../../../../src/core/services/cja/details/properties';
import { paths } from '../../../../../src/core/services/cja/client/operations';
import { connectionResource } from '../../../../../src/core/services/cja/levels/resources';
import { connectionSchema } from '../../../../../src/core/services/cja/client/schemas';
import { decodeItems } from '../../../../../src/core/services/common/items';
import { isJsonObject, type JsonObject } from '../../../../../src/core/http/json';
import type { PageItem } from '../../../../../src/core/services/contract/page';
import { accountRow } from '../../../../support/service';
import { getJson } from '../../../../../src/core/services/contract/resource';

function connections(values: readonly unknown[]): readonly PageItem[] {
  return decodeItems(values, accountRow, 0, connectionSchema, (connection, json) => ({
    resource: connectionResource(accountRow, connection, json),
  }));
}

/** JSON that looks like what the service sends, with anything in the places of its fields. */
const anything = fc.jsonValue({ maxDepth: 3 });
const field = fc.constantFrom(
  'id',
  'name',
  'owner',
  'dataSets',
  'dataSetId',
  'backfills',
  'backfillSummary',
  'createdDate',
  'startDate',
  'connectionValidationErrors',
  'tags',
  '__proto__',
  'constructor',
);
const lookalike = fc.dictionary(
  field,
  fc.oneof(anything, fc.array(fc.dictionary(field, anything), { maxLength: 3 })),
  { maxKeys: 8 },
);

describe('decoding', () => {
  it('makes rows of any JSON, and never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anything, lookalike), { maxLength: 5 }), (sent) => {
        const values = JSON.parse(JSON.stringify(sent)) as readonly unknown[];
        for (const { resource } of connections(values)) {
          toProperties(resource);
          if (!resource.json) continue;
          for (const { resource: dataset } of toDatasets(resource, getJson(resource) ?? {}).items) {
            toProperties(dataset);
            const page = inlineBackfills(dataset, getJson(dataset)?.backfills);
            page?.items.forEach((item) => toProperties(item.resource));
          }
        }
      }),
    );
  });

  it('reads any error body without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readError({ status: 500, headers: {}, text });
      }),
    );
  });

  it('says which item is malformed, and why', () => {
    const [first, second, third] = connections([{ name: 'no id' }, null, { id: { a: 1 } }]);
    assert.match(first?.resource.problem?.detail ?? '', /Item 0\.0 .*id/);
    assert.match(second?.resource.problem?.detail ?? '', /Item 0\.1 .*but is null/);
    assert.match(third?.resource.problem?.detail ?? '', /Item 0\.2 .*id/);
  });

  it('keeps the first of two items with one ID', () => {
    const items = connections([
      { id: 'a', name: 'first' },
      { id: 'a', name: 'second' },
    ]);
    assert.deepEqual(
      items.map(({ resource }) => resource.label),
      ['first'],
    );
  });

  it('accepts numbers as text and text as numbers, and falls back to the ID', () => {
    const sent = { id: 7, name: 42, backfillSummary: { total: '2', completed: '2' } };
    const [item] = connections([sent, { id: 'x', name: ' ' }]);
    assert.deepEqual(
      [item?.resource.id, item?.resource.label, item?.resource.status?.state],
      ['7', '42', 'ok'],
    );
    assert.equal(connections([{ id: 'x', name: ' ' }])[0]?.resource.label, 'x');
  });

  it('names the owner by the known members', () => {
    const owner = (json: JsonObject): string | undefined =>
      connections([{ id: 'a', ...json }])[0]?.resource.searchAttributes?.owner;
    const imsUserId = 'u@AdobeID';
    assert.equal(owner({ ownerFullName: 'Ann', owner: { name: 'B', imsUserId } }), 'Ann');
    assert.equal(owner({ ownerFullName: '', owner: { name: 'B', imsUserId } }), 'B');
    assert.equal(owner({ owner: { name: null, imsUserId } }), imsUserId);
    assert.equal(owner({ owner: null }), undefined);
  });

  it('labels backfills by what they load', () => {
    const dataset = { ...accountRow, kind: 'dataset' as const };
    const spans = [
      { id: '1', allData: true, startDate: null },
      { id: '2', startDate: '2024-01-01T00:00:00Z', endDate: '2024-03-31T00:00:00.000Z' },
      { id: '3', startDate: '20XX-01-01', endDate: null },
      { id: '4', allData: false },
    ];
    const page = inlineBackfills(dataset, spans);
    assert.deepEqual(
      page?.items.map(({ resource }) => resource.label),
      ['All data', '2024-01-01 – 2024-03-31', '20XX-01-01 – …', 'No date range'],
    );
    assert.equal(inlineBackfills(dataset, undefined), undefined);
  });

  it('distinguishes a JSON object from other values', () => {
    assert.deepEqual([{}, [], null, 'x', 1].map(isJsonObject), [true, false, false, false, false]);
  });
});

describe('requests', () => {
  it('join lists with commas, and omit absent values', () => {
    assert.equal(paths.connections({}), '/data/connections');
    assert.equal(
      paths.connections({
        connectionIds: ['a', 'b'],
        sandboxId: undefined,
        includeType: [],
        cached: false,
        page: 0,
        sandboxName: 'a b&c',
      }),
      '/data/connections?connectionIds=a%2Cb&cached=false&page=0&sandboxName=a+b%26c',
    );
  });

  it('name refused expansions if they are meant, and not if they are words of the sentence', () => {
    const wanted = ['name', 'tags', 'owner', 'ownerFullName'];
    const named: readonly (readonly [string, readonly string[]])[] = [
      ["Invalid value 'tags'", ['tags']],
      ['Unknown expansion name: tags', ['tags']],
      ['Unknown expansion name "tags".', ['tags']],
      ['Not supported: tags, owner', ['tags', 'owner']],
      ['[owner,tags] are no expansions', ['tags', 'owner']],
      ['The expansion ownerFullName has no owner by that name', ['ownerFullName']],
      ['The name of the owner is missing', []],
      ['Bad request', []],
    ];
    for (const [message, expected] of named) assert.deepEqual(namedIn(wanted, message), expected, message);
  });

  it('omit what only newer documents have if a refusal names nothing', () => {
    assert.deepEqual(withoutUndocumented(['name', 'ownerFullName']), ['name']);
  });
});
