import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DetailViews } from '../../../../src/core/services/contract/detailViews';
import type { JsonObject } from '../../../../src/core/http/json';
import { childPath } from '../../../../src/core/services/contract/path';
import type { Property } from '../../../../src/core/services/contract/properties';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { toProperties as ofCja } from '../../../../src/core/services/cja/details/properties';
import { toProperties as ofDatadog } from '../../../../src/core/services/datadog/details/properties';
import { toProperties as ofImmuta } from '../../../../src/core/services/immuta/details/properties';
import { toProperties as ofKrenalis } from '../../../../src/core/services/krenalis/details/properties';
import { cjaPortrait } from '../../../../src/core/services/cja/details/detailViews';
import { datadogPortrait } from '../../../../src/core/services/datadog/details/detailViews';
import { immutaPortrait } from '../../../../src/core/services/immuta/details/detailViews';
import { krenalisPortrait } from '../../../../src/core/services/krenalis/details/detailViews';
import type { ResourceKind } from '../../../../src/shared/kinds';
import { accountRow } from '../../../support/service';

/** What the service says of a resource, and the rows of its properties in their order. */
interface Example {
  readonly of: (resource: Resource) => readonly Property[];
  readonly kind: ResourceKind;
  /** The kind of the row that it is below; default: the account. */
  readonly below?: ResourceKind;
  readonly json: JsonObject;
  readonly rows: readonly string[];
}

const [time, shown] = ['2024-03-31T12:00:00Z', '2024-03-31 12:00 UTC'];

const EXAMPLES: Readonly<Record<string, Example>> = {
  'a Krenalis connection': {
    of: ofKrenalis,
    kind: 'connection',
    json: {
      ...{ id: 7, name: 'Web', connector: 'javascript', connectorType: 'SDK', role: 'Source' },
      ...{ strategy: 'Fusion', sendingMode: 'Server', linkedConnections: [8, 9], pipelines: [{}, {}] },
      eventTypes: [{ id: 'page', name: 'Page View' }, { id: 'click' }, 'broken'],
    },
    rows: [
      ...['Role: Source', 'Connector: javascript, SDK', 'Strategy: Fusion', 'Sending mode: Server'],
      ...['Pipelines: 2', 'Linked connections: 8, 9', 'Event types: Page View, click', 'ID: 7'],
    ],
  },
  'a Krenalis pipeline': {
    of: ofKrenalis,
    kind: 'pipeline',
    json: {
      ...{
        id: 'p',
        target: 'User',
        enabled: true,
        running: false,
        scheduleStart: 75,
        schedulePeriod: '6h',
        incremental: true,
      },
      ...{
        eventType: 'page',
        exportMode: 'UpdateOnly',
        format: 'csv',
        path: 'users.csv',
        tableName: 'users',
      },
      query: 'SELECT 1',
    },
    rows: [
      ...['Target: User', 'Schedule: every 6h from 01:15', 'Event type: page', 'Export mode: UpdateOnly'],
      ...['File: users.csv, csv', 'Table: users', 'Query: SELECT 1', 'Incremental: Yes', 'ID: p'],
    ],
  },
  'a Krenalis run that failed': {
    of: ofKrenalis,
    kind: 'run',
    json: {
      ...{ id: 'r', startTime: time, endTime: '2024-03-31T12:05:00Z', error: 'disk full' },
      ...{ passed: [10, 9, 9, 9, 8, 8, 8], failed: [0, 1, 0, 0, 1, 0, 0] },
    },
    rows: [
      ...['Error: disk full', `Started: ${shown}`, 'Ended: 2024-03-31 12:05 UTC', 'Receive: 10 passed'],
      ...['Input validation: 9 passed, 1 failed', 'Filter: 9 passed', 'Consent: 9 passed'],
      ...['Transformation: 8 passed, 1 failed', 'Output validation: 8 passed', 'Finalize: 8 passed', 'ID: r'],
    ],
  },
  'a Krenalis identity': {
    of: ofKrenalis,
    kind: 'identity',
    json: { userId: 'u1', anonymousIds: ['x', 'y'], updatedAt: time, pipeline: 3 },
    rows: ['User ID: u1', 'Anonymous IDs: x, y', `Updated: ${shown}`, 'Pipeline: 3'],
  },
  'an Immuta connection': {
    of: ofImmuta,
    kind: 'connection',
    json: {
      ...{ connectionKey: 'snow', technology: 'Snowflake', state: 'ACTIVE' },
      ...{ createdBy: 'Ann', createdAt: time, updatedBy: 'Bob', updatedAt: time },
    },
    rows: [
      ...['Technology: Snowflake', 'Created by: Ann', `Created: ${shown}`, 'Updated by: Bob'],
      ...[`Updated: ${shown}`, 'Key: snow'],
    ],
  },
  'an Immuta data object': {
    of: ofImmuta,
    kind: 'dataObject',
    json: {
      ...{ id: 'o', type: 'TABLE', normalizedType: 'table', technology: 'Snowflake', remoteId: 'r1' },
      ...{ remoteType: 'MANAGED', remoteFormat: 'delta', remoteKind: 'base', remoteCreatedAt: time },
      ...{ remoteUpdatedAt: time, lastSyncedAt: time, createdBy: 'Ann', createdAt: time },
      ...{ updatedBy: 'Bob', updatedAt: time },
    },
    rows: [
      ...['Type: TABLE', 'Level: table', 'Technology: Snowflake', 'Remote ID: r1', 'Remote type: MANAGED'],
      ...['Remote format: delta', 'Remote kind: base', `Created on the platform: ${shown}`],
      ...[`Updated on the platform: ${shown}`, `Last synced: ${shown}`, 'Created by: Ann'],
      ...[`Created: ${shown}`, 'Updated by: Bob', `Updated: ${shown}`, 'ID: o'],
    ],
  },
  'an Immuta task': {
    of: ofImmuta,
    kind: 'task',
    json: {
      ...{ taskId: 't', type: 'DATA_OBJECT_SYNC', trigger: 'MANUAL', createdBy: 'Ann', createdAt: time },
      parentId: 't0',
    },
    rows: [
      ...['Type: DATA_OBJECT_SYNC', 'Trigger: manual', 'Created by: Ann', `Created: ${shown}`],
      ...['Parent task: t0', 'ID: t'],
    ],
  },
  'an Immuta run': {
    of: ofImmuta,
    kind: 'run',
    json: {
      ...{ runId: 'r', createdAt: time, startedAt: time, completedAt: time, updatedAt: time },
      canceledBy: 'Ann',
    },
    rows: [
      ...[`Created: ${shown}`, `Started: ${shown}`, `Completed: ${shown}`, `Updated: ${shown}`],
      ...['Canceled by: Ann', 'ID: r'],
    ],
  },
  'a Datadog connection': {
    of: ofDatadog,
    kind: 'connection',
    json: {
      ...{ id: 'c', type: 'ref_table', join: { attribute: 'usr.email', type: 'email' }, fields: [] },
      ...{ created_at: time, created_by: 'ann', updated_at: '0001-01-01T00:00:00Z' },
      updated_by: '00000000-0000-0000-0000-000000000000',
      metadata: { reference_table: 'plans', limits: { rows: 5 } },
    },
    rows: [
      ...['Type: ref_table', 'Joined by: usr.email (email)', `Created: ${shown}`, 'Created by: ann'],
      ...['Updated: unknown', 'Updated by: unknown', 'ID: c', 'Metadata reference_table: plans'],
      'Metadata limits: {"rows":5}',
    ],
  },
  'a Datadog field of a connection': {
    of: ofDatadog,
    kind: 'field',
    below: 'connection',
    json: {
      ...{ id: 'f', source_name: 'col', type: 'string', description: 'A plan', groups: ['Business', 'Paid'] },
    },
    rows: [
      'Description: A plan',
      ...['Type: string', 'Source column: col', 'Groups: Business, Paid', 'ID: f'],
    ],
  },
  'a Datadog attribute of an entity': {
    of: ofDatadog,
    kind: 'field',
    json: { attribute: 'plan', type: 'string', description: 'A plan', groups: ['Paid'], is_custom: true },
    rows: ['Description: A plan', ...['Type: string', 'Groups: Paid', 'Origin: A connection', 'ID: plan']],
  },
  'a CJA connection': {
    of: ofCja,
    kind: 'connection',
    json: {
      ...{ id: 'dg', description: 'Shop', ownerFullName: 'Ann', sandboxName: 'prod', createdDate: time },
      ...{ modifiedDate: time, modifiedByFullName: 'Bob', dataRetentionMonths: 13, tags: ['a', 'b'] },
      dataSets: [{ dataSetId: '1', lastIngestedTime: time }],
    },
    rows: [
      ...[`Last data added: ${shown}`, 'Description: Shop', 'Owner: Ann', 'Sandbox: prod'],
      ...[`Created: ${shown}`, `Modified: ${shown}`, 'Modified by: Bob', 'Data retention: 13 months'],
      ...['Tags: a, b', 'ID: dg'],
    ],
  },
  'a CJA dataset': {
    of: ofCja,
    kind: 'dataset',
    json: {
      ...{ dataSetId: '5f', type: 'lookup', streaming: false, lastIngestedTime: time },
      ...{ streamingEnabledAt: time, dataSourceType: { id: 'web' }, schemaInfo: { schemaId: 's1' } },
      ...{ visitorId: 'ecid', identityNamespace: 'ECID', lookupKeyField: 'sku' },
      ...{ lookupParentFields: ['product', 'item'], timestampId: 'ts' },
    },
    rows: [
      ...['Type: lookup', 'Import new data: Off', `Last data added: ${shown}`, `Import since: ${shown}`],
      ...['Data source type: web', 'Schema: s1', 'Person ID: ecid', 'Namespace: ECID', 'Lookup key: sku'],
      ...['Matched with: product, item', 'Timestamp: ts', 'ID: 5f'],
    ],
  },
  'a CJA data view': {
    of: ofCja,
    kind: 'dataView',
    json: {
      ...{ id: 'dv', description: 'All', owner: { name: 'Ann' }, timezoneDesignator: 'Europe/Zurich' },
      sessionDefinition: [
        { numPeriods: 1, granularity: 'minute', func: 'inactivity' },
        { numPeriods: 30, granularity: 'MINUTE', func: 'Inactivity' },
        { numPeriods: 2, granularity: 'hour', func: 'event' },
      ],
      ...{ createdDate: time, modifiedDate: time },
    },
    rows: [
      ...['Description: All', 'Owner: Ann', 'Time zone: Europe/Zurich'],
      'Session: 1 minute of inactivity, 30 minutes of inactivity, 2 hour (event)',
      ...[`Created: ${shown}`, `Modified: ${shown}`, 'ID: dv'],
    ],
  },
  'a CJA component': {
    of: ofCja,
    kind: 'dimension',
    json: {
      ...{ id: 'variables/x', description: 'Page', type: 'string', schemaPath: 'web.page' },
      ...{ sourceFieldName: 'page', dataSetType: 'EVENT', hasData: true, approved: false },
    },
    rows: [
      ...['Description: Page', 'Type: string', 'Schema path: web.page', 'Source field: page'],
      ...['Dataset type: event', 'Has data: Yes', 'Approved: No', 'ID: variables/x'],
    ],
  },
};

/** A resource in whose details a table has rows like an example. */
interface Parent {
  readonly portrait: DetailViews;
  readonly kind: ResourceKind;
  /** The way to it from the account. */
  readonly way: readonly (readonly [ResourceKind, string])[];
  /** The cells of the example, by the titles of the columns; empty for what the service does not say. */
  readonly cells: readonly string[];
}

const connection = ['connection', 'c'] as const;

const PARENTS: Readonly<Record<keyof typeof EXAMPLES, Parent>> = {
  'a Krenalis connection': {
    cells: ['Role: Source', 'Connector: javascript', 'Pipelines: 2'],
    portrait: krenalisPortrait,
    kind: 'account',
    way: [],
  },
  'a Krenalis pipeline': {
    cells: ['Target: User', 'Enabled: Yes', 'Schedule: every 6h from 01:15', 'Running: No'],
    portrait: krenalisPortrait,
    kind: 'connection',
    way: [connection],
  },
  'a Krenalis run that failed': {
    cells: [
      `Started: ${time}`,
      'Ended: 2024-03-31T12:05:00Z',
      'Records: 10 received, 8 finished, 2 failed',
      'Error: disk full',
    ],
    ...{ portrait: krenalisPortrait, kind: 'pipeline', way: [connection, ['pipeline', 'p']] },
  },
  'a Krenalis identity': {
    cells: ['Anonymous IDs: x, y', 'Pipeline: 3', `Updated: ${time}`],
    ...{ portrait: krenalisPortrait, kind: 'group', way: [connection, ['group', 'identities']] },
  },
  'an Immuta connection': {
    cells: ['Technology: Snowflake', 'Created by: Ann', `Created: ${time}`, `Updated: ${time}`],
    portrait: immutaPortrait,
    kind: 'account',
    way: [],
  },
  'an Immuta data object': {
    cells: ['Type: TABLE', 'Technology: Snowflake', 'Remote ID: r1', `Last synced: ${time}`],
    portrait: immutaPortrait,
    kind: 'connection',
    way: [connection],
  },
  'an Immuta task': {
    cells: ['Trigger: manual', 'Created by: Ann', `Created: ${time}`],
    ...{ portrait: immutaPortrait, kind: 'group', way: [connection, ['group', 'tasks']] },
  },
  'an Immuta run': {
    cells: [`Created: ${time}`, `Started: ${time}`, `Completed: ${time}`, 'Canceled by: Ann'],
    ...{ portrait: immutaPortrait, kind: 'task', way: [connection, ['group', 'tasks'], ['task', 't']] },
  },
  'a Datadog connection': {
    cells: ['Type: ref_table', 'Joined by: usr.email (email)', 'Fields: 0'],
    portrait: datadogPortrait,
    kind: 'entity',
    way: [['entity', 'users']],
  },
  'a Datadog field of a connection': {
    cells: ['Groups: Business, Paid', 'Type: string', 'Source column: col', 'Description: A plan'],
    ...{ portrait: datadogPortrait, kind: 'connection', way: [['entity', 'users'], connection] },
  },
  'a Datadog attribute of an entity': {
    cells: ['Groups: Paid', 'Type: string', 'Origin: A connection', 'Description: A plan'],
    portrait: datadogPortrait,
    kind: 'group',
    way: [
      ['entity', 'users'],
      ['group', 'attributes'],
    ],
  },
  'a CJA connection': {
    cells: ['Sandbox: prod', 'Owner: Ann', `Created: ${time}`, `Modified: ${time}`],
    portrait: cjaPortrait,
    kind: 'account',
    way: [],
  },
  'a CJA dataset': {
    cells: [
      'Type: lookup',
      `Last data added: ${time}`,
      'Schema: s1',
      'Person ID or lookup key: ecid',
      'Namespace: ECID',
      'Import new data: Off',
      'Data source type: web',
      'Backfills: ',
      'Failed backfills: ',
    ],
    portrait: cjaPortrait,
    kind: 'connection',
    way: [connection],
  },
  'a CJA data view': {
    cells: ['Description: All', 'Owner: Ann', `Created: ${time}`, `Modified: ${time}`],
    ...{ portrait: cjaPortrait, kind: 'group', way: [connection, ['group', 'dataViews']] },
  },
  'a CJA component': {
    cells: ['ID: variables/x', 'Type: string', 'Schema path: web.page', 'Description: Page'],
    portrait: cjaPortrait,
    kind: 'group',
    way: [connection, ['group', 'dataViews'], ['dataView', 'dv'], ['group', 'dimensions']],
  },
};

function example({ kind, below, json }: Example): Resource {
  const parent = below === undefined ? accountRow.path : childPath(accountRow.path, below, 'p');
  return { path: childPath(parent, kind, 'x'), kind, id: 'x', label: 'X', hasChildren: false, json };
}

describe('The properties', () => {
  for (const [name, one] of Object.entries(EXAMPLES)) {
    it(`of ${name} say all that the service says, in words`, () => {
      const rows = one.of(example(one)).map(({ label, value }) => `${label}: ${value}`);
      assert.deepEqual(rows, one.rows);
    });
  }

  it('have the ID as what people copy, and no row for what the service does not say', () => {
    for (const [name, one] of Object.entries(EXAMPLES)) {
      const rows = one.of(example(one));
      const ids = rows.filter(({ label }) => ['ID', 'Key', 'User ID', 'Remote ID'].includes(label));
      assert.ok(ids.length > 0 && ids.every(({ copy }) => copy === true), name);
      assert.deepEqual(one.of(example({ ...one, json: {} })), [], name);
    }
  });
});

/** The cells of an example in the table of a list that has it, by the titles of the columns. */
function getCells(name: string, one: Example): readonly string[] {
  const { portrait, kind, way } = PARENTS[name] ?? assert.fail(name);
  const path = way.reduce((above, [step, stepId]) => childPath(above, step, stepId), accountRow.path);
  const [, id] = way.at(-1) ?? ['account', 'a1'];
  const parent: Resource = { path, kind, id, label: id, hasChildren: true, json: { id } };
  const row = example(one);
  const [table = assert.fail(name)] = portrait.tables(parent).filter((each) => each.includes(row));
  return table.columns.map((column) => `${column.label}: ${column.value(row) ?? ''}`);
}

describe('The tables of the details', () => {
  for (const [name, one] of Object.entries(EXAMPLES)) {
    it(`have a cell for each column of ${name}`, () => {
      assert.deepEqual(getCells(name, one), PARENTS[name]?.cells);
    });
  }
});
