import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HttpResponse } from '../../../../../src/core/http/types';
import { statusError } from '../../../../../src/core/http/statusError';
import { isJsonObject } from '../../../../../src/core/http/json';
import { readError } from '../../../../../src/core/services/krenalis/client/errors';
import { readObject } from '../../../../../src/core/services/krenalis/client/listing';
import { connect, type KrenalisSession } from '../../../../../src/core/services/krenalis/session';
import { childPath } from '../../../../../src/core/services/contract/path';
import type { PageItem } from '../../../../../src/core/services/contract/page';
import { type Resource, getJson } from '../../../../../src/core/services/contract/resource';
import { accountOfService, accountRow } from '../../../../support/service';
import { firstPage } from '../../../../support/rows';
import { writtenExchanges } from './exchanges';
import { recordedExchanges, type Exchange } from '../../../../support/recordedKrenalis';

/** Exchanges, and how they came about. */
interface Source {
  readonly title: string;
  readonly exchanges: readonly Exchange[];
  readonly skip: boolean;
}

const recorded = recordedExchanges();
const sources: readonly Source[] = [
  { title: 'written by hand', exchanges: writtenExchanges(), skip: false },
  {
    title: `recorded${recorded ? '' : ' (skipped: no recordings beside the project)'}`,
    exchanges: recorded ?? [],
    skip: recorded === undefined,
  },
];

const NO_RUNS: HttpResponse = { status: 200, headers: {}, text: '{"runs":[]}' };

/** A session that always gets this response, or an empty list of runs if the response is about something else. */
function answeredWith(response: HttpResponse, isOfRuns = false): KrenalisSession {
  return connect(accountOfService('cja', {}), { apiKey: 'api_1' }, () => ({
    send: ({ path }) => Promise.resolve(path.endsWith('/runs') && !isOfRuns ? NO_RUNS : response),
    dispose: () => undefined,
  }));
}

function row(kind: Resource['kind'], id: string): Resource {
  const above = kind === 'connection' ? accountRow.path : childPath(accountRow.path, 'connection', 'c');
  return { path: childPath(above, kind, id), kind, id, label: id, hasChildren: true };
}

/** The list of a body, or the body itself. */
function getBody({ response }: Exchange, key?: string): readonly unknown[] {
  const body: unknown = JSON.parse(response.text);
  const list = key !== undefined && isJsonObject(body) ? body[key] : [body];
  return Array.isArray(list) ? list : assert.fail(`no ${key ?? 'body'}`);
}

/** The requested ID. */
function lastStep({ path }: Exchange): string {
  return path.split('/').at(-1) ?? '';
}

/** Every item is shown as it was sent, and none as a problem. */
function assertComplete(
  items: readonly PageItem[],
  sent: readonly unknown[],
  session: KrenalisSession,
): void {
  assert.deepEqual(
    items.map(({ resource }) => resource.json),
    sent,
  );
  for (const { resource, children } of items) {
    assert.notEqual(resource.kind, 'problem');
    assert.notEqual(resource.status?.state, 'unknown');
    assert.ok(
      session.properties(resource).every(({ value }) => value !== '' && !value.includes('undefined')),
    );
    if (children) {
      const pipelines: unknown = getJson(resource)?.pipelines;
      assert.ok(Array.isArray(pipelines));
      assertComplete(children.items.slice(0, -1), pipelines, session);
    }
  }
}

const readers: readonly (readonly [RegExp, (exchange: Exchange) => Promise<void>])[] = [
  [
    /^\/v1\/connections$/,
    async (exchange) => {
      const session = answeredWith(exchange.response);
      const { items } = await session.children(accountRow, firstPage(), {});
      assertComplete(items, getBody(exchange, 'connections'), session);
    },
  ],
  [
    /^\/v1\/connections\/\w+$/,
    async (exchange) => {
      const session = answeredWith(exchange.response);
      const { items, parent } = await session.children(
        row('connection', lastStep(exchange)),
        firstPage(),
        {},
      );
      assertComplete([{ resource: parent ?? assert.fail() }], getBody(exchange), session);
      assertComplete(items.slice(0, -1), getBody(exchange, 'pipelines'), session);
    },
  ],
  [
    /\/identities\b/,
    async (exchange) => {
      const session = answeredWith(exchange.response);
      const { items } = await session.children(row('group', 'identities'), firstPage(), {});
      assertComplete(items, getBody(exchange, 'identities'), session);
    },
  ],
  [
    /^\/v1\/pipelines\/runs$/,
    async (exchange) => {
      const session = answeredWith(exchange.response, true);
      const sent = getBody(exchange, 'runs').filter(isJsonObject);
      for (const id of new Set(sent.map(({ pipeline }) => JSON.stringify(pipeline)))) {
        const { items } = await session.children(row('pipeline', JSON.parse(id) as string), firstPage(), {});
        const own = sent.filter(({ pipeline }) => JSON.stringify(pipeline) === id);
        assertComplete(items, own, session);
      }
    },
  ],
  [
    /^\/v1\/(pipelines\/\w+|pipelines\/runs\/\w+)$/,
    async (exchange) => {
      const kind = exchange.path.includes('/runs/') ? 'run' : 'pipeline';
      const text = await answeredWith(exchange.response).read(row(kind, lastStep(exchange)), {});
      assert.equal(text, exchange.response.text);
    },
  ],
  [
    /^\/v1\/workspaces$/,
    async ({ response }) => {
      assert.equal((await answeredWith(response).choices('workspace', {})).length, 1);
    },
  ],
  [
    /^\/v1\/workspaces\/current$/,
    async ({ response }) => {
      const { name } = JSON.parse(response.text) as { name: string };
      assert.deepEqual(await answeredWith(response).verify({}), { name });
    },
  ],
  [
    /^\/v1\/connectors$/,
    async (exchange) => {
      const terms = await answeredWith(exchange.response).glossaryTerms('connectors', {});
      assert.equal(terms.length, getBody(exchange, 'connectors').length);
    },
  ],
];

for (const { title, exchanges, skip } of sources) {
  const succeeded = exchanges.filter(({ response }) => response.status === 200);
  const failed = exchanges.filter(({ response }) => response.status !== 200);

  describe(`answers of Krenalis, ${title}`, { skip }, () => {
    for (const exchange of succeeded.filter(({ method }) => method === 'GET')) {
      const reader = readers.find(([path]) => path.test(exchange.path))?.[1];
      if (reader) it(`shows all of ${exchange.name}`, () => reader(exchange));
    }

    it('are all objects, or empty', () => {
      for (const { response } of succeeded) if (response.text !== '') readObject(response);
    });

    it('have a reader for each kind that the tree shows', () => {
      for (const [path] of readers)
        assert.ok(
          succeeded.some((exchange) => path.test(exchange.path)),
          path.source,
        );
    });

    it('of writes are IDs, or nothing', () => {
      for (const { method, response } of succeeded.filter((exchange) => exchange.method !== 'GET')) {
        if (response.text === '') continue;
        assert.equal(method, 'POST');
        assert.match(response.text, /^\{"id":"[1-9A-HJ-NP-Za-km-z]{12}"\}\n$/);
      }
    });

    for (const { name, response, headers } of failed) {
      it(`explains ${name}`, () => {
        const url = new URL('http://127.0.0.1:2022/');
        const error = statusError(response, { url, parseError: readError, secrets: [], now: 0 });
        const words = /"message":"((?:[^"\\]|\\.){0,40})/.exec(response.text)?.[1] ?? response.text.trim();
        const said = (JSON.parse(`"${words.replace(/\\$/, '')}"`) as string).replace(/\s+/g, ' ').trim();
        assert.ok(error.message.includes(said.slice(0, 30)), error.message);
        assert.equal(error.requestId, headers.get('Request-Id'));
        assert.match(error.advice, /\.$/);
        if (headers.has('Retry-After')) assert.equal(error.retryAfter, 1000);
      });
    }
  });
}
