import { type Json, isJson, merge, readBody } from './json';
import type { SampleRequest } from '../common/exchange';
import { renderConnection, renderHealth, type Connection, type ConnectionState } from './connection';
import { ImmutaFailure } from './failure';
import { page, wantedByQuery } from './paging';
import type { Tenant } from './tenant';

/** Content that no server should send. Positions are those of the connections. */
const spoilers: Readonly<Record<number, (json: Json) => unknown>> = {
  0: (json) => ({ ...json, state: '<b>$(error) odd</b>', health: 'fine' }),
  1: () => null,
  2: ({ technology }) => ({ technology }),
  3: (json) => ({
    ...json,
    health: { client: null, policy: ['x'], audit: { status: 5 } },
    createdAt: 'soon',
  }),
  4: (json) => ({ ...json, technology: 'Nonsuch \u202Egnirts', state: null, extra: { deep: [[{}]] } }),
  5: () => 'not an object',
};

/** The list item for the connection at a position of a hostile tenant. */
function spoilConnection(index: number, json: Json): unknown {
  return spoilers[index]?.(json) ?? (index in spoilers ? null : json);
}

const reserved: ReadonlySet<string> = new Set([
  'data',
  'connection',
  'object',
  'crawl',
  'search',
  'settings',
  'metadata',
  'permission',
  'sync',
  'bulk',
  'upgrade',
]);

/** Members that PATCH accepts besides `technology`, which must be unchanged (inference). */
const configurable = ['clientConfiguration', 'policyConfiguration', 'auditConfiguration'];

/** GET /api/connections */
export function listConnections(tenant: Tenant, { query, path }: SampleRequest): unknown {
  const list = { name: 'connections', id: ({ key }: Connection) => key, path };
  return page(tenant.connections(), wantedByQuery(query), list, tenant.options, (connection) =>
    tenant.options.hostile
      ? spoilConnection(connection.index, renderConnection(connection))
      : renderConnection(connection),
  );
}

/** POST /api/connections. @throws ImmutaFailure 400 for an invalid payload, 409 for a key in use. */
export function createConnection(tenant: Tenant, { body }: SampleRequest): unknown {
  const { connectionKey, technology, ...configuration } = readBody(body);
  if (typeof connectionKey !== 'string' || !/^[A-Za-z0-9_-]+$/.test(connectionKey)) throw invalid();
  if (reserved.has(connectionKey))
    throw new ImmutaFailure(400, `Connection key cannot be '${connectionKey}': it is reserved`);
  if (technology !== 'Databricks' && technology !== 'Snowflake') throw invalid();
  if (!isJson(configuration.clientConfiguration)) throw invalid();
  if (tenant.has(connectionKey)) throw new ImmutaFailure(409, `Connection ${connectionKey} already exists`);
  return renderConnection(tenant.addConnection(connectionKey, technology, onlyConfigurable(configuration)));
}

/** GET /api/connections/{connectionKey} */
export function getConnection(tenant: Tenant, key: string): unknown {
  return renderConnection(tenant.connection(key));
}

/** PATCH /api/connections/{connectionKey}. With `dryRun=true`, nothing is changed. */
export function updateConnection(tenant: Tenant, { body, query }: SampleRequest, key: string): unknown {
  const connection = tenant.connection(key);
  if (connection.state !== 'ACTIVE' && connection.state !== 'UNHEALTHY') {
    throw new ImmutaFailure(
      409,
      'Unable to update connection. Connection state must be ACTIVE or UNHEALTHY to be updated.',
    );
  }
  const { technology = connection.technology, ...patch } = readBody(body);
  if (technology !== connection.technology) throw invalid();
  const configuration = merge(connection.configuration, onlyConfigurable(patch));
  return renderConnection(
    query.get('dryRun') === 'true' ? { ...connection, configuration } : tenant.change(key, { configuration }),
  );
}

/** DELETE /api/connections/{connectionKey}: starts a task. */
export function deleteConnection(tenant: Tenant, key: string): unknown {
  requireInactive(
    tenant,
    key,
    'Unable to delete connection. Connection state must be INACTIVE to be deleted.',
  );
  const task = tenant.addRemoval(key, 'CONNECTION_DELETE', () => {
    tenant.removeConnection(key);
  });
  tenant.setState(key, 'DELETING');
  return { taskId: task.id, message: 'Deletion task created and accepted for processing' };
}

/** POST …/_activate */
export function activate(tenant: Tenant, key: string): unknown {
  requireInactive(
    tenant,
    key,
    'Unable to activate connection. Connection state must be INACTIVE to be activated.',
  );
  return changeState(tenant, key, 'ACTIVE');
}

/** POST …/_deactivate */
export function deactivate(tenant: Tenant, key: string): unknown {
  return changeState(tenant, key, 'INACTIVE');
}

/** POST …/_validate: the client of an unhealthy connection fails again, everything else succeeds. */
export function validate(tenant: Tenant, key: string): unknown {
  const client = tenant.connection(key).state !== 'UNHEALTHY';
  const connection = tenant.change(key, { healthy: { client, policy: true, audit: true } });
  return { connectionKey: key, state: connection.state, health: renderHealth(connection) };
}

function changeState(tenant: Tenant, key: string, state: ConnectionState): unknown {
  tenant.setState(key, state);
  return getConnection(tenant, key);
}

function requireInactive(tenant: Tenant, key: string, refusal: string): void {
  if (tenant.connection(key).state !== 'INACTIVE') throw new ImmutaFailure(409, refusal);
}

/** @throws ImmutaFailure 400 for other members, and for those that are not objects. */
function onlyConfigurable(json: Json): Json {
  const odd = Object.entries(json).some(([name, value]) => !configurable.includes(name) || !isJson(value));
  if (odd) throw invalid();
  return json;
}

function invalid(): ImmutaFailure {
  return new ImmutaFailure(400, 'Invalid request payload');
}
