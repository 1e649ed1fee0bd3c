import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childPath } from '../../../../../src/core/services/contract/path';
import { type Resource, getJson } from '../../../../../src/core/services/contract/resource';
import { accountRow, startService } from '../../../../support/service';
import { getFailure, firstPage, firstRow, readAll, rows } from '../../../../support/rows';

describe('CJA connections', () => {
  it('lists all connections, with every row known after one page', async () => {
    await using h = await startService('cja', { connections: 25 });
    const page = await h.session.children(accountRow, firstPage(), {});
    assert.equal(rows(page.items, 'connection').length, 25);
    assert.equal(page.total, 25);
    assert.deepEqual(page.nextCursors, []);
    assert.equal(page.loading, 'eager');
    assert.deepEqual(h.paths(), ['/ims/token/v3', '/data/connections']);
  });

  for (const envelope of ['guide', 'spring'] as const) {
    it(`returns all further pages at once (${envelope} envelope, server caps the limit)`, async () => {
      await using h = await startService('cja', { connections: 47, envelope, maxLimit: 10 });
      const page = await h.session.children(accountRow, firstPage({ size: 500 }), {});
      assert.equal(page.items.length, 10);
      assert.equal(page.nextCursors.length, 4);
      const items = await readAll(h.session, accountRow, { size: 500 });
      assert.equal(rows(items, 'connection').length, 47);
      assert.equal(h.sample.requests.filter(({ path }) => path === '/data/connections').length, 1 + 5);
    });
  }

  it('includes datasets and backfills if depth is requested, in one request', async () => {
    await using h = await startService('cja', { connections: 3, datasets: 4, backfills: 5 });
    const page = await h.session.children(accountRow, firstPage({ depth: 2 }), {});
    const datasets = page.items.flatMap(({ children }) => children?.items ?? []);
    const sets = datasets.filter(({ resource }) => resource.kind === 'dataset');
    assert.ok(sets.length >= 8);
    assert.ok(sets.every(({ children }) => rows(children?.items ?? [], 'backfill').length === 5));
    assert.equal(h.sample.requests.length, 2);
  });

  it('shows included backfills newest first, in whatever order they came', async () => {
    await using h = await startService('cja', { connections: 1, datasets: 1, backfills: 5 });
    h.sample.inject({ match: { path: /\/data\/connections$/ }, change: reversed });
    const [connection] = (await h.session.children(accountRow, firstPage({ depth: 2 }), {})).items;
    const [dataset] = connection?.children?.items ?? [];
    const shown = rows(dataset?.children?.items ?? [], 'backfill');
    const lazily = await h.session.children(dataset?.resource ?? assert.fail(), firstPage(), {});
    assert.equal(shown.length, 5);
    assert.deepEqual(
      shown.map(({ id }) => id),
      rows(lazily.items, 'backfill').map(({ id }) => id),
    );
  });

  it('returns the same rows in depth and level by level', async () => {
    await using h = await startService('cja', { connections: 2, datasets: 3, backfills: 4 });
    const deep = (await h.session.children(accountRow, firstPage({ depth: 2 }), {})).items;
    for (const { resource, children } of deep) {
      const level = await h.session.children(resource, firstPage(), {});
      assert.deepEqual(outline(children?.items), outline(level.items));
      for (const { resource: dataset, children: inline } of children?.items ?? []) {
        if (dataset.kind !== 'dataset') continue;
        const lazily = await h.session.children(dataset, firstPage(), {});
        assert.deepEqual(outline(inline?.items), outline(lazily.items));
      }
    }
  });

  it('bypasses the cache of the service on refresh', async () => {
    await using h = await startService('cja', { connections: 1 });
    await h.session.children(accountRow, firstPage({ bypassCache: true }), {});
    await h.session.children(accountRow, firstPage(), {});
    const cached = h.sample.requests
      .filter(({ method }) => method === 'GET')
      .map(({ query }) => query.get('cached'));
    assert.deepEqual(cached, ['false', null]);
  });

  it('sends the filters of the account', async () => {
    const settings = {
      sandboxName: 'prod',
      connectionIds: 'dg_1, dg_2',
      includeType: 'disabled',
      locale: 'de_DE',
    };
    await using h = await startService('cja', { connections: 5 }, { settings });
    const page = await h.session.children(accountRow, firstPage(), {});
    const { query } = h.sample.requests.at(-1) ?? assert.fail();
    assert.deepEqual(
      [query.get('sandboxName'), query.get('connectionIds'), query.get('includeType'), query.get('locale')],
      ['prod', 'dg_1,dg_2', 'disabled', 'de_DE'],
    );
    assert.match(page.items[0]?.resource.label ?? '', /No connections match/);
  });

  it('finds the connections that use a dataset', async () => {
    await using h = await startService('cja', { connections: 6 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const dataset = await firstRow(h.session, connection, 'dataset');
    const found = await h.session.findConnectionsByDataset(accountRow, dataset.id, {});
    assert.ok(found.some(({ id }) => id === connection.id));
    assert.deepEqual(await h.session.findConnectionsByDataset(accountRow, 'none', {}), []);
  });

  it('omits an expansion that the service refuses, and does not request it again', async () => {
    await using h = await startService('cja', { connections: 2 });
    h.sample.inject({
      match: ({ path, query }) =>
        path === '/data/connections' && (query.get('expansion') ?? '').includes('ownerFullName'),
      status: 400,
      body: { errorCode: 'invalid_parameters', errorDescription: "Unknown expansion 'ownerFullName'" },
    });
    for (const times of [3, 4]) {
      const page = await h.session.children(accountRow, firstPage(), {});
      assert.equal(rows(page.items, 'connection').length, 2);
      assert.equal(h.sample.requests.length, times);
    }
  });
});

describe('CJA levels below a connection', () => {
  it('shows datasets and a row for data views', async () => {
    await using h = await startService('cja', { connections: 2, datasets: 3, dataViews: 2 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const page = await h.session.children(connection, firstPage(), {});
    assert.equal(page.items.at(-1)?.resource.kind, 'group');
    assert.ok(rows(page.items, 'dataset').length > 0);
    const group = page.items.at(-1)?.resource ?? assert.fail();
    assert.equal(rows(await readAll(h.session, group, { size: 1 }), 'dataView').length, 2);
  });

  it('shows backfills newest first, further pages on demand', async () => {
    await using h = await startService('cja', { connections: 1, datasets: 1, backfills: 7 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const dataset = await firstRow(h.session, connection, 'dataset');
    const page = await h.session.children(dataset, firstPage({ size: 3 }), {});
    assert.deepEqual(
      [page.items.length, page.nextCursors.length, page.total, page.loading],
      [3, 1, 7, 'onDemand'],
    );
    const all = rows(await readAll(h.session, dataset, { size: 3 }), 'backfill');
    const dates = all.map((row) => JSON.stringify(getJson(row)?.createdDate));
    assert.equal(all.length, 7);
    assert.deepEqual(dates, dates.toSorted().reverse());
    assert.ok(all.every(({ hasChildren }) => !hasChildren));
  });

  it('requests the backfill states of the account', async () => {
    await using h = await startService(
      'cja',
      { connections: 1 },
      { settings: { backfillStatus: 'failed,inProgress' } },
    );
    const connection = await firstRow(h.session, accountRow, 'connection');
    const dataset = await firstRow(h.session, connection, 'dataset');
    await h.session.children(dataset, firstPage(), {});
    assert.equal(h.sample.requests.at(-1)?.query.get('includeStatus'), 'failed,inProgress');
  });

  it('says if backfills are not available', async () => {
    await using h = await startService('cja', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const dataset = await firstRow(h.session, connection, 'dataset');
    h.sample.inject({ match: { path: /backfills$/ }, status: 404 });
    const page = await h.session.children(dataset, firstPage(), {});
    assert.equal(page.items[0]?.resource.problem?.retryable, false);
  });

  it('retries once without the prefix if a connection is not found', async () => {
    await using h = await startService('cja', { connections: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    h.sample.inject({ match: { path: /connections\/dg_/ }, status: 404 });
    assert.ok((await h.session.children(connection, firstPage(), {})).items.length > 1);
  });

  it('says that a connection was deleted while it was expanded', async () => {
    await using h = await startService('cja', { connections: 2 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    h.sample.cja.removeConnection(connection.id);
    const error = await getFailure(h.session.children(connection, firstPage(), {}));
    assert.deepEqual([error.kind, error.code], ['notFound', 'resource_not_found']);
    assert.match(error.advice, /deleted/);
  });

  it('drops data views of other connections if the service ignores the filter', async () => {
    await using h = await startService('cja', { connections: 2, dataViews: 2 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const group = await firstRow(h.session, connection, 'group');
    const content = [
      { id: 'dv_1', parentDataGroupId: connection.id },
      { id: 'dv_2', parentDataGroupId: 'dg_other' },
      { id: 'dv_3' },
    ];
    h.sample.inject({ match: { path: /dataviews/ }, body: { content, lastPage: true } });
    const { items } = await h.session.children(group, firstPage(), {});
    assert.deepEqual(
      items.map(({ resource }) => resource.id),
      ['dv_1', 'dv_3'],
    );
  });

  it('reads data views from the older path if the newer one is unknown', async () => {
    await using h = await startService('cja', { connections: 1, dataViews: 2 });
    h.sample.inject({ match: { path: /^\/data\/dataviews/ }, status: 404 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const group = await firstRow(h.session, connection, 'group');
    assert.equal((await h.session.children(group, firstPage(), {})).items.length, 2);
    assert.equal(h.paths().at(-1), '/datagroups/dataviews');
  });
});

describe('CJA without administrator rights', () => {
  it('explains the empty list, and shows what data views reveal', async () => {
    await using h = await startService('cja', { admin: false, connections: 4, dataViews: 3 });
    const { items } = await h.session.children(accountRow, firstPage(), {});
    const problem = items[0]?.resource.problem ?? assert.fail();
    assert.match(problem.detail, /not a product administrator/);
    assert.match(problem.advice ?? '', /Technical account email/i);
    const [hidden] = items.filter(({ resource }) => resource.kind === 'connection');
    assert.equal(hidden?.children?.items.length, 3);
    assert.equal(hidden.resource.status?.state, 'unknown');
    const lazily = await h.session.children(hidden.resource, firstPage(), {});
    assert.deepEqual(outline(lazily.items), outline(hidden.children.items));
  });

  it('explains an organization without anything', async () => {
    await using h = await startService('cja', { connections: 0, dataViews: 0 });
    const { items } = await h.session.children(accountRow, firstPage(), {});
    assert.equal(items.length, 1);
    assert.match(items[0]?.resource.problem?.detail ?? '', /^Either the organization has no connections/);
  });

  it('explains it without data views if those are refused', async () => {
    await using h = await startService('cja', { admin: false });
    h.sample.inject({ match: { path: /dataviews/ }, status: 403 });
    assert.equal((await h.session.children(accountRow, firstPage(), {})).items.length, 1);
  });

  it('verifies the account with a warning', async () => {
    await using h = await startService('cja', { admin: false });
    const identity = await h.session.verify({});
    assert.match(identity.name, /@techacct\.adobe\.com$/);
    assert.match(identity.warning?.title ?? '', /empty list/);
  });
});

describe('CJA session', () => {
  it('verifies with two requests', async () => {
    await using h = await startService('cja');
    const identity = await h.session.verify({});
    assert.equal(identity.warning, undefined);
    assert.deepEqual(h.paths(), ['/ims/token/v3', '/configuration/users/me', '/data/connections']);
  });

  it('does not verify an account whose connections cannot be read', async () => {
    await using h = await startService('cja');
    h.sample.inject({
      match: { path: /^\/data\/connections$/ },
      change: (json) => ({ ...(json as object), content: [{ name: 5 }] }),
    });
    assert.equal((await getFailure(h.session.verify({}))).kind, 'protocol');
  });

  it('reads the user from the older path if the newer one is unknown', async () => {
    await using h = await startService('cja');
    h.sample.inject({ match: { path: /^\/configuration/ }, status: 404 });
    assert.match((await h.session.verify({})).name, /@techacct/);
  });

  it('lists the data source types, and says if there are none', async () => {
    await using h = await startService('cja');
    const terms = await h.session.glossaryTerms('dataSourceTypes', {});
    assert.ok(terms.some(({ id, label }) => id === 'webData' && label === 'Web Data'));
    const heal = h.sample.inject({ match: { path: /configurationSettings/ }, status: 403 });
    assert.doesNotMatch(
      (await getFailure(h.session.glossaryTerms('dataSourceTypes', {}))).message,
      /does not publish/,
    );
    heal();
    h.sample.inject({ match: { path: /configurationSettings/ }, status: 404 });
    assert.match(
      (await getFailure(h.session.glossaryTerms('dataSourceTypes', {}))).message,
      /does not publish/,
    );
    assert.equal((await getFailure(h.session.glossaryTerms('other', {}))).kind, 'rejected');
  });

  it('shows the parts of a long connection, and none for what is cut out of it', async () => {
    await using h = await startService('cja', { connections: 1, datasets: 1 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const dataset = await firstRow(h.session, connection, 'dataset');
    const body = JSON.stringify({
      id: connection.id,
      dataSets: [getJson(dataset)],
      notes: 'x'.repeat(200_000),
    });
    h.sample.inject({ match: { path: /connections\/dg_/ }, body });
    const chunks: string[] = [];
    const listen = (text: string): void => void chunks.push(text);
    assert.equal(await h.session.read(connection, {}, listen), body);
    assert.equal(chunks.join(''), body);
    await h.session.read(dataset, {}, () => assert.fail('it was told'));
  });

  it('returns each resource verbatim', async () => {
    await using h = await startService('cja', { connections: 1, datasets: 2, backfills: 3, dataViews: 2 });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const dataset = await firstRow(h.session, connection, 'dataset');
    const backfill = await firstRow(h.session, dataset, 'backfill');
    const group = await firstRow(h.session, connection, 'group');
    const dataView = await firstRow(h.session, group, 'dataView');
    for (const [resource, key] of [
      [connection, 'id'],
      [dataset, 'dataSetId'],
      [backfill, 'id'],
      [dataView, 'id'],
    ] as const) {
      const value = JSON.parse(await h.session.read(resource, {})) as Record<string, unknown>;
      assert.equal(value[key], resource.id);
    }
    assert.equal((await getFailure(h.session.read(group, {}))).kind, 'rejected');
    for (const gone of [
      { ...dataset, id: 'x' },
      { ...backfill, id: 'x' },
      { ...dataView, id: 'x' },
    ]) {
      assert.equal((await getFailure(h.session.read(gone, {}))).kind, 'notFound');
    }
  });

  it('provides properties, links, short IDs and request templates without a request', async () => {
    await using h = await startService('cja', { connections: 2 }, { settings: { tenant: '@acme' } });
    const connection = await firstRow(h.session, accountRow, 'connection');
    const dataset = await firstRow(h.session, connection, 'dataset');
    const asked = h.sample.requests.length;
    const link = 'https://experience.adobe.com/#/@acme/';
    assert.equal(
      h.session.webLink(connection),
      `${link}platform/analytics/#/apps/data-management/connections/${connection.id}`,
    );
    const sandbox = connection.searchAttributes?.sandbox ?? assert.fail();
    assert.equal(h.session.webLink(dataset), `${link}sname:${sandbox}/platform/dataset/browse/${dataset.id}`);
    assert.equal(h.session.shortId(connection), connection.id.slice(3));
    assert.ok(h.session.properties(connection).some(({ value }) => value === connection.id));
    const recipe = h.session.requestTemplate(connection) ?? assert.fail();
    assert.equal(recipe.headers.authorization, 'Bearer $ACCESS_TOKEN');
    assert.ok(recipe.url.startsWith(`${h.sample.origin}/data/connections/${connection.id}?expansion=`));
    const list = h.session.requestTemplate(accountRow) ?? assert.fail();
    const { pathname, searchParams } = new URL(list.url);
    assert.deepEqual([pathname, searchParams.get('limit')], ['/data/connections', '100']);
    assert.equal(h.sample.requests.length, asked);
  });

  it('never lets an ID of a hostile server escape its place in a URL', async () => {
    await using h = await startService('cja');
    const path = childPath(accountRow.path, 'connection', 'a/../b?c#d');
    const hostile: Resource = { path, kind: 'connection', id: 'a', label: '', hasChildren: true };
    assert.ok(h.session.webLink(hostile)?.endsWith('/connections/dg_a%2F..%2Fb%3Fc%23d'));
    await getFailure(h.session.children({ ...hostile, id: 'a/../b?c#d', json: {} }, firstPage(), {}));
    assert.ok(
      h
        .paths()
        .slice(1)
        .every((asked) => asked.startsWith('/data/connections/')),
    );
  });
});

function outline(items: readonly { readonly resource: Resource }[] = []): readonly string[] {
  return items
    .map(({ resource: { path, label, status } }) => `${path} ${label} ${status?.label ?? ''}`)
    .toSorted();
}

/** The same JSON with every list of backfills the other way round. */
function reversed(json: unknown): unknown {
  const text = JSON.stringify(json, (key, value: unknown) =>
    key === 'backfills' && Array.isArray(value) ? value.toReversed() : value,
  );
  return JSON.parse(text);
}
