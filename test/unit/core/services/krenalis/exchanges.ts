import type { Exchange } from '../../../../support/recordedKrenalis';

/**
 * Exchanges in the shapes of a real Krenalis, written by hand with made-up values. Recorded ones are next to the
 * project on some machines only; these are checked in the same way everywhere.
 */
export function writtenExchanges(): readonly Exchange[] {
  return [...answers, ...refusals];
}

const CRM = 'Ab3dEf7hJkLm';
const SHOP = 'Np9qRs2tUvWx';
const IMPORT = 'Yz4aBc5eFgHj';
const EVENTS = 'Km6nPq8rSt9u';

function pipeline(id: string, name: string, target: string, running?: boolean): object {
  return {
    ...{
      id,
      name,
      connector: 'postgresql',
      connectorType: 'Database',
      connection: CRM,
      connectionRole: 'Source',
    },
    ...{
      target,
      enabled: true,
      filter: null,
      incremental: true,
      transformation: { mapping: { mail: 'email' }, function: null },
    },
    ...{
      inSchema: {
        kind: 'object',
        properties: [{ name: 'mail', type: { kind: 'string' }, nullable: true, description: '' }],
      },
    },
    ...{
      scheduleStart: 75,
      schedulePeriod: running === undefined ? null : '1h',
      ...(running !== undefined && { running }),
    },
  };
}

const crm = {
  ...{
    id: CRM,
    name: 'Customers « ü 漢字 »',
    connector: 'postgresql',
    connectorType: 'Database',
    role: 'Source',
  },
  ...{ strategy: null, sendingMode: null },
  pipelines: [pipeline(IMPORT, 'Import customers', 'User', false)],
};
const shop = {
  ...{
    id: SHOP,
    name: 'Shop',
    connector: 'javascript',
    connectorType: 'SDK',
    role: 'Source',
    strategy: 'Fusion',
  },
  ...{ sendingMode: null, linkedConnections: [CRM], pipelines: [pipeline(EVENTS, 'Collect', 'Event')] },
};
const counts = [12, 12, 10, 0, 10, 10, 10];
const none = [0, 0, 0, 0, 0, 0, 0];
const failedRun = {
  ...{
    id: 'Vw2xYz3aBc4d',
    pipeline: IMPORT,
    startTime: '2025-03-04T05:06:07.123456Z',
    endTime: '2025-03-04T05:06:09.5Z',
  },
  ...{ passed: none, failed: none, error: 'no such table "guests"' },
};
const runs = [
  { ...failedRun, id: 'Ef5gHj6kLm7n', startTime: '2025-03-04T06:06:07Z', endTime: null, error: '' },
  failedRun,
  { ...failedRun, id: 'Pq8rSt9uVw2x', passed: counts, failed: [0, 1, 1, 0, 0, 0, 0], error: '' },
];
const workspace = {
  ...{ id: 'Gh7jKl8mNp9q', name: 'Laboratory', profileSchema: { kind: 'object', properties: [] } },
  ...{ warehouseMode: 'Normal', identifiers: ['email'] },
};

const answers: readonly Exchange[] = [
  get('list of connections', '/v1/connections', { connections: [crm, shop] }),
  get('empty list of connections', '/v1/connections', { connections: [] }),
  get('connection', `/v1/connections/${CRM}`, {
    ...crm,
    eventTypes: [{ id: 'order', name: 'Order', description: '' }],
  }),
  get('identities', `/v1/connections/${CRM}/identities?first=0&limit=100`, {
    identities: [
      { userId: 'guest-7', connection: CRM, pipeline: IMPORT, updatedAt: '2025-03-04T05:06:07.9Z' },
      {
        anonymousIds: ['5b0c', '77aa'],
        connection: CRM,
        pipeline: IMPORT,
        updatedAt: '2025-03-03T05:06:07Z',
      },
    ],
    total: 2,
  }),
  get('runs', '/v1/pipelines/runs', { runs }),
  get('run', `/v1/pipelines/runs/${failedRun.id}`, failedRun),
  get('pipeline', `/v1/pipelines/${IMPORT}`, crm.pipelines[0]),
  get('workspaces', '/v1/workspaces', { workspaces: [workspace] }),
  get('workspace of the key', '/v1/workspaces/current', workspace),
  get('connectors', '/v1/connectors', {
    connectors: [
      {
        ...{
          code: 'postgresql',
          label: 'PostgreSQL',
          type: 'Database',
          categories: ['Database'],
          asDestination: null,
        },
        asSource: {
          targets: ['User'],
          hasSettings: true,
          sampleQuery: 'SELECT 1',
          webhooksPer: 'None',
          summary: 'Reads rows',
        },
        ...{
          hasSheets: false,
          fileExtension: '',
          oauth: null,
          terms: { user: 'Row', users: 'Rows', userID: 'Key' },
        },
      },
    ],
  }),
  exchange('new connection', 'POST', '/v1/connections', 200, `{"id":"${SHOP}"}\n`),
  exchange('changed connection', 'PUT', `/v1/connections/${CRM}`, 200, ''),
];

const refusals: readonly Exchange[] = [
  refusal('key not known', 401, 'Unauthorized', 'the given key is not one of ours'),
  refusal('key malformed', 400, 'BadRequest', 'API key has the wrong length'),
  refusal('workspace missing', 403, 'Forbidden', 'Krenalis-Workspace header was not given'),
  refusal('connection gone', 404, 'NotFound', `connection ${SHOP} is not there`),
  refusal('name too long', 400, 'BadRequest', 'name is longer than it may be'),
  refusal('connector unknown', 422, 'ConnectorNotExist', 'connector "abacus" is not there'),
  refusal('organization off', 422, 'OrganizationDisabled', 'organization Zz2yXx3wVv4u is switched off'),
  refusal('database away', 503, 'ServiceUnavailable', 'cannot reach `db=guests`:\n\t10.0.0.9: timed out'),
  refusal('too many requests', 429, 'TooManyRequests', 'slow down for a moment', { 'Retry-After': '1' }),
  exchange(
    'route unknown',
    'GET',
    '/v1/connection',
    404,
    '404 page not found\n',
    'text/plain; charset=utf-8',
  ),
  exchange(
    'method unknown',
    'PATCH',
    '/v1/connections',
    405,
    'Method Not Allowed\n',
    'text/plain; charset=utf-8',
  ),
  exchange(
    'warehouse down',
    'GET',
    `/v1/connections/${CRM}/identities`,
    500,
    'Internal Server Error\n',
    'text/plain',
  ),
];

function get(name: string, path: string, body: unknown): Exchange {
  return exchange(name, 'GET', path, 200, `${JSON.stringify(body)}\n`);
}

function refusal(
  name: string,
  status: number,
  code: string,
  message: string,
  more: Readonly<Record<string, string>> = {},
): Exchange {
  const body = `${JSON.stringify({ error: { code, message } })}\n`;
  return exchange(name, 'GET', '/v1/connections', status, body, undefined, more);
}

function exchange(
  name: string,
  method: string,
  path: string,
  status: number,
  text: string,
  type = 'application/json; charset=utf-8',
  more: Readonly<Record<string, string>> = {},
): Exchange {
  const headers = new Map(
    Object.entries({ 'Content-Type': type, 'Request-Id': '7Hj8Kl9Mn', 'Cache-Control': 'no-store', ...more }),
  );
  const lower = Object.fromEntries([...headers].map(([key, value]) => [key.toLowerCase(), value]));
  return { name, method, path, headers, response: { status, headers: lower, text } };
}
