import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/shared/contributions';
import { startSampleService } from '../../src/sample/server';
import { activated, first, signedIn, type Signed } from './explorer';

describe('activation', () => {
  it('returns the API and registers every command', async () => {
    const api = await activated();
    assert.equal(api.version, 1);
    const registered = await vscode.commands.getCommands(true);
    for (const id of Object.values(commands)) assert.ok(registered.includes(id), id);
  });
});

describe('the API', () => {
  let signed: Signed;
  beforeEach(async () => {
    signed = await signedIn({ connections: 12, datasets: 3, backfills: 12 });
  });
  afterEach(() => signed.end());

  it('lists accounts without their secrets', () => {
    const { api, account, sample } = signed;
    assert.deepEqual(api.accounts.list(), [account]);
    assert.ok(!JSON.stringify(api.accounts.list()).includes(sample.credentials('cja').secrets.clientSecret));
  });

  it('goes from connections to datasets, backfills and data views', async () => {
    const { api } = signed;
    const connections = await api.children();
    assert.equal(connections.length, 12);
    const connection = first(connections, 'connection');
    assert.match(connection.id, /^dg_/);
    const below = await api.children(connection.path);
    const backfills = await api.children(first(below, 'dataset').path, { all: true });
    assert.equal(backfills.length, 12);
    for (const { status } of backfills) assert.ok(status?.word);
    const dataViews = await api.children(first(below, 'group').path);
    assert.equal(first(dataViews, 'dataView').kind, 'dataView');
  });

  it('reads the JSON of every kind exactly as the server sent it', async () => {
    const { api } = signed;
    const connection = first(await api.children(), 'connection');
    const dataset = first(await api.children(connection.path), 'dataset');
    const backfill = first(await api.children(dataset.path), 'backfill');
    for (const { path, id } of [connection, dataset, backfill]) {
      const text = await api.read(path);
      assert.ok(text.includes(id), text.slice(0, 200));
      assert.doesNotThrow(() => JSON.parse(text) as unknown);
    }
  });

  it('sends a request on refresh, bypassing caches, and not otherwise', async () => {
    const { api, sample } = signed;
    await api.children();
    await api.children();
    assert.equal(sample.requests.filter(({ path }) => path === '/data/connections').length, 1);
    await api.children(undefined, { refresh: true });
    const lists = sample.requests.filter(({ path }) => path === '/data/connections');
    assert.deepEqual(
      lists.map(({ query }) => new URLSearchParams(query).get('cached')),
      [null, 'false'],
    );
  });

  it('returns the accounts if there are several', async () => {
    const { api, sample, account } = signed;
    const { settings, secrets } = sample.credentials('cja');
    const second = await api.accounts.add(
      { service: 'cja', name: 'Another', settings: { ...settings } },
      { ...secrets },
    );
    try {
      const rows = await api.children();
      assert.deepEqual(
        rows.map(({ kind, label }) => [kind, label]),
        [
          ['account', 'Another'],
          ['account', account.name],
        ],
      );
    } finally {
      await api.accounts.remove(second.id);
    }
  });

  it('refuses an account that cannot be verified, says why, and saves nothing', async () => {
    const { api, sample } = signed;
    const { settings, secrets } = sample.credentials('cja');
    const add = (changes: Record<string, string>, secret: string = secrets.clientSecret): Promise<unknown> =>
      api.accounts.add(
        { service: 'cja', name: 'Wrong', settings: { ...settings, ...changes } },
        { clientSecret: secret },
      );
    await assert.rejects(add({}, 'wrong-secret'), /client secret/i);
    await assert.rejects(add({ clientId: 'wrong' }), /client id/i);
    await assert.rejects(add({ orgId: 'WRONG@AdobeOrg' }), /403027/);
    await assert.rejects(add({ orgId: 'no-org' }), /@AdobeOrg/);
    await assert.rejects(add({ endpoint: 'http://example.com' }), /https/i);
    await assert.rejects(add({ endpoint: 'http://127.0.0.1:1' }), /127\.0\.0\.1/);
    await assert.rejects(api.accounts.add({ service: 'none', name: 'x', settings: {} }, {}), /none/);
    assert.equal(api.accounts.list().length, 1);
  });

  it('returns runs with their times', async () => {
    const { api, account } = signed;
    const runs = await api.runs();
    assert.ok(runs.length > 0);
    for (const { kind, of, path } of runs) {
      assert.equal(kind, 'backfill');
      assert.equal(of.length, 2);
      assert.ok(path.startsWith(`account:${account.id}/connection:`));
    }
    assert.ok(runs.some(({ status, created }) => status?.state === 'running' && created !== undefined));
    assert.deepEqual(await api.runs({ account: account.id }), runs);
    await assert.rejects(api.runs({ account: 'gone' }), /no longer exists/);
  });

  it('reports an account whose runs cannot be loaded', async () => {
    const { api, sample } = signed;
    sample.inject({ match: { path: /^\/data/ }, status: 403, body: {} });
    const [row, ...others] = await api.runs();
    assert.deepEqual([row?.kind, others.length], ['problem', 0]);
  });

  it('finds a resource by its ID, loaded or not', async () => {
    const { api } = signed;
    const connection = first(await api.children(), 'connection');
    for (const id of [connection.id, connection.id.replace('dg_', '')]) {
      assert.deepEqual(
        (await api.find(id)).map(({ path }) => path),
        [connection.path],
      );
    }
    const dataset = first(await api.children(connection.path), 'dataset');
    assert.ok((await api.find(dataset.id)).some(({ path }) => path === dataset.path));
    assert.deepEqual(await api.find('unknown'), []);
  });

  it('rejects paths that lead nowhere', async () => {
    const { api, account } = signed;
    await assert.rejects(api.children('nonsense'), /not a resource path/);
    await assert.rejects(api.children(`account:${account.id}/connection:dg_none`), /no/i);
    await assert.rejects(api.read('account:gone'), /no/i);
  });

  it('stops at the caller’s signal', async () => {
    const { api, sample } = signed;
    sample.inject({ match: { path: /^\/data/ }, hang: true });
    const controller = new AbortController();
    const rows = api.children(undefined, { signal: controller.signal });
    setTimeout(() => {
      controller.abort(new Error('enough'));
    }, 100);
    await assert.rejects(rows, /enough/);
  });

  it('fires events for changes', async () => {
    const { api } = signed;
    const paths: string[] = [];
    const registration = api.onDidChange((changed) => paths.push(...changed));
    const [connection] = await api.children();
    assert.ok(connection);
    await api.children(connection.path);
    registration.dispose();
    assert.ok(paths.includes(connection.path));
  });
});

describe('an account without product-admin rights', () => {
  it('says so, and shows the connections of its data views', async () => {
    const signed = await signedIn({ connections: 4, admin: false });
    try {
      const rows = await signed.api.children();
      const problem = first(rows, 'problem');
      assert.match(`${problem.label} ${problem.description ?? ''}`, /admin/i);
      const connection = first(rows, 'connection');
      assert.equal(first(await signed.api.children(connection.path), 'dataView').kind, 'dataView');
    } finally {
      await signed.end();
    }
  });
});

describe('a pasted access token', () => {
  it('signs in, and reports when it has expired', async () => {
    const api = await activated();
    const sample = await startSampleService({ rate: 0 });
    const { settings, secrets } = sample.credentials('cja');
    const answer = await fetch(`${sample.origin}/ims/token/v3`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: settings.clientId,
        client_secret: secrets.clientSecret,
        grant_type: 'client_credentials',
        scope: 'openid,AdobeID',
      }),
    });
    const { access_token: accessToken } = (await answer.json()) as { access_token: string };
    const { orgId, clientId, endpoint } = settings;
    const account = await api.accounts.add(
      { service: 'cja', name: 'Token', settings: { orgId, clientId, endpoint } },
      { accessToken },
    );
    try {
      assert.equal(first(await api.children(), 'connection').kind, 'connection');
      sample.cja.expireTokens();
      const rows = await api.children(undefined, { refresh: true });
      assert.match(first(rows, 'problem').description ?? '', /token/i);
      assert.ok(rows.length > 1, 'what was loaded stays');
    } finally {
      await api.accounts.remove(account.id);
      await sample.close();
    }
  });
});
