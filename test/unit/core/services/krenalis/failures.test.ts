import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../../src/core/http/errors';
import { readError } from '../../../../../src/core/services/krenalis/client/errors';
import { toProblem } from '../../../../../src/core/services/common/problem';
import { accountRow, connectTo, startService } from '../../../../support/service';
import { getFailure, firstPage, childNamed, connectionNamed } from '../../../../support/rows';
import { getAction } from '../../../../support/getAction';

const list = accountRow;

describe('An error of Krenalis', () => {
  it('blames the workspace of the account only if it is about that', () => {
    for (const [status, message, field] of [
      [400, 'this is a workspace restricted key', 'workspace'],
      [400, 'the Krenalis-Workspace header is not valid', 'workspace'],
      [400, 'name is empty', undefined],
      [422, 'the Krenalis-Workspace header is not valid', undefined],
      [403, 'no', 'workspace'],
    ] as const) {
      const text = JSON.stringify({ error: { code: 'X', message } });
      assert.equal(readError({ status, headers: {}, text }).wrongField, field, message);
    }
  });
});

describe('An answer of something else than Krenalis', () => {
  it('blames the address of the account if it does not know the path or the method', () => {
    for (const [status, field] of [
      [404, 'endpoint'],
      [405, 'endpoint'],
      [406, undefined],
      [500, undefined],
    ] as const)
      assert.equal(readError({ status, headers: {}, text: '<html>' }).wrongField, field, String(status));
  });
});

describe('Krenalis sign-in failures', () => {
  it('names the workspaces for a key of the organization without one', async () => {
    await using h = await startService('krenalis', {}, { settings: { workspace: '' } });
    const error = await getFailure(h.session.verify({}));
    assert.deepEqual([error.kind, error.status, error.code], ['permission', 403, 'Forbidden']);
    assert.match(error.advice, /Workspace ID.*\(Sample workspace\)/);
  });

  it('lets a key choose among its workspaces', async () => {
    await using h = await startService('krenalis', {}, { settings: { workspace: '' } });
    const { settings, secrets } = h.sample.credentials('krenalis');
    const organization = await h.session.choices('workspace', {});
    assert.deepEqual(organization, [
      { value: settings.workspace, label: 'Sample workspace', description: settings.workspace },
    ]);
    const restricted = connectTo('krenalis', {
      settings: { endpoint: h.sample.origin },
      secrets: { apiKey: h.sample.krenalis.restrictedKey },
    });
    const [only, ...others] = await restricted.choices('workspace', {});
    assert.deepEqual([only?.value, others], ['', []]);
    assert.match(only?.label ?? '', /^None\..*"Sample workspace"/);
    const wrong = connectTo('krenalis', {
      settings: { endpoint: h.sample.origin },
      secrets: { apiKey: `api_${'x'.repeat(49)}` },
    });
    const error = await getFailure(wrong.choices('workspace', {}));
    assert.deepEqual([error.kind, error.status], ['authentication', 401]);
    assert.ok(h.sample.requests.every(({ headers }) => !('krenalis-workspace' in headers)));
    h.sample.inject({ match: { path: /workspaces$/ }, status: 503 });
    const down = connectTo('krenalis', { settings: { endpoint: h.sample.origin }, secrets });
    assert.equal((await getFailure(down.choices('workspace', {}))).status, 503);
    assert.deepEqual(await down.choices('endpoint', {}), []);
  });

  it('says that a restricted key needs no workspace', async () => {
    await using h = await startService('krenalis');
    const { settings } = h.sample.credentials('krenalis');
    const session = connectTo('krenalis', { settings, secrets: { apiKey: h.sample.krenalis.restrictedKey } });
    const error = await getFailure(session.verify({}));
    assert.deepEqual([error.kind, error.status], ['rejected', 400]);
    assert.match(error.advice, /leave the Workspace ID empty/);
  });

  it('distinguishes a misspelt workspace from a missing one', async () => {
    await using h = await startService('krenalis');
    const { secrets } = h.sample.credentials('krenalis');
    for (const [workspace, status] of [
      ['123', 400],
      ['1111111111ab', 404],
    ] as const) {
      const session = connectTo('krenalis', { settings: { endpoint: h.sample.origin, workspace }, secrets });
      const error = await getFailure(session.verify({}));
      assert.equal(error.status, status);
      assert.match(error.advice, /Workspace ID/);
    }
  });

  it('says that a key is not valid, and shows it nowhere', async () => {
    const apiKey = `api_${'x'.repeat(49)}`;
    await using h = await startService('krenalis', {}, { settings: { workspace: '' }, secrets: { apiKey } });
    const error = await getFailure(h.session.verify({}));
    assert.deepEqual([error.kind, error.code], ['authentication', 'Unauthorized']);
    assert.match(error.advice, /Create a key in Krenalis/);
    assert.ok(!JSON.stringify([toProblem(error), h.log]).includes(apiKey));
  });

  it('refuses settings and keys that cannot work before anything is sent', () => {
    const apiKey = 'api_1';
    for (const [settings, secrets, message] of [
      [{ endpoint: 'http://krenalis.example' }, { apiKey }, /not encrypted/],
      [{ endpoint: 'https://krenalis.example/v1' }, { apiKey }, /Remove everything/],
      [{ workspace: 'a/b' }, { apiKey }, /Workspace ID/],
      [{}, { apiKey: 'mcp_1' }, /must start with api_/],
      [{}, {}, /missing/],
    ] as const) {
      assert.throws(
        () => connectTo('krenalis', { settings, secrets }),
        (error) => error instanceof HttpError && error.kind === 'rejected' && message.test(error.message),
      );
    }
    connectTo('krenalis', {
      settings: { endpoint: 'https://krenalis.example' },
      secrets: { apiKey },
    }).dispose();
    connectTo('krenalis', { settings: {}, secrets: { apiKey } }).dispose();
  });

  it('understands a 400 for a key of another program', async () => {
    await using h = await startService('krenalis');
    const body = {
      error: { code: 'BadRequest', message: 'API key is not valid; API keys start with the api_ prefix' },
    };
    h.sample.inject({ match: () => true, status: 400, body });
    assert.equal((await getFailure(h.session.verify({}))).kind, 'authentication');
  });
});

describe('Krenalis failures', () => {
  it('asks whether the address is right if no operation answers', async () => {
    for (const [status, body] of [
      [404, '404 page not found\n'],
      [405, 'Method Not Allowed\n'],
    ] as const) {
      await using h = await startService('krenalis');
      h.sample.inject({ match: () => true, status, body });
      const error = await getFailure(h.session.children(list, firstPage(), {}));
      assert.ok(error.message.includes(body.trim()));
      assert.match(error.advice, /^Check the address of the account/);
      assert.match(error.requestId ?? '', /.+/);
    }
  });

  it('says that a connection was deleted meanwhile', async () => {
    await using h = await startService('krenalis');
    const website = await connectionNamed(h.session, 'Website');
    h.sample.krenalis.removeConnection(website.id);
    const error = await getFailure(h.session.children(website, firstPage(), {}));
    assert.deepEqual([error.kind, error.code], ['notFound', 'NotFound']);
    assert.match(error.message, /does not exist/);
  });

  it('explains an ID of the other dialect', async () => {
    await using h = await startService('krenalis');
    const website = await connectionNamed(h.session, 'Website');
    const error = await getFailure(h.session.children({ ...website, id: '1371036433' }, firstPage(), {}));
    assert.match(error.advice, /version 0\.40/);
  });

  it('offers a retry while the warehouse is in maintenance or down', async () => {
    await using h = await startService('krenalis');
    const group = await childNamed(h.session, await connectionNamed(h.session, 'Website'), 'Identities');
    h.sample.krenalis.setWarehouseMode('Maintenance');
    const maintenance = await getFailure(h.session.children(group, firstPage(), {}));
    assert.equal(maintenance.code, 'MaintenanceMode');
    assert.ok(toProblem(maintenance).retryable);
    h.sample.krenalis.setWarehouseMode('Normal');
    h.sample.krenalis.setWarehouseDown(true);
    const down = await getFailure(h.session.children(group, firstPage(), {}));
    assert.deepEqual([down.kind, down.status], ['server', 500]);
    assert.match(down.message, /Internal Server Error/);
    assert.match(down.advice, /data warehouse/);
  });

  it('does not run a pipeline while the warehouse is not in normal use', async () => {
    await using h = await startService('krenalis');
    const lake = await connectionNamed(h.session, 'Data lake');
    const pipeline = await childNamed(h.session, lake, 'Import users from CSV');
    for (const [mode, code] of [
      ['Inspection', 'InspectionMode'],
      ['Maintenance', 'MaintenanceMode'],
    ] as const) {
      h.sample.krenalis.setWarehouseMode(mode);
      const error = await getFailure(
        getAction(h.session.actions, pipeline, 'run').perform({ kind: 'none' }, {}),
      );
      assert.deepEqual([error.status, error.code], [422, code]);
      assert.match(error.advice, /Try again when its mode is Normal/);
    }
  });

  it('says that what is to be changed is gone', async () => {
    await using h = await startService('krenalis');
    const { actions } = h.session;
    const [website, newsletter] = [
      await connectionNamed(h.session, 'Website'),
      await connectionNamed(h.session, 'Newsletter'),
    ];
    const lake = await connectionNamed(h.session, 'Data lake');
    const pipeline = await childNamed(h.session, lake, 'Import users from CSV');
    h.sample.krenalis.removeConnection(website.id);
    h.sample.krenalis.removeConnection(lake.id);
    const link = { kind: 'fields', values: { connection: newsletter.id } } as const;
    for (const doing of [
      getAction(actions, pipeline, 'run').perform({ kind: 'none' }, {}),
      getAction(actions, pipeline, 'disable').perform({ kind: 'none' }, {}),
      getAction(actions, website, 'unlink').perform(link, {}),
    ]) {
      const error = await getFailure(doing);
      assert.deepEqual([error.kind, error.status], ['notFound', 404]);
      assert.match(error.message + error.advice, /does not exist.*may have been deleted\. Refresh/);
    }
  });

  it('says what Krenalis could not reach', async () => {
    await using h = await startService('krenalis');
    const body = { error: { code: 'ServiceUnavailable', message: 'rate limiter is unavailable' } };
    h.sample.inject({ match: { path: /connections$/ }, status: 503, body });
    const error = await getFailure(h.session.children(list, firstPage(), {}));
    assert.equal(error.kind, 'server');
    assert.match(error.message + error.advice, /rate limiter is unavailable.*could not reach/);
  });

  it('says that the organization is disabled', async () => {
    await using h = await startService('krenalis');
    h.sample.krenalis.setOrganizationEnabled(false);
    const error = await getFailure(h.session.children(list, firstPage(), {}));
    assert.deepEqual([error.kind, error.code], ['permission', 'OrganizationDisabled']);
    assert.match(error.advice, /enable/);
  });

  it('waits as long as a 429 says, and then gives up and says when to retry', async () => {
    await using h = await startService('krenalis');
    h.sample.krenalis.setRate(1, 1);
    await h.session.verify({});
    const waits: number[] = [];
    const call = { onWait: ({ delay }: { readonly delay: number }) => waits.push(delay) };
    const error = await getFailure(h.session.verify(call));
    assert.deepEqual([error.kind, error.code], ['rateLimit', 'TooManyRequests']);
    assert.ok((error.retryAfter ?? 0) > 0);
    assert.ok(waits.every((delay) => delay >= 1000));
    assert.match(error.advice, /Try again in \d+ seconds/);
  });

  it('reports malformed answers', async () => {
    await using h = await startService('krenalis');
    for (const body of [[], 'null', { connections: {} }, { connections: 'none' }]) {
      h.sample.inject({ match: () => true, body, times: 1 });
      assert.equal((await getFailure(h.session.children(list, firstPage(), {}))).kind, 'protocol');
    }
    h.sample.inject({ match: () => true, html: true });
    assert.doesNotMatch((await getFailure(h.session.children(list, firstPage(), {}))).message, /DOCTYPE/);
  });
});
