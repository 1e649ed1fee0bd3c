import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childPath } from '../../../../src/core/services/contract/path';
import { type Resource, getJson } from '../../../../src/core/services/contract/resource';
import type { ResourceKind } from '../../../../src/shared/kinds';
import { type Answer, allBelow, answered, rowAt } from '../../../support/answered';
import { getFailure } from '../../../support/rows';

/**
 * Answers of the shapes that Adobe, Datadog and Immuta send, as far as they are known, written by hand: every value is
 * made up. Those of Krenalis have a file of their own, for real ones are known.
 */
interface Shape {
  readonly name: string;
  readonly service: string;
  readonly below: readonly (readonly [ResourceKind, string])[];
  readonly answer: (asked: string) => Answer;
  /** What has to be shown verbatim. */
  readonly sent: readonly object[];
}

const dataset = {
  ...{
    dataSetId: '5f0a1b2c3d4e5f6071829304',
    name: 'Visits',
    type: 'event',
    timestampId: 'timestamp',
    visitorId: 'guest',
  },
  ...{
    schemaInfo: { schemaId: 'https://ns.example/1', schemaName: 'Visit' },
    backfillSummary: { completed: 2, failed: 0 },
  },
};
const cjaConnection = {
  ...{
    id: 'dg_0b1c2d3e-1111-4222-8333-444455556666',
    idWithoutPrefix: '0b1c2d3e-1111-4222-8333-444455556666',
  },
  ...{
    name: 'Guests',
    description: null,
    owner: { imsUserId: '1A@AdobeID', name: null, type: 'imsUser' },
    ownerFullName: 'Ada L.',
  },
  ...{ sandboxName: 'prod', createdDate: '2025-02-03T04:05:06Z', dataSets: [dataset], isDisabled: false },
  ...{ backfillSummary: { completed: 2, inProgress: 0, inQueue: 0, failed: 0, invalid: false } },
};
const dataView = {
  ...{
    id: 'dv_77aa',
    name: 'All guests',
    owner: { imsUserId: '1A@AdobeID' },
    parentDataGroupId: cjaConnection.id,
  },
  ...{ createdDate: '2025-02-03T04:05:06Z', modifiedDate: '2025-02-04T04:05:06Z' },
};
const backfill = {
  id: '76ce',
  status: 'COMPLETED',
  startDate: '2025-01-01',
  endDate: '2025-02-01',
  createdDate: '2025-02-02T00:00:00Z',
};
const guide = {
  number: 0,
  totalElements: 1,
  totalPages: 1,
  numberOfElements: 1,
  firstPage: true,
  lastPage: true,
  sort: null,
  size: 100,
};
const openApi = {
  number: 0,
  totalElements: 1,
  totalPages: 1,
  numberOfElements: 1,
  first: true,
  last: true,
  size: 100,
};
const inCja = [['connection', cjaConnection.id]] as const;

const field = {
  id: 'tier',
  source_name: 'tier_code',
  type: 'string',
  display_name: 'Tier',
  description: '',
  groups: ['Plan'],
};
const datadogConnection = {
  ...{
    id: 'guest-book',
    type: 'ref_table',
    join: { attribute: 'usr.email', type: 'email' },
    fields: [field],
  },
  ...{
    created_at: '2025-02-03T04:05:06Z',
    created_by: '00000000-0000-0000-0000-000000000000',
    updated_at: '0001-01-01T00:00:00Z',
  },
};

const uuid = '0b1c2d3e-1111-4222-8333-444455556666';
const audit = {
  createdBy: 'ada',
  createdAt: '2025-02-03T04:05:06Z',
  updatedBy: 'ada',
  updatedAt: '2025-02-03T04:05:06Z',
};
const immutaConnection = {
  connectionKey: 'guest_book-1',
  technology: 'Snowflake',
  state: 'ACTIVE',
  health: { client: 'HEALTHY' },
  ...audit,
};
const object = {
  id: uuid,
  name: 'MAIN',
  type: 'HOST',
  normalizedType: 'HOST',
  technology: 'Snowflake',
  remoteId: 'x',
  connectionKey: 'guest_book-1',
  ...audit,
};
const task = {
  taskId: uuid,
  type: 'DATA_OBJECT_SYNC',
  status: 'RUNNING',
  trigger: 'MANUAL',
  createdBy: 'ada',
  createdAt: audit.createdAt,
};
const run = {
  runId: uuid,
  status: 'SUCCEEDED',
  createdAt: audit.createdAt,
  updatedAt: audit.updatedAt,
  completedAt: audit.updatedAt,
};
const inImmuta = [['connection', 'guest_book-1']] as const;
const inTasks = [...inImmuta, ['group', 'tasks']] as const;

const SHAPES: readonly Shape[] = [
  ...[guide, openApi].map((envelope, at) => ({
    ...{ name: `connections in envelope ${at + 1}`, service: 'cja', below: [], sent: [cjaConnection] },
    answer: () => ({ content: [cjaConnection], ...envelope }),
  })),
  { name: 'a connection', service: 'cja', below: inCja, answer: () => cjaConnection, sent: [dataset] },
  {
    ...{
      name: 'backfills',
      service: 'cja',
      below: [...inCja, ['dataset', dataset.dataSetId]],
      sent: [backfill],
    },
    answer: () => ({ content: [backfill], ...guide }),
  },
  {
    ...{ name: 'data views', service: 'cja', below: [...inCja, ['group', 'dataViews']], sent: [dataView] },
    answer: () => ({ content: [dataView], ...openApi }),
  },
  {
    ...{ name: 'connections', service: 'datadog', below: [['entity', 'users']], sent: [datadogConnection] },
    answer: () => ({
      data: { id: 'x', type: 'get_connections_response', attributes: { connections: [datadogConnection] } },
    }),
  },
  {
    ...{
      name: 'attributes',
      service: 'datadog',
      below: [
        ['entity', 'users'],
        ['group', 'attributes'],
      ],
    },
    answer: () => ({
      data: {
        id: 'x',
        type: 'get_mappings_response',
        attributes: { attributes: [{ attribute: 'tier', type: 'string', is_custom: true, groups: [] }] },
      },
    }),
    sent: [{ attribute: 'tier', type: 'string', is_custom: true, groups: [] }],
  },
  {
    name: 'connections',
    service: 'immuta',
    below: [],
    answer: () => ({ connections: [immutaConnection], meta: { nextCursor: null } }),
    sent: [immutaConnection],
  },
  {
    ...{ name: 'data objects', service: 'immuta', below: inImmuta, sent: [object] },
    answer: (asked) => (asked.includes('_search') ? { dataObjects: [object] } : immutaConnection),
  },
  { name: 'tasks', service: 'immuta', below: inTasks, answer: () => ({ tasks: [task] }), sent: [task] },
  {
    ...{ name: 'runs', service: 'immuta', below: [...inTasks, ['task', uuid]], sent: [run] },
    answer: (asked) => (asked.includes('/runs') ? { runs: [run] } : { tasks: [] }),
  },
];

describe('Answers as services send them', () => {
  for (const { name, service, below, answer, sent } of SHAPES) {
    it(`are shown verbatim: ${name} of ${service}`, async () => {
      const at = await answered(service, (asked) => answer(asked));
      const parent = rowAt(at, below);
      const rows = (await allBelow(at, parent)).map(({ resource }) => resource);
      assert.deepEqual(rows.filter(({ kind }) => kind !== 'group').map(getJson), sent);
      for (const row of rows) {
        if (row.kind !== 'group') assert.notEqual(row.status?.state, 'unknown');
        const facts = at.session.properties(row);
        assert.ok(facts.every(({ value }) => value !== '' && !/undefined|\[object/.test(value)));
      }
    });
  }
});

/** A refusal: its status, its body, and the words shown to the user. */
const REFUSALS: readonly (readonly [service: string, status: number, body: string | object, says: RegExp])[] =
  [
    [
      'cja',
      400,
      { errorCode: 'invalid_data', errorDescription: 'No such sandbox.', errorId: 'e-1', errorDetails: {} },
      /No such sandbox/,
    ],
    [
      'cja',
      403,
      { errorCode: 'insufficient_access', errorDescription: 'Not for you.', errorId: 'e-1' },
      /Not for you/,
    ],
    ['cja', 403, { error_code: '403003', message: 'Key unknown here' }, /Key unknown here/],
    ['cja', 504, '<html><body>Gateway</body></html>', /504/],
    ['datadog', 400, { errors: ['Entity unknown'] }, /Entity unknown/],
    [
      'datadog',
      403,
      { errors: [{ title: 'Forbidden', detail: 'Scope missing', status: '403' }] },
      /Scope missing/,
    ],
    [
      'datadog',
      403,
      { status: 'error', code: 403, errors: ['Forbidden'], statuspage: 'http://status.example' },
      /API key is unknown/,
    ],
    ['datadog', 404, '{"errors":["Not here"]}', /Not here/],
    ['immuta', 400, { statusCode: 400, error: 'Bad Request', message: 'Limit is odd.' }, /Limit is odd/],
    [
      'immuta',
      401,
      { statusCode: 401, error: 'Unauthorized', message: 'Who are you?' },
      /rejected the access token/,
    ],
    ['immuta', 409, { message: 'State must be ACTIVE for that.' }, /must be ACTIVE/],
    ['immuta', 422, { errors: [{ message: 'Key is taken.' }] }, /Key is taken/],
  ];

describe('Refusals as services send them', () => {
  for (const [service, status, body, says] of REFUSALS) {
    it(`are explained in plain words, with advice: ${service} ${status} ${JSON.stringify(body).slice(0, 50)}`, async () => {
      const at = await answered(service, () => ({ status, body }));
      const entity: Resource = { ...at.row, path: childPath(at.row.path, 'entity', 'users'), kind: 'entity' };
      const parent = service === 'datadog' ? entity : at.row;
      const error = await getFailure(
        at.session.children(parent, { size: 100, bypassCache: false, depth: 0 }, {}),
      );
      assert.match(error.message, says);
      assert.match(error.advice, /\w.*\.$/s);
      assert.doesNotMatch(error.message, /undefined|\[object|<html/);
    });
  }
});
