import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FALLBACK_LIFETIME_MS } from '../../../../../src/core/services/common/fallback';
import { ConnectorCache, connectorTerms } from '../../../../../src/core/services/krenalis/client/connectors';
import { Operations } from '../../../../../src/core/services/krenalis/client/operations';
import { Transport } from '../../../../../src/core/services/krenalis/client/transport';
import { toChildList, OrderedItems } from '../../../../../src/core/store/childList';
import { accountRow, startService } from '../../../../support/service';
import { firstPage, readAll, rows, childNamed, connectionNamed } from '../../../../support/rows';
import { getAction } from '../../../../support/getAction';
import { getJson } from '../../../../../src/core/services/contract/resource';

it('connectors are described by what is known of them', () => {
  const words = { label: 'Kafka', type: 'Stream', asSource: { summary: 'Reads.', hasSettings: true } };
  const list = [
    { code: 'kafka', ...words, asDestination: undefined, oauth: false },
    {
      code: 'x',
      label: undefined,
      type: undefined,
      asSource: undefined,
      asDestination: undefined,
      oauth: false,
    },
  ];
  assert.deepEqual(connectorTerms({ list, broken: 0 }), [
    { id: 'kafka', label: 'Kafka', description: 'Stream · Reads.' },
    { id: 'x', label: 'x', description: '' },
  ]);
});

describe('Krenalis connections', () => {
  it('lists all connections with their pipelines and last runs, in one request each', async () => {
    await using h = await startService('krenalis', { krenalisConnections: 20 });
    const page = await h.session.children(accountRow, firstPage(), {});
    assert.equal(rows(page.items, 'connection').length, 20);
    assert.deepEqual([page.total, page.nextCursors, page.loading], [20, [], 'eager']);
    const website = page.items.find(({ resource }) => resource.label === 'Website');
    assert.equal(website?.resource.description, 'Source · javascript');
    assert.deepEqual(
      website.children?.items.map(({ resource }) => [resource.kind, resource.label, resource.status?.label]),
      [
        ['pipeline', 'Collect events', 'enabled'],
        ['pipeline', 'Identify users', 'disabled'],
        ['group', 'Identities', undefined],
      ],
    );
    assert.deepEqual(h.asked(), ['GET /v1/connections', 'GET /v1/pipelines/runs']);
  });

  it('keeps equal names at their places, though the service swaps them', async () => {
    await using h = await startService('krenalis');
    const orders = [];
    const shown = [];
    for (let reading = 0; reading < 4; reading++) {
      const page = await h.session.children(accountRow, firstPage(), {});
      orders.push(
        rows(page.items, 'connection')
          .map(({ id }) => id)
          .join(),
      );
      shown.push(
        new OrderedItems()
          .of(toChildList(page, 0))
          .map(({ resource }) => resource.id)
          .join(),
      );
    }
    assert.ok(new Set(orders).size > 1, 'the sample swaps equal names');
    assert.equal(new Set(shown).size, 1);
  });

  it('summarizes the states of the pipelines of a connection', async () => {
    await using h = await startService('krenalis');
    const { items } = await h.session.children(accountRow, firstPage(), {});
    const words = new Map(
      rows(items, 'connection').map(({ label, status, searchAttributes }) => [
        `${label}/${searchAttributes?.role ?? ''}`,
        `${status?.state ?? ''}: ${status?.label ?? ''}`,
      ]),
    );
    assert.equal(words.get('PostgreSQL/Source'), 'running: 1 running');
    assert.equal(words.get('Website/Source'), 'inactive: 1 disabled, 1 enabled');
    assert.equal(words.get('Newsletter/Destination'), 'ok: 2 enabled');
    assert.equal(words.get('PostgreSQL/Destination'), 'inactive: no pipelines');
  });

  it('reads a single connection with the same pipelines, and updates the connection', async () => {
    await using h = await startService('krenalis');
    const { items } = await h.session.children(accountRow, firstPage(), {});
    for (const { resource, children } of items) {
      const page = await h.session.children(resource, firstPage(), {});
      assert.deepEqual(
        page.items.map((item) => item.resource),
        children?.items.map((item) => item.resource),
      );
      assert.equal(page.parent?.path, resource.path);
      assert.deepEqual(page.parent.status, resource.status);
    }
    const newsletter = await h.session.children(
      await connectionNamed(h.session, 'Newsletter'),
      firstPage(),
      {},
    );
    const facts = h.session.properties(newsletter.parent ?? accountRow);
    assert.ok(facts.some(({ label, value }) => label === 'Event types' && value.includes('Send identity')));
  });
});

describe('Krenalis pipelines and runs', () => {
  it('shows target and schedule, and runs only if there are some', async () => {
    await using h = await startService('krenalis');
    const database = await connectionNamed(h.session, 'PostgreSQL', 'Source');
    const batch = await childNamed(h.session, database, 'Import users');
    assert.deepEqual([batch.description, batch.hasChildren], ['User · every 1h from 01:06', true]);
    const events = await childNamed(h.session, await connectionNamed(h.session, 'Website'), 'Collect events');
    assert.deepEqual([events.description, events.hasChildren], ['Event', false]);
  });

  for (const [krenalisVersion, steps] of [
    ['head', 7],
    ['v0.39', 6],
  ] as const) {
    it(`shows a run while it is active and afterwards (${krenalisVersion}, ${steps} steps)`, async () => {
      let now = 1_790_000_000_000;
      await using h = await startService('krenalis', {
        krenalisVersion,
        now: () => now,
        backfillSeconds: 70,
      });
      const database = await connectionNamed(h.session, 'PostgreSQL', 'Source');
      const pipeline = await childNamed(h.session, database, 'Import users');
      now += 30_000;
      const during = await h.session.children(pipeline, firstPage(), {});
      assert.equal(during.items[0]?.resource.status?.state, 'running');
      assert.equal(during.parent?.status?.state, 'running');
      now += 60_000;
      const after = await h.session.children(pipeline, firstPage(), {});
      const [run] = rows(after.items, 'run');
      assert.deepEqual([run?.status?.label, run?.description], ['finished', '10 received, 10 finished']);
      assert.deepEqual([after.parent?.status?.label, after.loading], ['enabled', 'onDemand']);
      const counts = h.session.properties(run ?? accountRow).filter(({ value }) => value.endsWith('passed'));
      assert.equal(counts.length, steps);
      assert.equal(
        counts.some(({ label }) => label === 'Consent'),
        steps === 7,
      );
    });
  }

  it('shows why the last run failed, and the failure at the pipeline', async () => {
    await using h = await startService('krenalis');
    const lake = await connectionNamed(h.session, 'Data lake');
    const pipeline = await childNamed(h.session, lake, 'Import users from a missing file');
    const page = await h.session.children(pipeline, firstPage(), {});
    const [run] = page.items;
    assert.deepEqual(
      [run?.resource.status?.state, page.parent?.status?.label],
      ['failed', 'enabled, last run failed'],
    );
    assert.match(run?.resource.description ?? '', /no such file/);
  });

  it('pages the runs of a pipeline, without those of others', async () => {
    let now = Date.now();
    await using h = await startService('krenalis', { now: () => now, backfillSeconds: 1 });
    const lake = await connectionNamed(h.session, 'Data lake');
    const pipeline = await childNamed(h.session, lake, 'Import users from CSV');
    for (let run = 0; run < 4; run++) {
      now += 60_000;
      await getAction(h.session.actions, pipeline, 'run').perform({ kind: 'none' }, {});
    }
    const page = await h.session.children(pipeline, firstPage({ size: 2 }), {});
    assert.deepEqual([page.items.length, page.nextCursors.length, page.total], [2, 1, 5]);
    const all = rows(await readAll(h.session, pipeline, { size: 2 }), 'run');
    assert.equal(all.length, 5);
    assert.ok(all.every((row) => getJson(row)?.pipeline === pipeline.id));
    const starts = all.map((row) => JSON.stringify(getJson(row)?.startTime));
    assert.deepEqual(starts, starts.toSorted().reverse());
  });
});

describe('Krenalis identities', () => {
  it('pages them on demand, and counts them', async () => {
    await using h = await startService('krenalis');
    const group = await childNamed(h.session, await connectionNamed(h.session, 'Website'), 'Identities');
    const page = await h.session.children(group, firstPage({ size: 100 }), {});
    assert.deepEqual(
      [page.items.length, page.total, page.nextCursors.length, page.loading],
      [100, 250, 1, 'onDemand'],
    );
    const { query } = h.sample.requests.at(-1) ?? assert.fail();
    assert.deepEqual([query.get('first'), query.get('limit')], ['0', '100']);
    const all = rows(await readAll(h.session, group, { size: 100 }), 'identity');
    assert.equal(all.length, 250);
    assert.equal(new Set(all.map(({ path }) => path)).size, 250);
    assert.ok(all.some(({ description }) => description?.startsWith('anonymous')));
  });

  it('requests no more than the service returns at once', async () => {
    await using h = await startService('krenalis');
    const group = await childNamed(h.session, await connectionNamed(h.session, 'Website'), 'Identities');
    assert.equal((await h.session.children(group, firstPage({ size: 5000 }), {})).items.length, 250);
    assert.equal(h.sample.requests.at(-1)?.query.get('limit'), '1000');
  });

  it('stops at an empty page, whatever the total says', async () => {
    await using h = await startService('krenalis');
    const group = await childNamed(h.session, await connectionNamed(h.session, 'Website'), 'Identities');
    h.sample.inject({ match: { path: /identities$/ }, body: { identities: [], total: 1e9 } });
    assert.deepEqual((await h.session.children(group, firstPage(), {})).nextCursors, []);
  });
});

describe('a Krenalis session', () => {
  for (const krenalisVersion of ['head', 'v0.39'] as const) {
    it(`reads every kind of resource verbatim (${krenalisVersion})`, async () => {
      await using h = await startService('krenalis', { krenalisVersion });
      const lake = await connectionNamed(h.session, 'Data lake');
      const pipeline = await childNamed(h.session, lake, 'Import users from CSV');
      const [run] = (await h.session.children(pipeline, firstPage(), {})).items;
      const group = await childNamed(h.session, lake, 'Identities');
      const [identity] = (await h.session.children(group, firstPage(), {})).items;
      for (const resource of [
        lake,
        pipeline,
        run?.resource ?? assert.fail(),
        identity?.resource ?? assert.fail(),
      ]) {
        assert.deepEqual(JSON.parse(await h.session.read(resource, {})), resource.json);
        assert.ok(h.session.properties(resource).length > 0);
        assert.ok(h.session.webLink(resource)?.startsWith(`${h.sample.origin}/admin/connections/`));
        assert.match(h.session.requestTemplate(resource)?.headers.authorization ?? '', /^Bearer \$API_KEY$/);
      }
      assert.equal(typeof getJson(lake)?.id, krenalisVersion === 'head' ? 'string' : 'number');
    });
  }

  it('names the workspace, with either kind of key', async () => {
    await using organization = await startService('krenalis');
    assert.deepEqual(await organization.session.verify({}), { name: 'Sample workspace' });
    const apiKey = organization.sample.krenalis.restrictedKey;
    await using restricted = await startService(
      'krenalis',
      {},
      { settings: { workspace: '' }, secrets: { apiKey } },
    );
    assert.deepEqual(await restricted.session.verify({}), { name: 'Sample workspace' });
    const sent = restricted.sample.requests.map(({ headers }) => 'krenalis-workspace' in headers);
    assert.deepEqual(sent, [false]);
  });

  it('warns of a warehouse in maintenance', async () => {
    await using h = await startService('krenalis');
    h.sample.krenalis.setWarehouseMode('Maintenance');
    const { warning } = await h.session.verify({});
    assert.match(warning?.detail ?? '', /Maintenance/);
    assert.equal(warning?.retryable, false, 'signing in worked');
  });

  it('lists workspaces and connectors', async () => {
    await using h = await startService('krenalis');
    const [workspace] = await h.session.choices('workspace', {});
    assert.equal(workspace?.value, h.sample.credentials('krenalis').settings.workspace);
    const terms = await h.session.glossaryTerms('connectors', {});
    assert.ok(terms.some(({ id, label }) => id === 'javascript' && label === 'JavaScript'));
    await assert.rejects(h.session.glossaryTerms('components', {}), { kind: 'rejected' });
  });

  it('remembers connectors for some time, but not a list that is empty or incomplete', async () => {
    const [whole, incomplete] = [
      [{ code: 'a' }, { code: 'b' }],
      [{ code: 'a' }, {}],
    ];
    let [now, answer]: [number, readonly object[]] = [0, incomplete];
    let asked = 0;
    const operations = new Operations(
      new Transport({ endpoint: 'http://127.0.0.1:1', workspace: undefined }, 'key', {
        send: () => {
          asked += 1;
          return Promise.resolve({ status: 200, headers: {}, text: JSON.stringify({ connectors: answer }) });
        },
        dispose: () => undefined,
      }),
    );
    const cache = new ConnectorCache(operations, () => now);
    const count = async (): Promise<number> => (await cache.connectors({})).list.length;
    assert.deepEqual([await count(), (answer = whole), await count(), await count()], [1, whole, 2, 2]);
    assert.equal(asked, 2);
    [now, answer] = [FALLBACK_LIFETIME_MS, []];
    assert.deepEqual([await count(), (answer = whole), await count()], [0, whole, 2]);
    assert.equal(asked, 4);
  });

  it('returns the newest Sync-Token, and forgets one that is no longer known', async () => {
    await using h = await startService('krenalis');
    await h.session.verify({});
    await h.session.verify({});
    const [first, second] = h.sample.requests.map(({ headers }) => headers['sync-token']);
    assert.equal(first, undefined);
    assert.match(second ?? '', /^1/);
    h.sample.krenalis.forgetSyncTokens();
    assert.equal((await h.session.verify({})).name, 'Sample workspace');
    assert.deepEqual(
      h.sample.requests.slice(2).map(({ status, headers }) => [status, headers['sync-token'] === undefined]),
      [
        [400, false],
        [200, true],
      ],
    );
  });

  it('keeps the Sync-Token of a later request, though an earlier one is answered after it', async () => {
    await using h = await startService('krenalis');
    h.sample.inject({ match: { path: /connectors$/ }, delay: 60, headers: { 'sync-token': '1early' } });
    const slow = h.session.glossaryTerms('connectors', {});
    h.sample.inject({ match: { path: /current$/ }, headers: { 'sync-token': '1late' } });
    await h.session.verify({});
    await slow;
    await h.session.verify({});
    assert.equal(h.sample.requests.at(-1)?.headers['sync-token'], '1late');
  });

  it('logs the request ID of the service', async () => {
    await using h = await startService('krenalis');
    await h.session.verify({});
    assert.match(h.log[0] ?? '', /"requestId":"[1-9A-HJ-NP-Za-km-z]{17}"/);
  });
});
