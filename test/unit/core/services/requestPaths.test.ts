import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HttpError } from '../../../../src/core/http/errors';
import { type RequestPath, requestPath, withQuery } from '../../../../src/core/http/requestPath';
import { paths as cja } from '../../../../src/core/services/cja/client/operations';
import { paths as datadog } from '../../../../src/core/services/datadog/client/operations';
import { paths as immuta } from '../../../../src/core/services/immuta/client/paths';
import { paths as krenalis } from '../../../../src/core/services/krenalis/client/operations';
import { childPath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { accountRow, startService } from '../../../support/service';
import { getFailure } from '../../../support/rows';

/** A path with IDs in it: `{0}` is the first ID. A query is ignored. */
interface Built {
  readonly form: string;
  readonly build: (ids: readonly [string, string, string]) => string;
}

const page = { first: 0, limit: 10 };

/** Every path of every service that an id goes into, by service and name. A test holds the list against the code. */
const built: Readonly<Record<string, readonly [paths: object, Readonly<Record<string, Built>>]>> = {
  cja: [
    cja,
    {
      connection: { form: '/data/connections/{0}', build: ([a]) => cja.connection(a, {}) },
      backfills: {
        form: '/data/connections/{0}/datasets/{1}/backfills',
        build: ([a, b]) => cja.backfills(a, b, { limit: 1 }),
      },
      dataView: { form: '/data/dataviews/{0}', build: ([a]) => cja.dataView(a, {}) },
      dimensions: { form: '/data/dataviews/{0}/dimensions', build: ([a]) => cja.dimensions(a, {}) },
      metrics: { form: '/data/dataviews/{0}/metrics', build: ([a]) => cja.metrics(a, {}) },
      dimension: {
        form: '/data/dataviews/{0}/dimensions/{1}',
        build: ([a, b]) => cja.dimension(a, b, {}),
      },
      metric: { form: '/data/dataviews/{0}/metrics/{1}', build: ([a, b]) => cja.metric(a, b, {}) },
      prefixedDimension: {
        form: '/data/dataviews/{0}/dimensions/variables/{1}',
        build: ([a, b]) => cja.prefixedDimension(a, b, {}),
      },
      prefixedMetric: {
        form: '/data/dataviews/{0}/metrics/metrics/{1}',
        build: ([a, b]) => cja.prefixedMetric(a, b, {}),
      },
      dataViewCopy: { form: '/data/dataviews/copy/{0}', build: ([a]) => cja.dataViewCopy(a, {}) },
    },
  ],
  datadog: [
    datadog,
    {
      mapping: { form: '/api/v2/product-analytics/{0}/mapping', build: ([a]) => datadog.mapping(a) },
      connections: {
        form: '/api/v2/product-analytics/{0}/mapping/connections',
        build: ([a]) => datadog.connections(a),
      },
      connection: {
        form: '/api/v2/product-analytics/{0}/mapping/connection',
        build: ([a]) => datadog.connection(a),
      },
      oneConnection: {
        form: '/api/v2/product-analytics/{0}/mapping/connection/{1}',
        build: ([a, b]) => datadog.oneConnection(a, b),
      },
    },
  ],
  immuta: [
    immuta,
    {
      connection: { form: '/api/connections/{0}', build: ([a]) => immuta.connection(a) },
      dryRun: { form: '/api/connections/{0}', build: ([a]) => immuta.dryRun(a) },
      command: { form: '/api/connections/{0}/_validate', build: ([a]) => immuta.command(a, 'validate') },
      dataObject: {
        form: '/api/connections/{0}/dataObjects/{1}',
        build: ([a, b]) => immuta.dataObject(a, b),
      },
      children: {
        form: '/api/connections/{0}/dataObjects/{1}/children',
        build: ([a, b]) => immuta.children(a, b, { limit: 1 }),
      },
      tasks: { form: '/api/connections/{0}/tasks', build: ([a]) => immuta.tasks(a, { limit: 1 }) },
      task: { form: '/api/connections/{0}/tasks/{1}', build: ([a, b]) => immuta.task(a, b) },
      runs: { form: '/api/connections/{0}/tasks/{1}/runs', build: ([a, b]) => immuta.runs(a, b) },
      run: { form: '/api/connections/{0}/tasks/{1}/runs/{2}', build: ([a, b, c]) => immuta.run(a, b, c) },
      cancel: {
        form: '/api/connections/{0}/tasks/{1}/runs/{2}/_cancel',
        build: ([a, b, c]) => immuta.cancel(a, b, c),
      },
    },
  ],
  krenalis: [
    krenalis,
    {
      connection: { form: '/v1/connections/{0}', build: ([a]) => krenalis.connection(a) },
      identities: { form: '/v1/connections/{0}/identities', build: ([a]) => krenalis.identities(a, page) },
      link: { form: '/v1/connections/{0}/links/{1}', build: ([a, b]) => krenalis.link(a, b) },
      pipeline: { form: '/v1/pipelines/{0}', build: ([a]) => krenalis.pipeline(a) },
      pipelineStatus: { form: '/v1/pipelines/{0}/status', build: ([a]) => krenalis.pipelineStatus(a) },
      startRun: { form: '/v1/pipelines/{0}/runs', build: ([a]) => krenalis.startRun(a) },
      run: { form: '/v1/pipelines/runs/{0}', build: ([a]) => krenalis.run(a) },
      errors: {
        form: '/v1/pipelines/errors/{0}/{1}',
        build: ([a, b]) => krenalis.errors('p', { start: a, end: b, limit: 1 }),
      },
    },
  ],
};

/** Paths that no id goes into. */
const fixed: Readonly<Record<string, readonly string[]>> = {
  cja: [
    'connections',
    'connectionSearch',
    'configurationSettings',
    'dataViews',
    'dataViewValidation',
    'oldDataViews',
    'auditLogs',
  ],
  datadog: [],
  immuta: ['connections', 'search'],
  krenalis: [
    ...['workspaces', 'currentWorkspace', 'connectors', 'connections', 'authUrl', 'authToken', 'runs'],
    'metricsByDay',
  ],
};

const origin = 'https://service.example';
const special = fc.constantFrom(
  '',
  '.',
  '..',
  '%2e',
  '%2E%2e',
  '.%2e',
  'a/..',
  '/',
  '?',
  '#',
  '\\',
  '..\\',
  "!'()*",
);
const anyId = fc.oneof(
  special,
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  loneSurrogates(),
);

function loneSurrogates(): fc.Arbitrary<string> {
  return fc
    .array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { maxLength: 6 })
    .map((units) => String.fromCharCode(...units));
}

function fits(id: string): boolean {
  return id !== '' && id !== '.' && id !== '..' && id.isWellFormed();
}

describe('the paths of requests', () => {
  it('the paths of all requests are tested', () => {
    for (const [service, [paths, forms]] of Object.entries(built)) {
      const tried = [...Object.keys(forms), ...(fixed[service] ?? [])];
      assert.deepEqual(Object.keys(paths).sort(), tried.sort(), service);
    }
  });

  const all = Object.entries(built).flatMap(([service, [, forms]]) =>
    Object.entries(forms).map(([name, path]) => ({ name: `${service} ${name}`, ...path })),
  );
  for (const { name, form, build } of all) {
    it(`keep their segments, whatever an ID contains: ${name}`, () => {
      fc.assert(
        fc.property(fc.tuple(anyId, anyId, anyId), (ids) => {
          const used = ids.filter((_, index) => form.includes(`{${index}}`));
          if (!used.every(fits)) {
            assert.throws(() => build(ids), isRefusal);
            return;
          }
          const [path = ''] = build(ids).split('?');
          assert.equal(new URL(origin + path).pathname, path, 'a URL parser changes nothing of it');
          assert.match(path, /^(?:[\w.~/-]|%[\dA-F]{2})+$/, 'RFC 3986: unreserved, or percent-encoded');
          const expected = form.split('/').map((step) => {
            const [, index] = /^\{(\d)\}$/.exec(step) ?? [];
            return index === undefined ? step : ids[Number(index)];
          });
          assert.deepEqual(path.split('/').map(decodeURIComponent), expected);
        }),
      );
    });
  }
});

describe('an ID in a path', () => {
  it('must be a segment: a plain template literal does not compile', () => {
    const id = '../x';
    // @ts-expect-error: only the tag encodes ids.
    const bare: RequestPath = `/v1/connections/${id}`;
    assert.notEqual(requestPath`/v1/connections/${id}`, bare);
  });

  it('reports why it cannot be one, and what to do', () => {
    assert.throws(
      () => requestPath`/v1/connections/${'..'}`,
      (error) =>
        error instanceof HttpError &&
        error.message.includes('".." cannot be part of a web address') &&
        error.advice.includes('website'),
    );
  });

  it('reports what cannot be part of a query either, and leaves out a query that is empty', () => {
    const path = requestPath`/v1/connections`;
    assert.equal(withQuery(path, []), path);
    assert.equal(withQuery(path, [['a', 'ü &']]), `${path}?a=%C3%BC+%26`);
    assert.throws(() => withQuery(path, [['a', '\ud800']]), isRefusal);
  });

  it('of Adobe is not tried in its other form if that cannot be one', async () => {
    await using h = await startService('cja');
    const error = await getFailure(h.session.read(connectionRow('dg_..'), {}));
    assert.equal(error.kind, 'notFound');
  });
});

function connectionRow(id: string): Resource {
  return {
    path: childPath(accountRow.path, 'connection', id),
    kind: 'connection',
    id,
    label: id,
    hasChildren: true,
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof HttpError && error.kind === 'rejected' && error.message !== '';
}
