import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startSampleService } from '../../../src/sample/server';
import { recordedExchanges } from '../../support/recordedKrenalis';
import { at, items } from './signedIn';

const exchanges = recordedExchanges();
const skip = exchanges === undefined;
const reason = skip ? ' (skipped: no recordings beside the project)' : '';

/** The recorded value at that path of the last answer. */
function recorded(path: RegExp): unknown {
  const found = exchanges?.findLast(
    (exchange) => exchange.method === 'GET' && exchange.response.status === 200 && path.test(exchange.path),
  );
  return found && JSON.parse(found.response.text);
}

/** Keys in order, with the types of the values, as text. The content of schemas and rules is omitted. */
function shape(value: unknown, left: readonly string[] = []): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.entries(value)
    .filter(([key]) => !left.includes(key))
    .map(([key, part]) => `${key}: ${typeof part === 'object' && part !== null ? 'object' : shape(part)}`)
    .join(', ');
}

async function sampled(path: string): Promise<unknown> {
  const service = await startSampleService();
  try {
    const { restrictedKey } = service.krenalis;
    const reply = await fetch(service.origin + path, {
      headers: { authorization: `Bearer ${restrictedKey}` },
    });
    return await reply.json();
  } finally {
    await service.close();
  }
}

/** The shapes of a list's items, by what decides over them. */
function shapes(
  list: unknown,
  by: readonly string[],
  left: readonly string[] = [],
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const item of items(list)) {
    const kind = by.map((key) => String(at(item, key))).join(' ');
    found.set(kind, (found.get(kind) ?? new Set()).add(shape(item, left)));
  }
  return found;
}

describe(`the sample of Krenalis compared with the recordings${reason}`, { skip }, () => {
  it('gives connections of the recorded shape', async () => {
    const optional = ['linkedConnections'];
    const kinds = ['connectorType', 'role'];
    const real = shapes(at(recorded(/^\/v1\/connections$/), 'connections'), kinds, optional);
    const sample = shapes(at(await sampled('/v1/connections'), 'connections'), kinds, optional);
    assert.deepEqual([...sample.keys()].toSorted(), [...real.keys()].toSorted());
    for (const [kind, forms] of sample) assert.deepEqual(forms, real.get(kind), kind);
  });

  it('gives pipelines of the recorded shape', async () => {
    const kinds = ['connectorType', 'connectionRole', 'target'];
    // A schedule is there or not.
    const optional = ['scheduleStart', 'schedulePeriod', 'filter'];
    const pipelines = (json: unknown): unknown =>
      items(at(json, 'connections')).flatMap((one) => items(at(one, 'pipelines')));
    const real = shapes(pipelines(recorded(/^\/v1\/connections$/)), kinds, optional);
    const sample = shapes(pipelines(await sampled('/v1/connections')), kinds, optional);
    assert.deepEqual([...sample.keys()].toSorted(), [...real.keys()].toSorted());
    for (const [kind, forms] of sample) assert.deepEqual(forms, real.get(kind), kind);
  });

  it('gives runs, identities, connectors and the workspace of the recorded shape', async () => {
    const runs = (json: unknown): unknown => at(json, 'runs', items(at(json, 'runs')).length - 1);
    assert.equal(
      shape(runs(await sampled('/v1/pipelines/runs'))),
      shape(runs(recorded(/^\/v1\/pipelines\/runs$/))),
    );
    const current = '/v1/workspaces/current';
    assert.equal(shape(await sampled(current)), shape(recorded(/^\/v1\/workspaces\/current$/)));
    const kinds = ['type'];
    const sides = ['asSource', 'asDestination', 'oauth'];
    const real = shapes(at(recorded(/^\/v1\/connectors$/), 'connectors'), kinds, sides);
    const sample = shapes(at(await sampled('/v1/connectors'), 'connectors'), kinds, sides);
    for (const [kind, forms] of sample) assert.deepEqual(forms, real.get(kind), kind);
    const list = items(at(await sampled('/v1/connections'), 'connections'));
    const broken = list
      .flatMap((one) => items(at(one, 'pipelines')))
      .find((one) => String(at(one, 'name')).includes('missing'));
    const query = `pipelines=${String(at(broken, 'id'))}`;
    const errors = await sampled(`/v1/pipelines/errors/2020-01-01T00:00:00Z/2100-01-01T00:00:00Z?${query}`);
    const metrics = await sampled(`/v1/pipelines/metrics/days/2?${query}`);
    const [realErrors, realMetrics] = [
      recorded(/^\/v1\/pipelines\/errors\//),
      recorded(/^\/v1\/pipelines\/metrics\/days/),
    ];
    assert.equal(shape(at(errors, 'errors', 0)), shape(at(realErrors, 'errors', 0)));
    assert.equal(at(errors, 'errors', 0, 'step'), at(realErrors, 'errors', 0, 'step'));
    assert.equal(shape(metrics), shape(realMetrics));
    assert.equal(shape(at(metrics, 'metrics', 0)), shape(at(realMetrics, 'metrics', 0)));
    const lake = list.find((one) => at(one, 'name') === 'Data lake');
    const path = `/v1/connections/${String(at(lake, 'id'))}/identities`;
    const first = (json: unknown): unknown => at(json, 'identities', 0);
    assert.equal(
      shape(first(await sampled(path))),
      shape(first(recorded(/^\/v1\/connections\/jwa.*identities/))),
    );
  });
});
