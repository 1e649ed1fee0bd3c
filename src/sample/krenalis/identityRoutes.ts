import { isoDate } from '../common/dates';
import { drawUuid } from '../common/random';
import type { SampleRequest } from '../common/exchange';
import { badRequest, KrenalisFailure, PlainFailure } from './failures';
import type { Connection, Workspace } from './workspace';

/** GET /v1/connections/{id}/identities: last changed first. */
export function listIdentities(workspace: Workspace, { query }: SampleRequest, id: string): unknown {
  const connection = workspace.get(id);
  const first = readNumber(query, 'first', 0, 0, Infinity);
  const limit = readNumber(query, 'limit', 100, 1, 1000);
  if (workspace.warehouseMode === 'Maintenance')
    throw new KrenalisFailure('MaintenanceMode', 'data warehouse is in maintenance mode');
  // The warehouse database does not respond: the service has no code for that (recorded).
  if (workspace.warehouseDown) throw new PlainFailure(500, 'Internal Server Error');
  const count = Math.max(0, Math.min(limit, connection.identities - first));
  const identities = Array.from({ length: count }, (_, place) =>
    identity(workspace, connection, first + place),
  );
  return { identities, total: connection.identities };
}

/** Event sources know visitors by anonymous IDs, and some of them also by name. */
function identity(workspace: Workspace, connection: Connection, place: number): unknown {
  const { seed } = workspace.options;
  const anonymousIds = [drawUuid(seed, 'user', place)];
  const fromEvents = connection.connector.type === 'SDK';
  const pipeline = connection.pipelines.findLast(({ target }) => target === 'User');
  return {
    ...((!fromEvents || place % 2 === 0) && { userId: `user${place + 1}` }),
    ...(fromEvents && { anonymousIds }),
    connection: connection.id,
    pipeline: pipeline?.id ?? connection.id,
    updatedAt: isoDate(workspace.start - place * 60_000).replace('Z', '552Z'),
  };
}

function readNumber(
  query: URLSearchParams,
  name: string,
  otherwise: number,
  least: number,
  most: number,
): number {
  const text = query.get(name) ?? String(otherwise);
  if (!/^-?\d{1,12}$/.test(text)) throw badRequest(`${name} is not valid`);
  const number = Number(text);
  if (number < least || number > most) throw badRequest(`${name} ${text} is not valid`);
  return number;
}
