import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDocument } from '../../../../src/features/actions/documentText';
import type { RecordedRequest } from '../../../../src/sample/common/exchange';
import { consentCode } from '../../../../src/sample/krenalis/oauth';
import type { Session } from '../../../../src/core/services/contract/service';
import type {
  GetActions,
  ActionInputValues,
  EditedDocument,
} from '../../../../src/core/services/contract/action';
import { accountRow, startService, withBatches } from '../../../support/service';
import {
  getFailure,
  firstPage,
  firstRow,
  rows,
  entityRow,
  connectionIn,
  firstTask,
  connectionNamed,
} from '../../../support/rows';
import { getAction } from '../../../support/getAction';

/** An operation that a service documents, and what a request to it must have. */
interface Operation {
  /** `GET /v1/connections/{id}`: `{…}` is any one step. */
  readonly name: string;
  /** The query parameters that are required. */
  readonly query?: readonly string[];
  /** The only query parameters that are documented. Absent: not checked. */
  readonly only?: readonly string[];
  /** What it must carry besides the headers of every request. */
  readonly headers?: Readonly<Record<string, RegExp>>;
  /** Keys that the JSON body must have: none where only that there is a body is documented. */
  readonly body?: readonly string[];
  /** The path that was answered 404 just before: the operation is the other form of it. */
  readonly after?: string;
}

interface Documented {
  /** What every request must carry, with the form that the service wants. */
  readonly headers: Readonly<Record<string, RegExp>>;
  /** A fixed path goes before one with a free step in its place. */
  readonly operations: readonly Operation[];
  /** Asks for all of them through a session. @returns what the service saw. */
  readonly drive: () => Promise<readonly RecordedRequest[]>;
}

const bearer = /^Bearer \S+$/;
const some = /\S/;

/** The query parameters of dimensions and metrics (guide). */
const COMPONENT_PARAMETERS = ['includeType', 'locale', 'expansion'];

/** The query parameters of the audit log (guide), as far as they are used. */
const AUDIT_LOG_PARAMETERS = ['component', 'componentId', 'pageSize', 'pageNumber'];

/** The query parameters of batches (guide), as far as they are used. */
const BATCH_PARAMETERS = ['dataSet', 'orderBy', 'limit', 'start'];

/** All operations of the five documents that the extension was made from, those of data views, dimensions, metrics and the audit log in Adobe's guide, batches in that of Experience Platform, and reports of Krenalis (source). */
const documented: Readonly<Record<string, Documented>> = {
  'Adobe CJA': {
    headers: { authorization: bearer, 'x-api-key': some, 'x-gw-ims-org-id': some },
    operations: [
      { name: 'GET /data/connections' },
      { name: 'GET /data/connections/configurationSettings' },
      { name: 'GET /data/connections/{id}' },
      { name: 'GET /data/connections/{id}/datasets/{datasetId}/backfills' },
      { name: 'GET /aresconfig/users/me', after: '/configuration/users/me' },
      { name: 'GET /datagroups/dataviews', after: '/data/dataviews' },
      { name: 'POST /datagroups/dataviews', body: ['name', 'parentDataGroupId'] },
      { name: 'GET /data/dataviews/{id}', query: ['expansion'] },
      {
        name: 'GET /data/dataviews/{id}/dimensions',
        query: COMPONENT_PARAMETERS,
        only: COMPONENT_PARAMETERS,
      },
      { name: 'GET /data/dataviews/{id}/metrics', query: COMPONENT_PARAMETERS, only: COMPONENT_PARAMETERS },
      {
        name: 'GET /data/dataviews/{id}/dimensions/{name}',
        query: ['expansion'],
        only: ['locale', 'expansion'],
      },
      {
        name: 'GET /data/dataviews/{id}/metrics/{name}',
        query: ['expansion'],
        only: ['locale', 'expansion'],
      },
      { name: 'POST /data/dataviews/validate', body: ['name', 'parentDataGroupId'] },
      { name: 'PUT /data/dataviews/copy/{id}' },
      { name: 'PUT /data/dataviews/{id}', body: ['description'] },
      { name: 'DELETE /data/dataviews/{id}' },
      {
        name: 'GET /auditlogs/api/v1/auditlogs',
        query: AUDIT_LOG_PARAMETERS,
        only: AUDIT_LOG_PARAMETERS,
      },
      {
        name: 'GET /data/foundation/catalog/batches',
        query: BATCH_PARAMETERS,
        only: BATCH_PARAMETERS,
        headers: { 'x-sandbox-name': /^[\w-]+$/ },
      },
    ],
    drive: driveCja,
  },
  Datadog: {
    headers: { 'dd-api-key': some, 'dd-application-key': some },
    operations: [{ name: 'GET /api/v2/product-analytics/{entity}/mapping/connections' }],
    drive: driveDatadog,
  },
  Krenalis: {
    headers: { authorization: bearer, 'krenalis-workspace': some },
    operations: [
      { name: 'GET /v1/connections' },
      { name: 'POST /v1/connections', body: ['name', 'role', 'connector', 'authToken'] },
      { name: 'GET /v1/connections/auth-url', query: ['connector', 'role', 'redirectURI'] },
      { name: 'GET /v1/connections/auth-token', query: ['connector', 'redirectURI', 'authCode'] },
      { name: 'GET /v1/connections/{id}' },
      { name: 'PUT /v1/connections/{id}', body: ['name', 'strategy'] },
      { name: 'DELETE /v1/connections/{id}' },
      { name: 'GET /v1/connections/{id}/identities' },
      {
        name: 'GET /v1/pipelines/errors/{start}/{end}',
        query: ['pipelines', 'limit'],
        only: ['pipelines', 'limit'],
      },
      { name: 'GET /v1/pipelines/metrics/days/{days}', query: ['pipelines'], only: ['pipelines'] },
    ],
    drive: driveKrenalis,
  },
  Immuta: {
    headers: { authorization: bearer },
    operations: [
      { name: 'GET /api/connections' },
      { name: 'POST /api/connections', body: ['connectionKey'] },
      { name: 'POST /api/connections/dataObjects/_search', body: [] },
      { name: 'GET /api/connections/{connectionKey}' },
      { name: 'PATCH /api/connections/{connectionKey}', body: [] },
      { name: 'DELETE /api/connections/{connectionKey}' },
      { name: 'POST /api/connections/{connectionKey}/_activate' },
      { name: 'POST /api/connections/{connectionKey}/_deactivate' },
      { name: 'POST /api/connections/{connectionKey}/_validate' },
      { name: 'GET /api/connections/{connectionKey}/dataObjects/{id}' },
      { name: 'PATCH /api/connections/{connectionKey}/dataObjects/{id}', body: [] },
      { name: 'DELETE /api/connections/{connectionKey}/dataObjects/{id}' },
      { name: 'GET /api/connections/{connectionKey}/dataObjects/{id}/children' },
      { name: 'GET /api/connections/{connectionKey}/tasks' },
      { name: 'POST /api/connections/{connectionKey}/tasks', body: ['type'] },
      { name: 'GET /api/connections/{connectionKey}/tasks/{taskId}' },
      { name: 'GET /api/connections/{connectionKey}/tasks/{taskId}/runs' },
      { name: 'GET /api/connections/{connectionKey}/tasks/{taskId}/runs/{runId}' },
      { name: 'POST /api/connections/{connectionKey}/tasks/{taskId}/runs/{runId}/_cancel' },
    ],
    drive: driveImmuta,
  },
};

describe('the documented operations', () => {
  it('the documented operations are 48', () => {
    const counts = Object.values(documented).map(({ operations }) => operations.length);
    assert.deepEqual(counts, [18, 1, 10, 19]);
  });

  for (const [service, { headers, operations, drive }] of Object.entries(documented)) {
    it(`of ${service} are all requested as documented`, async () => {
      const requests = await drive();
      const missing = operations.filter(
        (operation) =>
          !requests.some(
            (request, index) =>
              operations.find(({ name }) => isNamed(name, request)) === operation &&
              isComplete(operation, headers, request, requests[index - 1]),
          ),
      );
      assert.deepEqual(
        missing.map(({ name }) => name),
        [],
      );
    });
  }
});

describe('creating a data view in Adobe CJA', () => {
  it('sends the document, and lists the data view afterwards', async () => {
    await using h = await startService('cja', { connections: 1, dataViews: 1 });
    const actions = getActions(h.session);
    const connection = await firstRow(h.session, accountRow, 'connection');
    assert.deepEqual(
      actions(connection).map(({ id, verb }) => `${id} ${verb}`),
      ['createDataView createDataView'],
    );
    const draft = await getAction(actions, connection, 'createDataView').draft({});
    assert.match(draft.text, /^\/\/ /);
    const text = draft.text.replace('"name": ""', '"name": "Weekly"');
    const { before, after } = await getAction(actions, connection, 'createDataView').preview(
      { text, base: draft.text },
      {},
    );
    assert.equal(before, '');
    const answer = getDocument((await readDocument(text)).text);
    const { changed } = await getAction(actions, connection, 'createDataView').perform(answer, {});
    const [sent, ...others] = h.sample.requests.filter(({ path }) => path === '/data/dataviews');
    assert.deepEqual([sent?.method, sent?.headers['content-type']], ['POST', 'application/json']);
    assert.deepEqual(others, []);
    const body: unknown = JSON.parse(sent?.body ?? '');
    assert.deepEqual(body, JSON.parse(after));
    const { name, parentDataGroupId } = Object(body) as Readonly<Record<string, unknown>>;
    assert.deepEqual([name, parentDataGroupId], ['Weekly', connection.id]);
    const group = await firstRow(h.session, connection, 'group');
    assert.deepEqual(changed, [group.path]);
    const views = rows((await h.session.children(group, firstPage(), {})).items, 'dataView');
    assert.ok(views.some(({ label }) => label === 'Weekly'));
  });

  it('refuses an empty name, and sends nothing', async () => {
    await using h = await startService('cja', { connections: 1 });
    const actions = getActions(h.session);
    const connection = await firstRow(h.session, accountRow, 'connection');
    const { text } = await getAction(actions, connection, 'createDataView').draft({});
    h.sample.clearRequests();
    const answer = getDocument((await readDocument(text)).text);
    for (const attempt of [
      getAction(actions, connection, 'createDataView').preview({ text, base: text }, {}),
      getAction(actions, connection, 'createDataView').perform(answer, {}),
    ]) {
      const error = await getFailure(attempt);
      assert.equal(error.kind, 'rejected');
      assert.match(error.message, /name/);
    }
    assert.deepEqual(h.paths(), []);
  });
});

async function driveCja(): Promise<readonly RecordedRequest[]> {
  await using h = await startService(
    'cja',
    { connections: 2 },
    { settings: (given) => ({ locale: 'de_DE', ...withBatches(given) }) },
  );
  const { session, sample } = h;
  sample.inject({ match: { path: /^\/configuration\/users\/me$/ }, status: 404 });
  sample.inject({ match: { path: /^\/data\/dataviews$/ }, status: 404 });
  await session.verify({});
  const connection = await firstRow(session, accountRow, 'connection');
  await session.read(connection, {});
  await session.children(await firstRow(session, connection, 'dataset'), firstPage(), {});
  await session.children(await firstRow(session, connection, 'group'), firstPage(), {});
  await session.glossaryTerms('dataSourceTypes', {});
  const written = { name: 'n', parentDataGroupId: connection.id, timezoneDesignator: 'UTC' };
  const create = getDocument(JSON.stringify(written));
  const actions = getActions(session);
  await getAction(actions, connection, 'createDataView').preview(create, {});
  await getAction(actions, connection, 'createDataView').perform(create, {});
  const group = await firstRow(session, connection, 'group');
  const dataView = await firstRow(session, group, 'dataView');
  await session.read(dataView, {});
  for (const group of rows((await session.children(dataView, firstPage(), {})).items, 'group')) {
    const [component] = (await session.children(group, firstPage(), {})).items;
    await session.read(component?.resource ?? assert.fail(group.label), {});
  }
  await session.logs.batches?.read(await firstRow(session, connection, 'dataset'), undefined, {});
  for (const resource of [connection, dataView]) await session.logs.history?.read(resource, undefined, {});
  await getAction(actions, dataView, 'copyDataView').perform(none, {});
  await getAction(actions, dataView, 'editDataView').perform(getDocument('{"description":"new"}'), {});
  await getAction(actions, dataView, 'deleteDataView').perform(none, {});
  return sample.requests;
}

async function driveDatadog(): Promise<readonly RecordedRequest[]> {
  await using h = await startService('datadog');
  await h.session.children(await entityRow(h.session, 'users'), firstPage(), {});
  return h.sample.requests;
}

async function driveKrenalis(): Promise<readonly RecordedRequest[]> {
  await using h = await startService('krenalis');
  const { session, sample } = h;
  const website = await connectionNamed(session, 'Website');
  await session.read(website, {});
  await session.children(await firstRow(session, website, 'group'), firstPage(), {});
  const pipeline = await firstRow(session, await connectionNamed(session, 'Data lake'), 'pipeline');
  for (const resource of [pipeline, await firstRow(session, pipeline, 'run')])
    await session.reports?.read(resource, {});
  const created = JSON.stringify({ name: 'A', role: 'Source', connector: 'mailchimp', settings: {} });
  const create = getAction(session.actions, accountRow, 'createConnection');
  const consent = await create.consent(getDocument(created), {});
  await consent?.authorizationUrl({ redirectUri: 'https://x.example/', state: 's' }, {});
  await consent?.exchangeCode(consentCode, 'https://x.example/', {});
  await create.perform(getDocument(created), {});
  const changed = JSON.stringify({ name: 'B', strategy: 'Fusion' });
  await getAction(session.actions, website, 'edit').perform(getDocument(changed), {});
  await getAction(session.actions, website, 'delete').perform(none, {});
  return sample.requests;
}

async function driveImmuta(): Promise<readonly RecordedRequest[]> {
  await using h = await startService('immuta', { connections: 4 });
  const { session, sample } = h;
  const actions = getActions(session);
  const active = await connectionIn(session, 'ACTIVE');
  const object = await firstRow(session, active, 'dataObject');
  const task = await firstTask(session, active);
  const run = await firstRow(session, task, 'run');
  await session.children(object, firstPage(), {});
  for (const resource of [active, object, task, run]) await session.read(resource, {});
  const created = JSON.stringify({ connectionKey: 'x', technology: 'Snowflake', clientConfiguration: {} });
  await getAction(actions, accountRow, 'createSnowflake').perform(getDocument(created), {});
  const configuration = getDocument('{"clientConfiguration": {"host": "h"}}');
  await getAction(actions, active, 'editConnection').perform(configuration, {});
  await getAction(actions, object, 'editDataObject').perform(getDocument('{"name": "n"}'), {});
  await getAction(actions, run, 'cancelRun').perform(none, {});
  for (const id of ['syncDataObjects', 'validate', 'deactivate']) {
    await getAction(actions, active, id).perform(none, {});
  }
  await getAction(actions, await connectionIn(session, 'INACTIVE'), 'activate').perform(none, {});
  await getAction(actions, object, 'deleteDataObject').perform(none, {});
  await getAction(actions, await connectionIn(session, 'INACTIVE'), 'deleteConnection').perform(none, {});
  return sample.requests;
}

const none: ActionInputValues = { kind: 'none' };

function getDocument(text: string): EditedDocument & { readonly kind: 'document' } {
  return { kind: 'document', text, base: '{}' };
}

function getActions({ actions }: Session): GetActions {
  return actions ?? assert.fail('no actions');
}

/** Whether a request has the method of `GET /a/{id}`, and a path of its form. */
function isNamed(name: string, { method, path }: RecordedRequest): boolean {
  return new RegExp(`^${name.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(`${method} ${path}`);
}

/** Whether a request was answered well, and has all that its operation wants. */
function isComplete(
  { query = [], only, headers: own = {}, body, after }: Operation,
  headers: Documented['headers'],
  request: RecordedRequest,
  before: RecordedRequest | undefined,
): boolean {
  return (
    request.status >= 200 &&
    request.status < 300 &&
    Object.entries({ ...headers, ...own }).every(([name, form]) => form.test(request.headers[name] ?? '')) &&
    query.every((name) => request.query.get(name)) &&
    (only === undefined || [...request.query.keys()].every((name) => only.includes(name))) &&
    (body === undefined || hasKeys(request, body)) &&
    (after === undefined || (before?.path === after && before.status === 404))
  );
}

/** Whether the body is a JSON object with the keys, and says that it is JSON. */
function hasKeys({ headers, body }: RecordedRequest, keys: readonly string[]): boolean {
  const value: unknown = JSON.parse(body);
  return (
    headers['content-type'] === 'application/json' &&
    typeof value === 'object' &&
    value !== null &&
    keys.every((key) => key in value)
  );
}
