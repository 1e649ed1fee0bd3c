import { jsonAnswer, type Answer, type SampleRequest } from '../common/exchange';
import { draw, drawHex } from '../common/random';
import type { Connection } from './connection';
import type { DataSet } from './dataSet';
import { spoilBatch } from './hostile';
import type { Organization } from './organization';
import { organizationId } from './words';

const HOUR_MS = 3_600_000;

/** The path of the Catalog Service of Adobe Experience Platform, which has another origin at Adobe. */
export const batchesPath = '/data/foundation/catalog/batches';

/**
 * GET /data/foundation/catalog/batches: an object of batches by their IDs, newest first (guides "Data Access API" and
 * "Filter Catalog data"). Of an unknown dataset, and of one in another sandbox, there are none.
 */
export function listBatches(organization: Organization, { query, headers }: SampleRequest): Answer {
  const sandbox = headers['x-sandbox-name'];
  if (!sandbox) return refusal(400, 'The header x-sandbox-name is missing');
  const limit = Number(query.get('limit') ?? '20');
  const start = Number(query.get('start') ?? '0');
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    return refusal(400, 'limit must be from 1 to 100');
  if (!Number.isInteger(start) || start < 0) return refusal(400, 'start must be a whole number');
  const [found] = organization
    .connections()
    .filter((connection) => connection.sandbox.name === sandbox)
    .flatMap((connection) =>
      organization
        .dataSets(connection, true)
        .filter(({ id }) => id === query.get('dataSet'))
        .map((dataSet) => ({ connection, dataSet })),
    );
  const { batches, hostile } = organization.options;
  const places = Array.from({ length: found ? batches : 0 }, (_, place) => place);
  const entries = places.slice(start, start + limit).map((place) => {
    const [id, json] = toBatch(organization, found, place);
    return [id, hostile ? spoilBatch(place, json) : json];
  });
  return jsonAnswer(200, Object.fromEntries(entries));
}

/** A problem as the services of Experience Platform tell one (RFC 9457, inference). */
function refusal(status: number, title: string): Answer {
  return jsonAnswer(status, { type: 'about:blank', title, status });
}

function toBatch(
  { options, start }: Organization,
  found: { readonly connection: Connection; readonly dataSet: DataSet } | undefined,
  place: number,
): readonly [string, Readonly<Record<string, unknown>>] {
  const id = found?.dataSet.id ?? '';
  const number = draw(options.seed, 'date', ...Array.from(id, (letter) => letter.charCodeAt(0)), place);
  const created = (found?.dataSet.lastIngestedTime ?? start) - place * 6 * HOUR_MS;
  const failed = found?.connection.mood === 'failing' && place < 3;
  const running = found?.connection.mood === 'running' && place === 0;
  const read = 1000 + (number % 900_000);
  return [
    drawHex(24, number, 'run', place).toUpperCase(),
    {
      imsOrg: organizationId,
      created,
      updated: created + HOUR_MS / 4,
      createdUser: 'sample@AdobeID',
      status: failed ? 'failed' : running ? 'staging' : place % 7 === 6 ? 'inactive' : 'success',
      errors: failed
        ? [{ code: '106', description: 'Dataset file is empty. Please upload file with data.', rows: [] }]
        : [],
      relatedObjects: [{ type: 'dataSet', id }],
      ...(!running && {
        metrics: failed
          ? { recordsRead: 0, recordsWritten: 0, recordsFailed: 0 }
          : { recordsRead: read, recordsWritten: read - (number % 50), recordsFailed: number % 50 },
      }),
      version: '1.0.3',
    },
  ];
}
