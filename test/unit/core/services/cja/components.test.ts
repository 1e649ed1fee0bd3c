import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { componentExpansions } from '../../../../../src/sample/cja/component';
import { fullComponents } from '../../../../../src/core/services/cja/client/expansions';
import { childPath } from '../../../../../src/core/services/contract/path';
import type { Resource } from '../../../../../src/core/services/contract/resource';
import type { ResourceKind } from '../../../../../src/shared/kinds';
import { accountRow, startService, type StartedService } from '../../../../support/service';
import {
  getFailure,
  firstPage,
  firstRow,
  labels,
  readAll,
  requestTemplateOrRefusal,
} from '../../../../support/rows';

type Started = StartedService<'cja'>;

/** The first data view, and its groups of dimensions and metrics. */
async function getDataView({ session }: Started): Promise<readonly [Resource, Resource, Resource]> {
  const connection = await firstRow(session, accountRow, 'connection');
  const dataView = await firstRow(session, await firstRow(session, connection, 'group'), 'dataView');
  const [dimensions, metrics] = (await session.children(dataView, firstPage(), {})).items;
  assert.ok(dimensions && metrics);
  return [dataView, dimensions.resource, metrics.resource];
}

function component(group: Resource, kind: ResourceKind, id: string): Resource {
  return { path: childPath(group.path, kind, id), kind, id, label: id, hasChildren: false };
}

describe('the dimensions and metrics of a data view', () => {
  it('are groups, which are listed without a request, and lists of one request each', async () => {
    await using h = await startService('cja');
    const [dataView, dimensions, metrics] = await getDataView(h);
    assert.equal(dataView.hasChildren, true);
    assert.deepEqual([dimensions.label, metrics.label], ['Dimensions', 'Metrics']);
    h.sample.clearRequests();
    await h.session.children(dataView, firstPage(), {});
    assert.deepEqual(h.paths(), []);
    assert.ok(labels(await readAll(h.session, dimensions)).includes('Page Name'));
    assert.ok(labels(await readAll(h.session, metrics)).includes('Revenue'));
    const list = `/data/dataviews/${dataView.id}`;
    assert.deepEqual(h.paths(), [`${list}/dimensions`, `${list}/metrics`]);
  });

  it('have their data type as description, and a status if they are hidden or deleted', async () => {
    await using h = await startService('cja');
    const [, dimensions] = await getDataView(h);
    const items = await readAll(h.session, dimensions);
    const row = (id: string): Resource =>
      items.find(({ resource }) => resource.id === `variables/${id}`)?.resource ?? assert.fail(id);
    const { path, kind, label, description, status } = row('_sample.loyalty.tier');
    assert.equal(path, `${dimensions.path}/dimension:variables%2F_sample.loyalty.tier`);
    assert.deepEqual(
      [kind, label, description, status],
      ['dimension', 'Loyalty Tier', 'ordered enum', undefined],
    );
    assert.deepEqual(row('_sample.internal.debugId').status, {
      state: 'inactive',
      label: 'hidden in reporting',
    });
    h.sample.inject({
      match: { path: /dimensions$/ },
      body: { content: [{ id: 'variables/x', hidden: true, isDeleted: true }], lastPage: true },
    });
    const [gone] = await readAll(h.session, dimensions);
    assert.deepEqual(gone?.resource.status, { state: 'warning', label: 'deleted' });
  });

  it('have properties, a link to the page of their data view, and a request', async () => {
    await using h = await startService('cja', {}, { settings: { tenant: 'acme' } });
    const [dataView, dimensions] = await getDataView(h);
    const page = (await readAll(h.session, dimensions)).find(
      ({ resource }) => resource.id === 'variables/web.webPageDetails.name',
    )?.resource;
    assert.ok(page);
    assert.deepEqual(
      h.session.properties(page).map(({ label, value }) => `${label}: ${value}`),
      [
        'Description: Page Name, as collected.',
        'Type: string',
        'Schema path: web/webPageDetails/name',
        'Source field: Page Name',
        'Dataset type: event',
        'Has data: No',
        'Approved: Yes',
        'ID: variables/web.webPageDetails.name',
      ],
    );
    for (const row of [page, dimensions, dataView])
      assert.match(h.session.webLink(row) ?? '', new RegExp(`/data-views/${dataView.id}/edit$`));
    assert.match(
      h.session.requestTemplate(page)?.url ?? '',
      /\/data\/dataviews\/dv_\w+\/dimensions\/web\.webPageDetails\.name\?expansion=/,
    );
    assert.match(h.session.requestTemplate(dimensions)?.url ?? '', /\/dimensions\?includeType=hidden&/);
  });

  for (const envelope of ['guide', 'spring', 'mixed'] as const) {
    it(`are read page by page, as large as the service wants them: ${envelope}`, async () => {
      await using h = await startService('cja', { envelope, maxLimit: 4 });
      const [, dimensions] = await getDataView(h);
      h.sample.clearRequests();
      const first = await h.session.children(dimensions, firstPage(), {});
      assert.deepEqual([first.items.length, first.total, first.loading], [4, 13, 'eager']);
      assert.equal((await readAll(h.session, dimensions)).length, 13);
      const asked = h.sample.requests.map(({ query }) => [query.get('page'), query.get('limit')].join());
      assert.deepEqual(asked, [',', ',', '1,', '2,', '3,']);
    });
  }

  it('are not read forever of a service that knows no pages, and end in a row that says so', async () => {
    await using h = await startService('cja', { maxLimit: 4 });
    const [, dimensions] = await getDataView(h);
    h.sample.inject({
      match: { path: /dimensions$/ },
      body: { content: [{ id: 'variables/x' }], lastPage: false },
    });
    h.sample.clearRequests();
    const items = await readAll(h.session, dimensions);
    assert.deepEqual(
      items.map(({ resource }) => resource.kind),
      ['dimension', 'problem'],
    );
    assert.match(items[1]?.resource.problem?.detail ?? '', /indicated more items/);
    assert.equal(h.paths().length, 2);
  });

  it('say in a row that some are missing', async () => {
    await using h = await startService('cja');
    const [, dimensions] = await getDataView(h);
    h.sample.inject({
      match: { path: /dimensions$/ },
      body: { content: [{ id: 'variables/x' }], lastPage: true, totalElements: 3 },
    });
    await h.store.resolve(dimensions.path);
    await h.store.load(dimensions.path, { all: true });
    const rows = h.store.rows(dimensions.path) ?? [];
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['problem', 'dimension'],
    );
  });

  it('are an error if the answer is no list', async () => {
    await using h = await startService('cja');
    const [, dimensions, metrics] = await getDataView(h);
    for (const body of [[], [{ id: 'variables/x' }], {}, { content: {} }, { id: 'variables/x' }, 'x', null]) {
      const heal = h.sample.inject({ match: { path: /(dimensions|metrics)$/ }, body });
      for (const group of [dimensions, metrics])
        assert.equal(
          (await getFailure(h.session.children(group, firstPage(), {}))).kind,
          'protocol',
          JSON.stringify(body),
        );
      heal();
    }
  });

  it('are refused with what to do if the account may not see them', async () => {
    await using h = await startService('cja');
    const [, dimensions, metrics] = await getDataView(h);
    for (const [group, errorCode] of [
      [dimensions, 'invalid_dimension_access'],
      [metrics, 'invalid_metric_access'],
    ] as const) {
      h.sample.inject({
        match: { path: new RegExp(`${group.id}$`) },
        status: 400,
        body: { errorCode, errorDescription: 'No' },
      });
      const error = await getFailure(h.session.children(group, firstPage(), {}));
      assert.deepEqual([error.kind, error.message.includes('No')], ['permission', true]);
      assert.match(error.advice, /product profile/);
    }
  });

  it('are listed for an account that may not list connections', async () => {
    await using h = await startService('cja', { admin: false });
    const { items } = await h.session.children(accountRow, firstPage(), {});
    const hidden = items.find(({ resource }) => resource.kind === 'connection')?.resource;
    const dataView = await firstRow(h.session, hidden ?? assert.fail(), 'dataView');
    const group = await firstRow(h.session, dataView, 'group');
    assert.ok(labels(await readAll(h.session, group)).includes('City'));
  });

  it('are requested without the expansions that are refused', async () => {
    await using h = await startService('cja');
    const [, dimensions] = await getDataView(h);
    h.sample.inject({
      match: ({ query }) => (query.get('expansion') ?? '').includes('hideFromReporting'),
      status: 400,
      body: { message: "Unknown expansion name 'hideFromReporting'" },
    });
    assert.ok((await readAll(h.session, dimensions)).length > 0);
    h.sample.clearRequests();
    await readAll(h.session, dimensions);
    assert.equal(h.paths().length, 1);
  });
});

describe('one dimension or metric', () => {
  const wanted = ['variables/placeContext.geo.city', 'metrics/commerce.order.priceTotal'] as const;

  it('is read in full, by its ID without prefix, else with it', async () => {
    await using h = await startService('cja');
    const [dataView, dimensions, metrics] = await getDataView(h);
    const [city, revenue] = [
      component(dimensions, 'dimension', wanted[0]),
      component(metrics, 'metric', wanted[1]),
    ];
    const list = `/data/dataviews/${dataView.id}`;
    h.sample.clearRequests();
    const json: unknown = JSON.parse(await h.session.read(city, {}));
    assert.deepEqual(Object(json), { ...Object(json), id: city.id, schemaPath: 'placeContext/geo/city' });
    assert.match(await h.session.read(revenue, {}), /"countType"/);
    assert.deepEqual(h.paths(), [
      `${list}/dimensions/placeContext.geo.city`,
      `${list}/metrics/commerce.order.priceTotal`,
    ]);
    h.sample.inject({ match: { path: /\/dv_\w+\/(dimensions|metrics)\/[^/]+$/ }, status: 404, body: {} });
    h.sample.clearRequests();
    await h.session.read(city, {});
    await h.session.read(revenue, {});
    assert.deepEqual(h.paths(), [
      `${list}/dimensions/placeContext.geo.city`,
      `${list}/dimensions/variables/placeContext.geo.city`,
      `${list}/metrics/metrics/commerce.order.priceTotal`,
    ]);
  });

  it('is asked for with every documented expansion', () => {
    for (const kind of ['dimension', 'metric'] as const)
      assert.deepEqual([...fullComponents[kind]].sort(), [...componentExpansions[kind]].sort());
  });

  it('is the one that was asked for, with or without its prefix', async () => {
    await using h = await startService('cja');
    const [, dimensions] = await getDataView(h);
    const city = component(dimensions, 'dimension', wanted[0]);
    const answer = (id: string): (() => void) => h.sample.inject({ match: { path: /city$/ }, body: { id } });
    let heal = answer('placeContext.geo.city');
    assert.match(await h.session.read(city, {}), /city/);
    heal();
    heal = answer('variables/other');
    assert.equal((await getFailure(h.session.read(city, {}))).kind, 'protocol');
    heal();
  });

  it('of a hostile service reaches no other address', async () => {
    await using h = await startService('cja', { hostile: true });
    const [dataView, dimensions, metrics] = await getDataView(h);
    const items = [...(await readAll(h.session, dimensions)), ...(await readAll(h.session, metrics))];
    const found = items.filter(({ resource }) => ['dimension', 'metric'].includes(resource.kind));
    assert.ok(found.some(({ resource }) => resource.id === 'variables/..'));
    const reached = new RegExp(`^/data/dataviews/${dataView.id}/(dimensions|metrics)/[^/]+$`);
    for (const { resource } of found) {
      const template = requestTemplateOrRefusal(h.session, resource);
      if (template) assert.match(new URL(template.url).pathname, reached, resource.id);
      h.sample.clearRequests();
      const outcome = await h.session.read(resource, {}).catch((error: unknown) => error);
      if (resource.id.endsWith('/..')) {
        assert.equal((outcome as { kind?: unknown }).kind, 'rejected');
        assert.deepEqual(h.paths(), []);
      } else for (const path of h.paths()) assert.match(path, reached, resource.id);
    }
    const broken = items.filter(({ resource }) => resource.kind === 'problem');
    assert.equal(broken.length, 4);
  });
});
