import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalize, snapshotText } from '../../../../../src/features/compare/jsonTexts';
import type { RecordedRequest, SampleRequest } from '../../../../../src/sample/common/exchange';
import { cja } from '../../../../../src/core/services/cja';
import type { JsonObject } from '../../../../../src/core/http/json';
import type { Resource } from '../../../../../src/core/services/contract/resource';
import { accountRow, type StartedService, startService } from '../../../../support/service';
import { getFailure, firstPage, firstRow, rows } from '../../../../support/rows';
import { getAction } from '../../../../support/getAction';

/** The fields of a data view in Adobe's guide and OpenAPI document, by their names in `expansion`. */
const DATA_VIEW_EXPANSIONS = [
  'name',
  'description',
  'owner',
  'isDeleted',
  'parentDataGroupId',
  'segmentList',
  'currentTimezoneOffset',
  'timezoneDesignator',
  'modified',
  'createdDate',
  'organization',
  'curationEnabled',
  'recentRecordedAccess',
  'sessionDefinition',
  'externalData',
  'containerNames',
];

/** Those of a connection that the OpenAPI document has beyond the guide. */
const NEWER_CONNECTION_EXPANSIONS = [
  'primaryIdType',
  'configuredContainers',
  'componentType',
  'internalLabels',
];

async function getDataViews(
  { session }: StartedService<'cja'>,
  connection?: Resource,
): Promise<readonly Resource[]> {
  const parent = connection ?? (await firstRow(session, accountRow, 'connection'));
  const group = await firstRow(session, parent, 'group');
  return rows((await session.children(group, firstPage(), {})).items, 'dataView');
}

function getExpansion(request: Pick<SampleRequest, 'query'> | undefined): readonly string[] {
  return (request?.query.get('expansion') ?? '').split(',');
}

/** The requests during some work. */
async function askedBy(
  { sample }: StartedService<'cja'>,
  work: () => Promise<unknown>,
): Promise<readonly RecordedRequest[]> {
  const before = sample.requests.length;
  await work();
  return sample.requests.slice(before);
}

function refuse({ sample }: StartedService<'cja'>, path: RegExp, name: string): void {
  sample.inject({
    match: (request) => path.test(request.path) && getExpansion(request).includes(name),
    status: 400,
    body: { errorCode: 'invalid_parameters', errorDescription: `Unknown expansion '${name}'` },
  });
}

describe('the JSON of a data view', () => {
  it('is requested by its ID, with all that is documented, in one request', async () => {
    await using h = await startService('cja', { connections: 1, dataViews: 3 });
    const [dataView] = await getDataViews(h);
    assert.ok(dataView);
    let text = '';
    const asked = await askedBy(h, async () => (text = await h.session.read(dataView, {})));
    assert.deepEqual(
      asked.map(({ method, path }) => `${method} ${path}`),
      [`GET /data/dataviews/${dataView.id}`],
    );
    assert.deepEqual(getExpansion(asked[0]).toSorted(), DATA_VIEW_EXPANSIONS.toSorted());
    const json = JSON.parse(text) as JsonObject;
    for (const field of ['timezoneDesignator', 'sessionDefinition', 'containerNames', 'externalData'])
      assert.ok(Object.hasOwn(json, field), field);
    const recipe = h.session.requestTemplate(dataView) ?? assert.fail();
    assert.equal(new URL(recipe.url).pathname, `/data/dataviews/${dataView.id}`);
  });

  it('differs in comparisons and snapshots if time zone and sessions differ', async () => {
    await using h = await startService('cja', { connections: 1, dataViews: 1 });
    const [dataView] = await getDataViews(h);
    assert.ok(dataView);
    const texts = async (): Promise<readonly string[]> => {
      const text = await h.session.read(dataView, {});
      return [
        await canonicalize(text, { ...cja.canonicalJson, keepServerMade: false, secrets: [] }),
        snapshotText(text, []),
      ];
    };
    const before = await texts();
    for (const change of [
      { timezoneDesignator: 'Europe/Paris' },
      { sessionDefinition: [{ numPeriods: 5, granularity: 'HOUR', func: 'INACTIVITY' }] },
    ]) {
      const document = { kind: 'document', text: JSON.stringify(change), base: '{}' } as const;
      await getAction(h.session.actions, dataView, 'editDataView').perform(document, {});
      const after = await texts();
      const [field = ''] = Object.keys(change);
      for (const [index, text] of after.entries()) {
        assert.notEqual(text, before[index]);
        assert.notDeepEqual(getField(text, field), getField(before[index] ?? '', field), field);
      }
    }
  });

  it('omits only the fields that the service refuses', async () => {
    await using h = await startService('cja', { connections: 1, dataViews: 1 });
    const [dataView] = await getDataViews(h);
    assert.ok(dataView);
    refuse(h, /dataviews\/dv_/, 'containerNames');
    const asked = await askedBy(h, () => h.session.read(dataView, {}));
    const wanted = DATA_VIEW_EXPANSIONS.filter((name) => name !== 'containerNames');
    assert.deepEqual(getExpansion(asked.at(-1)).toSorted(), wanted.toSorted());
    const again = await askedBy(h, () => h.session.read(dataView, {}));
    assert.equal(again.length, 1, 'what was refused is not asked for again');
  });

  it('is found in the list if the service has no operation for a single one', async () => {
    await using h = await startService('cja', { connections: 1, dataViews: 3 });
    const [dataView] = await getDataViews(h);
    assert.ok(dataView);
    h.sample.inject({ match: { path: /^\/data\/dataviews/ }, status: 404 });
    const json = JSON.parse(await h.session.read(dataView, {})) as JsonObject;
    assert.deepEqual([json.id, json.timezoneDesignator], [dataView.id, 'Europe/Berlin']);
    const gone = await getFailure(h.session.read({ ...dataView, id: 'dv_gone' }, {}));
    assert.equal(gone.kind, 'notFound');
  });

  it('is not that of another data view', async () => {
    await using h = await startService('cja', { connections: 1, dataViews: 2 });
    const [one, other] = await getDataViews(h);
    assert.ok(one && other);
    h.sample.inject({
      match: { path: /dataviews\/dv_/ },
      times: 1,
      getAnswer: () => `/data/dataviews/${other.id}?expansion=name`,
    });
    assert.equal((await getFailure(h.session.read(one, {}))).kind, 'protocol');
  });

  it('shows its time zone and its sessions in the panel and the tooltip', async () => {
    await using h = await startService('cja', { connections: 1, dataViews: 1 });
    const [dataView] = await getDataViews(h);
    assert.ok(dataView);
    const facts = new Map(h.session.properties(dataView).map(({ label, value }) => [label, value]));
    assert.equal(facts.get('Time zone'), 'Europe/Berlin');
    assert.equal(facts.get('Session'), '30 minutes of inactivity');
    const sessionDefinition = [{ numPeriods: 1, granularity: 'MINUTE', func: 'INACTIVITY' }];
    const short = { ...dataView, json: { id: dataView.id, sessionDefinition } };
    const session = h.session.properties(short).find(({ label }) => label === 'Session');
    assert.equal(session?.value, '1 minute of inactivity');
  });
});

describe('the JSON of a connection', () => {
  it('is requested with all that is documented', async () => {
    await using h = await startService('cja', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    let text = '';
    const [asked] = await askedBy(h, async () => (text = await h.session.read(connection, {})));
    const expansion = getExpansion(asked);
    assert.equal(expansion.length, 34);
    for (const name of NEWER_CONNECTION_EXPANSIONS) {
      assert.ok(expansion.includes(name), name);
      assert.ok(Object.hasOwn(JSON.parse(text) as object, name), name);
    }
  });

  it('omits only the fields that the service refuses', async () => {
    await using h = await startService('cja', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    refuse(h, /connections\/dg_/, 'internalLabels');
    const asked = await askedBy(h, () => h.session.read(connection, {}));
    const expansion = getExpansion(asked.at(-1));
    assert.equal(expansion.length, 33);
    assert.ok(!expansion.includes('internalLabels'));
    assert.ok(expansion.includes('primaryIdType'));
  });
});

describe("Adobe's cache", () => {
  it('is bypassed when a person refreshes, in every list that has one', async () => {
    await using h = await startService('cja', { connections: 1, dataViews: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const group = await firstRow(h.session, connection, 'group');
    for (const [parent, fresh, cached] of [
      [accountRow, false, null],
      [accountRow, true, 'false'],
      [group, false, null],
      [group, true, 'false'],
    ] as const) {
      const asked = await askedBy(h, () => h.session.children(parent, firstPage({ bypassCache: fresh }), {}));
      assert.deepEqual([...new Set(asked.map(({ query }) => query.get('cached')))], [cached]);
    }
  });

  it('is bypassed when an empty list is explained again, and when an account is verified', async () => {
    await using h = await startService('cja', { connections: 1, dataViews: 1, admin: false });
    for (const work of [
      () => h.session.children(accountRow, firstPage({ bypassCache: true }), {}),
      () => h.session.verify({}),
    ]) {
      const asked = await askedBy(h, work);
      const lists = asked.filter(({ path }) => /(connections|dataviews)$/.test(path));
      assert.deepEqual(
        lists.map(({ path, query }) => `${path} ${query.get('cached') ?? ''}`),
        ['/data/connections false', '/data/dataviews false'],
      );
    }
  });
});

function getField(text: string, field: string): unknown {
  return (JSON.parse(text) as JsonObject)[field];
}
