import type { SampleRequest } from '../common/exchange';
import { type Body, readBody, readText, badRequest, KrenalisFailure } from './failures';
import { type Connector, connectors } from './connectors';
import type { OAuth } from './oauth';
import type { Connection, Workspace } from './workspace';

type Modes = Pick<Connection, 'name' | 'strategy' | 'sendingMode'>;

/** GET /v1/connections */
export function listConnections(workspace: Workspace): unknown {
  return { connections: workspace.list().map((connection) => workspace.render(connection)) };
}

/** GET /v1/connections/{id}: includes event types if the connection sends events to an application. */
export function readConnection(workspace: Workspace, id: string): unknown {
  const connection = workspace.get(id);
  const { role, connector } = connection;
  const sends = role === 'Destination' && connector.asDestination?.targets.includes('Event');
  return { ...workspace.render(connection), ...(sends && { eventTypes }) };
}

const eventTypes = ['add_to_cart', 'identity'].map((word) => ({
  id: `send_${word}`,
  name: `Send ${word}`,
  description: `Send ${word} to the application`,
  defaultFilter: '',
}));

/**
 * POST /v1/connections. @throws KrenalisFailure in the order and with the messages of the real service (recorded,
 * source).
 */
export function createConnection(workspace: Workspace, oauth: OAuth, { body }: SampleRequest): unknown {
  const input = readBody(body);
  const role = readRole(input);
  const name = checkName(readText(input, 'name'));
  const code = readText(input, 'connector') ?? '';
  const connector = connectors.get(code);
  if (!connector) throw new KrenalisFailure('ConnectorNotExist', `connector "${code}" does not exist`);
  checkSide(connector, role);
  const modes = checkModes(connector, role, { name, ...readModes(input) });
  const linked = readLinked(workspace, input);
  checkSettings(connector, input);
  oauth.check(connector, readText(input, 'authToken') ?? '');
  const made = workspace.add({ ...modes, connector, role, linked, pipelines: [], identities: 0 });
  return { id: made.id };
}

/** PUT /v1/connections/{id}: replaces name, strategy and sending mode, even if they are missing. */
export function updateConnection(workspace: Workspace, { body }: SampleRequest, id: string): void {
  const connection = workspace.get(id);
  const input = readBody(body);
  const name = checkName(readText(input, 'name'));
  Object.assign(connection, checkModes(connection.connector, connection.role, { name, ...readModes(input) }));
}

/** DELETE /v1/connections/{id} */
export function deleteConnection(workspace: Workspace, id: string): void {
  workspace.remove(workspace.get(id));
}

/** POST and DELETE /v1/connections/{src}/links/{dst}: linking what is already linked has no effect. */
export function linkConnections(workspace: Workspace, src: string, dst: string, link: boolean): void {
  const source = workspace.get(src);
  if (source.role === 'Destination') throw badRequest(`connection ${src} is not a source`);
  if (!source.connector.asSource?.targets.includes('Event'))
    throw badRequest(`source ${src} does not support events`);
  const destination = workspace.get(dst);
  if (destination.role === 'Source') throw badRequest(`connection ${dst} is not a destination`);
  if (!destination.connector.asDestination?.targets.includes('Event'))
    throw badRequest(`destination ${dst} does not support events`);
  for (const [one, other] of [
    [source, destination],
    [destination, source],
  ] as const) {
    if (link) one.linked.add(other);
    else one.linked.delete(other);
  }
}

function readRole(input: Body): Connection['role'] {
  const role = readText(input, 'role') ?? '';
  if (role === 'Source' || role === 'Destination') return role;
  throw badRequest(
    `json: cannot unmarshal JSON string into Go core.Role within "/role": json: invalid core.Role: ${role}`,
  );
}

function checkName(name: string | null): string {
  if (name === null || name === '') throw badRequest('name is empty');
  if (Array.from(name).length > 100) throw badRequest('name is longer than 100 runes');
  return name;
}

function checkSide({ code, type, asSource, asDestination }: Connector, role: Connection['role']): void {
  if (type === 'File') throw badRequest('connections cannot have type file');
  if (role === 'Destination' && (type === 'SDK' || type === 'Webhook'))
    throw badRequest(`${type === 'SDK' ? 'SDK' : 'webhook'} connections cannot be destinations`);
  if ((role === 'Source' ? asSource : asDestination) === null)
    throw badRequest(`connector ${code} cannot be used as ${role.toLowerCase()}`);
}

function readModes(input: Body): Pick<Modes, 'strategy' | 'sendingMode'> {
  const strategy = readText(input, 'strategy');
  if (strategy !== null && !/^(Conversion|Fusion|Isolation|Preservation)$/.test(strategy))
    throw badRequest(`strategy "${strategy}" is not valid`);
  const sendingMode = readText(input, 'sendingMode');
  if (sendingMode !== null && !/^(Client|Server|ClientAndServer)$/.test(sendingMode))
    throw badRequest(`sending mode "${sendingMode}" is not valid`);
  return { strategy, sendingMode };
}

function checkModes(connector: Connector, role: Connection['role'], modes: Modes): Modes {
  const { strategy, sendingMode } = modes;
  const source = role === 'Source';
  const kind = connector.type === 'SDK' ? 'SDK' : connector.type.toLowerCase();
  if (!source && strategy !== null) throw badRequest('destination connections cannot have a strategy');
  if (source && connector.strategies !== (strategy !== null))
    throw badRequest(`${kind} connections ${connector.strategies ? 'must' : 'cannot'} have a strategy`);
  if (source && sendingMode !== null) throw badRequest('source connections cannot have a sending mode');
  const offered = source ? null : (connector.asDestination?.sendingMode ?? null);
  if (offered === null && sendingMode !== null)
    throw badRequest(`connector ${connector.code} does not support sending modes`);
  if (offered !== null && sendingMode === null)
    throw badRequest(`connector ${connector.code} requires a sending mode`);
  if (offered !== null && sendingMode !== offered)
    throw badRequest(`connector ${connector.code} does not support sending mode ${sendingMode ?? ''}`);
  return modes;
}

function readLinked(workspace: Workspace, { linkedConnections }: Body): Set<Connection> {
  const ids: readonly unknown[] = Array.isArray(linkedConnections) ? linkedConnections : [];
  return new Set(
    ids.map((id) => {
      const connection = workspace.find(String(id));
      if (connection) return connection;
      throw new KrenalisFailure('LinkedConnectionNotExist', `linked connection ${String(id)} does not exist`);
    }),
  );
}

/** The real service asks the connector. In the sample, a database at port 1 is unreachable. */
function checkSettings(connector: Connector, { settings }: Body): void {
  const wanted = connector.type !== 'SDK' && connector.type !== 'Webhook';
  const given = typeof settings === 'object' && settings !== null ? { ...settings } : undefined;
  if (wanted && given === undefined)
    throw new KrenalisFailure('InvalidSettings', 'settings are not valid: they are missing');
  if (given !== undefined && 'port' in given && given.port === 1)
    throw new KrenalisFailure('ServiceUnavailable', 'failed to connect: connection refused');
}
