import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toDatasets } from '../../../../../src/core/services/cja/levels/datasets';
import { toProperties } from '../../../../../src/core/services/cja/details/properties';
import { hiddenConnection } from '../../../../../src/core/services/cja/levels/resources';
import type { JsonObject } from '../../../../../src/core/http/json';
import type { Resource } from '../../../../../src/core/services/contract/resource';
import { accountRow } from '../../../../support/service';

function labelled(resource: Resource): Readonly<Record<string, string>> {
  return Object.fromEntries(toProperties(resource).map(({ label, value }) => [label, value]));
}

describe('properties', () => {
  it('of a connection name its validation errors first', () => {
    const json: JsonObject = {
      id: 'dg_1',
      description: 'Web',
      owner: { name: null, imsUserId: 'u' },
      modifiedDate: '2024-03-31T12:00:00Z',
      modifiedByFullName: '',
      modifiedBy: 'someone',
      dataRetentionMonths: '13',
      tags: ['a', null, 'b'],
      dataSets: [
        { dataSetId: '1', lastIngestedTime: '2024-03-30T08:00:00Z' },
        { dataSetId: '2', lastIngestedTime: '2024-03-31T08:00:00+09:00' },
        { dataSetId: '3', lastIngestedTime: 'never' },
        'broken',
      ],
      connectionValidationErrors: [{ errorCode: 'SCHEMA_UNAVAILABLE', dataSetName: 'Events' }],
    };
    const connection: Resource = { ...accountRow, kind: 'connection', id: 'dg_1', json };
    assert.deepEqual(labelled(connection), {
      Validation: 'Events: the schema cannot be read',
      'Last data added': '2024-03-30 23:00 UTC',
      Description: 'Web',
      Owner: 'Unknown user',
      Modified: '2024-03-31 12:00 UTC',
      'Modified by': 'Unknown user',
      'Data retention': '13 months',
      Tags: 'a, b',
      ID: 'dg_1',
    });
  });

  it('of a dataset say whether data is imported', () => {
    const json: JsonObject = {
      dataSets: [
        {
          dataSetId: '5f24',
          type: 'event',
          streaming: true,
          lastIngestedTime: '20XX-01-01',
          schemaInfo: { schemaName: 'Events' },
          dataSourceType: { id: 'webData', type: 'Web Data' },
        },
      ],
    };
    const [dataset] = toDatasets({ ...accountRow, kind: 'connection' }, json).items;
    assert.deepEqual(labelled(dataset?.resource ?? assert.fail()), {
      Type: 'event',
      'Import new data': 'On',
      'Last data added': '20XX-01-01',
      'Data source type': 'Web Data',
      Schema: 'Events',
      ID: '5f24',
    });
  });

  it('of datasets include when data was last added and whether more is imported, if Adobe returns a date', () => {
    const dataSets = [
      { dataSetId: '1', streaming: true, lastIngestedTime: '2026-11-20T08:00:00.000Z' },
      { dataSetId: '2', streaming: false, lastIngestedTime: '2026-11-20T08:00:00.000Z' },
      { dataSetId: '3', lastIngestedTime: '2026-11-20T08:00:00.000Z' },
      { dataSetId: '4', streaming: true, lastIngestedTime: 'never' },
      { dataSetId: '5', streaming: true },
    ];
    const rows = toDatasets({ ...accountRow, kind: 'connection' }, { dataSets }).items;
    const lastAt = '2026-11-20T08:00:00.000Z';
    assert.deepEqual(
      rows.slice(0, 5).map(({ resource }) => resource.newData),
      [{ lastAt, isOff: false }, { lastAt, isOff: true }, { lastAt, isOff: false }, undefined, undefined],
    );
  });

  it('have the time of a date, and mark what people copy and what is wrong', () => {
    const json: JsonObject = {
      id: 'dg_1',
      createdDate: '2024-03-31T12:00:00.816Z',
      modifiedDate: 'soon',
      connectionValidationErrors: [{ errorCode: 'SCHEMA_UNAVAILABLE' }],
    };
    assert.deepEqual(toProperties({ ...accountRow, kind: 'connection', id: 'dg_1', json }), [
      {
        label: 'Validation',
        value: 'the schema cannot be read',
        status: { state: 'warning', label: 'SCHEMA_UNAVAILABLE' },
      },
      { label: 'Created', value: '2024-03-31 12:00 UTC', date: '2024-03-31T12:00:00.816Z' },
      { label: 'Modified', value: 'soon' },
      { label: 'ID', value: 'dg_1', copy: true },
    ]);
  });

  it('of a lookup dataset say how it is matched, in either spelling', () => {
    for (const lookupParentFields of [['sku'], 'sku']) {
      const json = { dataSetId: '5f24', type: 'lookup', lookupKeyField: 'key', lookupParentFields };
      const facts = labelled({ ...accountRow, kind: 'dataset', id: '5f24', json });
      assert.deepEqual([facts['Lookup key'], facts['Matched with']], ['key', 'sku']);
    }
  });

  it('of a connection that is not visible are the known ones, and of the account none', () => {
    assert.deepEqual(labelled(hiddenConnection(accountRow, 'dg_1', 2)), {
      ID: 'dg_1',
    });
    assert.deepEqual(toProperties(accountRow), []);
  });
});
