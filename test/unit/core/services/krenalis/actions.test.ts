import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { consentCode } from '../../../../../src/sample/krenalis/oauth';
import type {
  ActionResult,
  StartedRun,
  AuthorizationRequest,
  ActionInputValues,
  Action,
} from '../../../../../src/core/services/contract/action';
import { type Resource, getJson } from '../../../../../src/core/services/contract/resource';
import { DocumentError } from '../../../../../src/core/services/common/documentError';
import { accountRow, type StartedService, startService } from '../../../../support/service';
import { getFailure, firstPage, childNamed, connectionNamed } from '../../../../support/rows';
import { getAction } from '../../../../support/getAction';

type Polled = Awaited<ReturnType<StartedRun['poll']>>;

const none: ActionInputValues = { kind: 'none' };

function document(value: unknown): ActionInputValues {
  return { kind: 'document', text: JSON.stringify(value), base: '{}' };
}

/** Does an action, and reads the list again. */
async function perform(
  h: StartedService<'krenalis'>,
  resource: Resource,
  id: string,
  answer = none,
): Promise<void> {
  const { changed } = await getAction(h.session.actions, resource, id).perform(answer, {});
  assert.ok(changed.length > 0);
  await h.session.children(accountRow, firstPage(), {});
}

/** `run harmless`; with `not now` where something is in the way, and what clears it. */
function titles(actions: readonly Action[]): readonly string[] {
  return actions.map(({ id, confirmation, obstacle }) =>
    [id, confirmation, ...(obstacle ? ['not now', obstacle.clearedBy] : [])].filter(Boolean).join(' '),
  );
}

/** The values that an action's only field may take, by label. */
function choices(h: StartedService<'krenalis'>, resource: Resource, id: string): readonly string[] {
  const input = h.session.actions(resource).find((action) => action.id === id)?.input;
  return input?.kind === 'fields' ? (input.fields[0]?.choices ?? []).map(({ label }) => label) : [];
}

describe('Krenalis actions', () => {
  it('offer what applies, and nothing else', async () => {
    await using h = await startService('krenalis');
    const { actions } = h.session;
    const website = await connectionNamed(h.session, 'Website');
    const database = await connectionNamed(h.session, 'PostgreSQL', 'Destination');
    assert.deepEqual(titles(actions(accountRow)), ['createConnection confirm']);
    assert.deepEqual(titles(actions(website)), [
      'edit confirm',
      'link harmless not now',
      'unlink confirm',
      'delete typeName',
    ]);
    assert.deepEqual(titles(actions(database)), ['edit confirm', 'delete typeName']);
    const pipelines = new Map<string, readonly string[]>();
    for (const name of ['Website', 'Data lake', 'Contacts']) {
      const { items } = await h.session.children(await connectionNamed(h.session, name), firstPage(), {});
      for (const { resource } of items) pipelines.set(resource.label, titles(actions(resource)));
    }
    assert.deepEqual(pipelines.get('Import users from CSV'), ['run harmless', 'disable confirm']);
    assert.deepEqual(pipelines.get('Import contacts'), ['run harmless not now enable', 'enable confirm']);
    assert.deepEqual(pipelines.get('Collect events'), ['disable confirm']);
    assert.deepEqual(pipelines.get('Identities'), []);
    const requests = h.sample.requests.length;
    for (const resource of [accountRow, website, database]) actions(resource);
    assert.equal(h.sample.requests.length, requests);
  });

  it('create a connection from a commented template', async () => {
    await using h = await startService('krenalis');
    const website = await connectionNamed(h.session, 'Newsletter');
    const draft = await getAction(h.session.actions, accountRow, 'createConnection').draft({});
    const { parse } = await import('jsonc-parser');
    const blank: unknown = parse(draft.text);
    assert.deepEqual(Object.keys(blank ?? {}), Object.keys(Object(draft.schema.properties) as object));
    assert.match(JSON.stringify(draft.schema), /"javascript"/);
    assert.match(JSON.stringify(draft.schema), /"enumDescriptions":\[[^\]]*"JavaScript, SDK"/);
    assert.doesNotMatch(JSON.stringify(draft.schema), /"csv"/);
    assert.doesNotMatch(JSON.stringify(draft.schema), /\[\]/, 'nothing has no choice at all');
    assert.match(
      JSON.stringify(draft.schema),
      new RegExp(`"linkedConnections":{"type":"array","items":{"enum":\\[[^\\]]*"${website.id}"`),
    );
    const text = JSON.stringify({
      ...Object(blank),
      name: 'Shop',
      connector: 'javascript',
      strategy: 'Fusion',
      linkedConnections: [getJson(website)?.id],
    });
    const { before, after } = await getAction(h.session.actions, accountRow, 'createConnection').preview(
      { text, base: draft.text },
      {},
    );
    assert.equal(before, '');
    await perform(h, accountRow, 'createConnection', { kind: 'document', text, base: draft.text });
    const sent = h.sample.requests.find(({ method }) => method === 'POST');
    assert.deepEqual([sent?.path, sent?.headers['content-type']], ['/v1/connections', 'application/json']);
    assert.deepEqual(JSON.parse(sent?.body ?? ''), JSON.parse(after));
    assert.equal('settings' in Object(JSON.parse(after)), false);
    const shop = await connectionNamed(h.session, 'Shop');
    assert.deepEqual(
      [getJson(shop)?.strategy, getJson(shop)?.linkedConnections],
      ['Fusion', [getJson(website)?.id]],
    );
  });

  it('report why a connection was not created, and send a write once', async () => {
    await using h = await startService('krenalis');
    const base = { name: 'X', role: 'Source', connector: 'brevo', settings: {} };
    for (const [change, code, advice] of [
      [{ connector: 'kafka' }, 'ConnectorNotExist', /no such connector/],
      [{ settings: null }, 'InvalidSettings', /rejected the settings/],
      [{ linkedConnections: ['1111111111ab'] }, 'LinkedConnectionNotExist', /no longer exists/],
      [{ settings: { port: 1 } }, 'ServiceUnavailable', /could not reach/],
      [{ name: 'n'.repeat(101) }, 'BadRequest', /must not be empty or longer/],
    ] as const) {
      h.sample.clearRequests();
      const answer = document({ ...base, ...change });
      const error = await getFailure(
        getAction(h.session.actions, accountRow, 'createConnection').perform(answer, {}),
      );
      assert.equal(error.code, code);
      assert.match(error.advice, advice);
      assert.equal(h.asked().filter((request) => request.startsWith('POST')).length, 1);
    }
    h.sample.clearRequests();
    const missing = [{ name: null }, { connector: null }];
    for (const change of [{ settings: { password: '***' } }, { settings: { host: ' ' } }, ...missing])
      await assert.rejects(
        getAction(h.session.actions, accountRow, 'createConnection').perform(
          document({ ...base, ...change }),
          {},
        ),
        DocumentError,
        JSON.stringify(change),
      );
    assert.ok(
      h.asked().every((request) => request.startsWith('GET')),
      'a secret or a value is missing',
    );
    const broken: ActionInputValues = { kind: 'document', text: '{"password": "hunter2', base: '{}' };
    const error = await getFailure(
      getAction(h.session.actions, accountRow, 'createConnection').perform(broken, {}),
    );
    assert.equal(error.kind, 'rejected');
    assert.doesNotMatch(error.message + error.advice, /hunter2/);
  });

  it('edit name and strategy, and omit what does not apply to the connection', async () => {
    await using h = await startService('krenalis');
    const { actions } = h.session;
    const website = await connectionNamed(h.session, 'Website');
    const { text, schema } = await getAction(actions, website, 'edit').draft({});
    assert.deepEqual(JSON.parse(text), { name: 'Website', strategy: 'Conversion' });
    assert.deepEqual(schema.required, ['name', 'strategy']);
    const newsletter = await getAction(actions, await connectionNamed(h.session, 'Newsletter'), 'edit').draft(
      {},
    );
    assert.deepEqual(JSON.parse(newsletter.text), { name: 'Newsletter', sendingMode: 'Server' });
    for (const [of, member, word] of [
      [schema, 'strategy', 'Conversion'],
      [newsletter.schema, 'sendingMode', 'Server'],
    ] as const)
      assert.match(
        JSON.stringify(Object(of.properties)),
        new RegExp(`"${member}":{"enum":\\[[^\\]]*"${word}"`),
      );
    const changed = text.replace('Website', 'Shop').replace('Conversion', 'Isolation');
    const document = { text: changed, base: text };
    assert.deepEqual(await getAction(actions, website, 'edit').preview(document, {}), {
      before: text,
      after: changed,
    });
    await perform(h, website, 'edit', { kind: 'document', ...document });
    const shop = await connectionNamed(h.session, 'Shop');
    assert.deepEqual([shop.id, getJson(shop)?.strategy], [website.id, 'Isolation']);
  });

  it('delete a connection, and report that it is gone when it is done again', async () => {
    await using h = await startService('krenalis');
    const website = await connectionNamed(h.session, 'Website');
    await perform(h, website, 'delete');
    await assert.rejects(connectionNamed(h.session, 'Website'));
    for (const [id, answer] of [
      ['delete', none],
      ['edit', document({ name: 'x', strategy: 'Fusion' })],
    ] as const) {
      const error = await getFailure(getAction(h.session.actions, website, id).perform(answer, {}));
      assert.deepEqual([error.kind, error.status], ['notFound', 404]);
    }
  });

  it('link and unlink from either side', async () => {
    await using h = await startService('krenalis');
    const website = await connectionNamed(h.session, 'Website');
    const newsletter = await connectionNamed(h.session, 'Newsletter');
    assert.deepEqual(choices(h, website, 'unlink'), ['Newsletter']);
    assert.deepEqual(choices(h, newsletter, 'link'), ['Partner webhook']);
    const answer = (id: string): ActionInputValues => ({ kind: 'fields', values: { connection: id } });
    await perform(h, newsletter, 'unlink', answer(website.id));
    const apart = await connectionNamed(h.session, 'Website');
    assert.deepEqual(choices(h, apart, 'link'), ['Newsletter']);
    await perform(h, apart, 'link', answer(newsletter.id));
    const path = `/v1/connections/${website.id}/links/${newsletter.id}`;
    assert.deepEqual(
      h.asked().filter((request) => request.includes('/links/')),
      [`DELETE ${path}`, `POST ${path}`],
    );
    assert.deepEqual(choices(h, await connectionNamed(h.session, 'Website'), 'unlink'), ['Newsletter']);
  });

  it('start a run that can be followed to its end', async () => {
    let now = 1_790_000_000_000;
    await using h = await startService('krenalis', { now: () => now, backfillSeconds: 70 });
    const lake = await connectionNamed(h.session, 'Data lake');
    for (const [name, end] of [
      ['Import users from CSV', 'ok: finished'],
      ['Import users from a missing file', 'failed: failed: open missing.csv: no such file or directory'],
    ] as const) {
      const pipeline = await childNamed(h.session, lake, name);
      const { run, changed }: ActionResult = await getAction(h.session.actions, pipeline, 'run').perform(
        none,
        {},
      );
      assert.deepEqual(changed, [lake.path, pipeline.path]);
      assert.match(run?.title ?? '', /Running/);
      const busy = h.session.actions(await childNamed(h.session, lake, name));
      assert.deepEqual(titles(busy), ['run harmless not now', 'disable confirm']);
      const during: Polled | undefined = await run?.poll({});
      assert.deepEqual([during?.status.state, during?.over], ['running', false]);
      const again = await getFailure(getAction(h.session.actions, pipeline, 'run').perform(none, {}));
      assert.deepEqual([again.kind, again.code], ['conflict', 'PipelineAlreadyRunning']);
      assert.match(again.advice, /Wait for the run to end/);
      now += 70_000;
      const after: Polled | undefined = await run?.poll({});
      assert.deepEqual(
        [`${after?.status.state ?? ''}: ${after?.status.label ?? ''}`, after?.over],
        [end, true],
      );
    }
  });

  it('enable and disable a pipeline', async () => {
    await using h = await startService('krenalis');
    const website = await connectionNamed(h.session, 'Website');
    const pipeline = await childNamed(h.session, website, 'Collect events');
    await perform(h, pipeline, 'disable');
    const disabled = await childNamed(h.session, website, 'Collect events');
    assert.deepEqual(
      [disabled.status?.label, titles(h.session.actions(disabled))],
      ['disabled', ['enable confirm']],
    );
    await perform(h, disabled, 'enable');
    assert.equal((await childNamed(h.session, website, 'Collect events')).status?.label, 'enabled');
  });

  it('reject an answer about something else', async () => {
    await using h = await startService('krenalis');
    const { actions } = h.session;
    const website = await connectionNamed(h.session, 'Website');
    for (const action of [
      getAction(actions, accountRow, 'createConnection'),
      getAction(actions, website, 'edit'),
      getAction(actions, website, 'link'),
    ]) {
      assert.equal((await getFailure(action.perform(none, {}))).kind, 'rejected');
    }
  });
});

describe('consent for a Krenalis connection', () => {
  const redirectUri = 'vscode://publisher.extension/consent?windowId=1';
  const back = { redirectUri, state: 'known' };
  const application = { name: 'List', role: 'Source', connector: 'mailchimp', settings: {} };

  const consentTo = (
    { session }: StartedService<'krenalis'>,
    created: object,
  ): Promise<AuthorizationRequest | undefined> =>
    getAction(session.actions, accountRow, 'createConnection').consent(document(created), {});

  const needed = async (
    h: StartedService<'krenalis'>,
    created: object = application,
  ): Promise<AuthorizationRequest> => (await consentTo(h, created)) ?? assert.fail('consent is asked for');

  it('is requested for connectors that need it, and nowhere else', async () => {
    await using h = await startService('krenalis');
    assert.equal((await needed(h)).application, 'Mailchimp');
    for (const connector of ['brevo', 'kafka', 1, null])
      assert.equal(await consentTo(h, { ...application, connector }), undefined);
    const website = await connectionNamed(h.session, 'Website');
    assert.equal(await getAction(h.session.actions, website, 'delete').consent(none, {}), undefined);
  });

  it('opens the page, and leads from its code to a connection, without showing code or token', async () => {
    await using h = await startService('krenalis');
    const { actions } = h.session;
    const consent = await needed(h);
    const page = new URL(await consent.authorizationUrl(back, {}));
    assert.deepEqual(
      [page.searchParams.get('redirect_uri'), page.searchParams.get('state')],
      [redirectUri, 'known'],
    );
    const asked = h.sample.requests.at(-1)?.query;
    assert.deepEqual(Object.fromEntries(asked ?? []), {
      connector: 'mailchimp',
      role: 'Source',
      redirectURI: redirectUri,
    });
    await consent.exchangeCode(consentCode, redirectUri, {});
    assert.equal(await consentTo(h, application), undefined);
    await needed(h, { ...application, role: 'Destination' });
    const answer = document(application);
    assert.ok(answer.kind === 'document');
    const { after } = await getAction(actions, accountRow, 'createConnection').preview(answer, {});
    await getAction(actions, accountRow, 'createConnection').perform(answer, {});
    const { authToken } = Object(JSON.parse(h.sample.requests.at(-1)?.body ?? '')) as { authToken: string };
    assert.match(authToken, /^sample-token/);
    const visible = JSON.stringify([after, h.log]);
    for (const secret of [authToken, consentCode])
      for (const form of [secret, encodeURIComponent(secret)]) assert.ok(!visible.includes(form), form);
    await needed(h);
    await connectionNamed(h.session, 'List');
  });

  it('is reused if something else was refused, and requested again if it was refused itself', async () => {
    await using h = await startService('krenalis');
    const { actions } = h.session;
    await (await needed(h)).exchangeCode(consentCode, redirectUri, {});
    const nameless = document({ ...application, name: '' });
    await getFailure(getAction(actions, accountRow, 'createConnection').perform(nameless, {}));
    assert.equal(await consentTo(h, application), undefined);
    const body = { error: { code: 'BadRequest', message: 'authorization token is not valid' } };
    h.sample.inject({ match: { method: 'POST' }, times: 1, status: 400, body });
    await getFailure(getAction(actions, accountRow, 'createConnection').perform(document(application), {}));
    await needed(h);
  });

  it('is taken from no answer that is too long for one', async () => {
    await using h = await startService('krenalis');
    const consent = await needed(h);
    const body = { authUrl: `https://a.example/${'x'.repeat(70_000)}`, authToken: 'x'.repeat(70_000) };
    h.sample.inject({ match: { path: /auth-(url|token)$/ }, body });
    assert.equal((await getFailure(consent.authorizationUrl(back, {}))).kind, 'tooLarge');
    assert.equal((await getFailure(consent.exchangeCode(consentCode, redirectUri, {}))).kind, 'tooLarge');
  });

  it('has a code that no message shows, even if the service quotes it', async () => {
    await using h = await startService('krenalis');
    const consent = await needed(h);
    const body = { error: { code: 'BadRequest', message: `code ${consentCode} was used` } };
    h.sample.inject({ match: { path: /auth-token$/ }, status: 400, body });
    const refused = await getFailure(consent.exchangeCode(consentCode, redirectUri, {}));
    assert.match(refused.message, /code \*\*\* was used/);
  });

  it('is not requested at an invalid page, and says why it was not usable', async () => {
    await using h = await startService('krenalis');
    const consent = await needed(h);
    for (const authUrl of ['x', 1, null]) {
      h.sample.inject({ match: { path: /auth-url$/ }, times: 1, body: { authUrl } });
      assert.equal((await getFailure(consent.authorizationUrl(back, {}))).kind, 'protocol');
    }
    for (const authToken of ['', 1, null]) {
      h.sample.inject({ match: { path: /auth-token$/ }, times: 1, body: { authToken } });
      const missing = await getFailure(consent.exchangeCode(consentCode, redirectUri, {}));
      assert.deepEqual([missing.kind, missing.message], ['protocol', 'Krenalis did not return a token.']);
    }
    const without = { error: { code: 'BadRequest', message: 'connector mailchimp does not support OAuth' } };
    h.sample.inject({ match: { path: /auth-url$/ }, times: 1, status: 400, body: without });
    const unsupported = await getFailure(consent.authorizationUrl(back, {}));
    assert.match(unsupported.message + unsupported.advice, /does not support OAuth.*OAuth configuration/);
    assert.equal((await getFailure(consent.exchangeCode('wrong', redirectUri, {}))).status, 400);
    h.sample.clearRequests();
    h.sample.inject({ match: { path: /auth-token$/ }, status: 503 });
    assert.equal((await getFailure(consent.exchangeCode(consentCode, redirectUri, {}))).status, 503);
    // The code is good for one try.
    assert.equal(h.sample.requests.length, 1);
  });
});

describe('requests to Krenalis', () => {
  it('name the workspace, have a body if one is needed, and never request secrets', async () => {
    await using h = await startService('krenalis');
    const { session } = h;
    await session.verify({});
    await session.choices('workspace', {});
    const website = await connectionNamed(session, 'Website');
    for (const item of (await session.children(website, firstPage(), {})).items) {
      await session.children(item.resource, firstPage(), {});
    }
    const made = document({ name: 'A', role: 'Source', connector: 'mailchimp', settings: {} });
    const consent = await getAction(session.actions, accountRow, 'createConnection').consent(made, {});
    await consent?.authorizationUrl({ redirectUri: 'https://x.example/', state: 's' }, {});
    await consent?.exchangeCode(consentCode, 'https://x.example/', {});
    await getAction(session.actions, accountRow, 'createConnection').perform(made, {});
    await getAction(session.actions, website, 'edit').perform(
      document({ name: 'B', strategy: 'Fusion' }),
      {},
    );
    const lake = await connectionNamed(session, 'Data lake');
    const pipeline = await childNamed(session, lake, 'Import users from CSV');
    const { run } = await getAction(session.actions, pipeline, 'run').perform(none, {});
    await run?.poll({});
    await getAction(session.actions, website, 'delete').perform(none, {});
    for (const { method, path, status, body, headers } of h.sample.requests) {
      assert.doesNotMatch(path, /warehouse|event-write-keys|\/keys|\/members|\/ui/);
      assert.equal(status, 200, `${method} ${path}`);
      assert.equal('krenalis-workspace' in headers, path !== '/v1/workspaces');
      if (method === 'GET' || method === 'DELETE') assert.equal(body, '');
    }
  });

  it('keep their constant paths, whatever an ID contains', async () => {
    await using h = await startService('krenalis');
    const hostile = ['../warehouse', 'x/event-write-keys', 'x?y#z', '%2e%2e/warehouse', '../../keys'];
    const connections = hostile.map((id) => ({
      id,
      name: id,
      pipelines: [{ id, running: false, enabled: true }],
    }));
    h.sample.inject({ match: { path: /connections$/ }, body: { connections } });
    const { items } = await h.session.children(accountRow, firstPage(), {});
    assert.equal(items.length, hostile.length);
    for (const { resource, children } of items) {
      await getFailure(h.session.children(resource, firstPage(), {}));
      await getFailure(getAction(h.session.actions, resource, 'delete').perform(none, {}));
      for (const { resource: child } of children?.items ?? []) {
        await h.session.read(child, {}).catch(() => undefined);
        for (const { perform } of h.session.actions(child)) await perform(none, {}).catch(() => undefined);
      }
    }
    for (const { path } of h.sample.requests)
      assert.match(path, /^\/v1\/(connections|pipelines)(\/[^/]+){0,2}$/);
  });
});
