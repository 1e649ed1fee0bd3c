import assert from 'node:assert/strict';
import { request } from 'node:http';
import { it } from 'node:test';
import type { Fault } from '../../../src/sample/faults';
import { startSampleService } from '../../../src/sample/server';
import { at, column, content, signedIn } from './signedIn';

const list = '/data/connections';

it('records requests and how they were answered', async () => {
  const { service, get } = await signedIn({ now: () => 1_700_000_000_000 });
  await get(`${list}?limit=2`);
  const [recorded] = service.requests;
  assert.deepEqual(
    [recorded?.method, recorded?.path, recorded?.query.get('limit'), recorded?.status, recorded?.at],
    ['GET', list, '2', 200, 1_700_000_000_000],
  );
  assert.equal(recorded?.headers['x-api-key'], service.credentials('cja').settings.clientId);
  service.clearRequests();
  assert.equal(service.requests.length, 0);
});

it('records that a client left before there was an answer', async () => {
  const { service, get } = await signedIn();
  service.inject({ match: { path: /connections/ }, hang: true });
  const leaving = new AbortController();
  const work = assert.rejects(fetch(`${service.origin}${list}`, { signal: leaving.signal }));
  while (service.requests.length === 0) await new Promise(setImmediate);
  leaving.abort();
  await work;
  while (service.requests.at(-1)?.cancelled === false) await new Promise(setImmediate);
  assert.equal(service.requests.at(-1)?.status, 0);
  await get('/nowhere');
  assert.equal(service.requests.at(-1)?.cancelled, false);
});

it('answers any number of requests late at once, without a leak warning of Node.js', async () => {
  const { service, get } = await signedIn({ latency: 100 });
  const warnings: string[] = [];
  const listen = ({ name }: Error): number => warnings.push(name);
  process.on('warning', listen);
  const answers = await Promise.all(Array.from({ length: 20 }, () => get(`${list}?limit=1`)));
  // Warnings are emitted in the next turn.
  await new Promise(setImmediate);
  process.off('warning', listen);
  assert.equal(service.requests.filter(({ path }) => path === list).length, answers.length);
  assert.deepEqual(warnings, []);
});

it('refuses hosts other than this computer, paths that cannot be decoded, and endless bodies', async () => {
  const { service, get, post } = await signedIn();
  assert.equal(await statusForHost(service.origin, 'rebound.example'), 403);
  assert.equal((await get('/data/%E0%A4%A')).status, 400);
  assert.equal((await post('/data/dataviews', 'x'.repeat(1024 * 1024 + 1))).status, 413);
  assert.equal((await get('/nowhere')).status, 404);
});

it('adds latency', async () => {
  const { get } = await signedIn({ latency: 40 });
  const begin = performance.now();
  await get(list);
  assert.ok(performance.now() - begin >= 39);
});

it('closes at once, though an answer is pending', async () => {
  const service = await startSampleService();
  service.inject({ match: () => true, hang: true });
  const answer = assert.rejects(fetch(service.origin));
  while (service.requests.length === 0) await new Promise(setImmediate);
  await service.close();
  await answer;
  await assert.rejects(fetch(service.origin));
});

it('fails if its port is taken', async () => {
  const { service } = await signedIn();
  await assert.rejects(startSampleService({ port: Number(new URL(service.origin).port) }), {
    code: 'EADDRINUSE',
  });
});

it('injects matching faults, so many times, until they are removed', async () => {
  const { service, get } = await signedIn();
  service.inject({
    match: { method: 'GET', path: /connections$/ },
    times: 1,
    status: 500,
    body: { oops: true },
  });
  service.inject({ match: { method: 'POST' }, status: 500 });
  const remove = service.inject({
    match: ({ query }) => query.has('limit'),
    status: 503,
    headers: { 'retry-after': '7' },
  });
  const first = await get(list);
  assert.deepEqual([first.status, first.json], [500, { oops: true }]);
  assert.equal((await get(list)).status, 200);
  const second = await get(`${list}?limit=1`);
  assert.deepEqual([second.status, second.headers.get('retry-after')], [503, '7']);
  remove();
  assert.equal((await get(`${list}?limit=1`)).status, 200);
});

it('redirects and delays', async () => {
  const { service, get } = await signedIn();
  service.inject({ match: { path: /search/ }, redirect: 'http://127.0.0.1:9/' });
  const reply = await get(`${list}/search?query=a`);
  assert.deepEqual([reply.status, reply.headers.get('location')], [302, 'http://127.0.0.1:9/']);
  service.inject({ match: () => true, delay: 40 });
  const begin = performance.now();
  assert.equal((await get(list)).status, 200);
  assert.ok(performance.now() - begin >= 39);
});

it('corrupts the body: HTML, half of the JSON, and a socket that ends too early', async () => {
  assert.match(await textUnder({ html: true }), /<html>/);
  const half = await textUnder({ malformed: true });
  assert.match(half, /^\{"content":\[/);
  assert.throws(() => JSON.parse(half) as unknown, SyntaxError);
  await assert.rejects(textUnder({ cutOffAfter: 5 }));
  await assert.rejects(textUnder({ cutOffAfter: 0 }));
});

it('affects only later requests, and replaces one answer by another', async () => {
  const { service, get } = await signedIn({ connections: 3 });
  const stop = service.inject({ match: { path: /connections/ }, skip: 1, times: 1, status: 500 });
  const statuses = [await get(list), await get(list), await get(list)].map(({ status }) => status);
  assert.deepEqual(statuses, [200, 500, 200]);
  stop();
  const [one, other] = column(await get(list), 'id').map(String);
  service.inject({ match: { path: /connections\/dg/ }, getAnswer: () => `${list}/${other ?? ''}` });
  assert.equal(at((await get(`${list}/${one ?? ''}`)).json, 'id'), other);
  service.inject({ match: { path: /connections$/ }, getAnswer: () => `${list}?page=0&limit=1` });
  assert.deepEqual(column(await get(`${list}?page=1&limit=1`), 'id'), [one]);
});

it('changes the content of an answer, and pads it', async () => {
  const { service, get, headers } = await signedIn({ connections: 1 });
  const stop = service.inject({
    match: { path: /connections$/ },
    change: (json) => ({ ...(json as object), content: [], lastPage: false }),
  });
  const empty = await get(list);
  assert.deepEqual([content(empty), at(empty.json, 'lastPage')], [[], false]);
  stop();
  service.inject({ match: { path: /connections$/ }, padding: 100_000 });
  const text = await (await fetch(service.origin + list, { headers })).text();
  assert.ok(text.length > 100_000);
  assert.equal(at(JSON.parse(text), 'totalElements'), 1);
});

it('sends a body byte by byte, and starts one that never ends', async () => {
  const { service, headers } = await signedIn();
  const ask = (): Promise<Response> => fetch(service.origin + list, { headers });
  service.inject({ match: () => true, times: 1, trickle: 1, status: 502, body: 'slow' });
  const slow = await ask();
  assert.deepEqual([slow.status, await slow.text()], [502, 'slow']);
  service.inject({ match: () => true, stallAfter: 3, status: 200, body: '{"a":1}' });
  const stalled = await ask();
  const reader = stalled.body?.getReader();
  assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), '{"a');
  const more = reader?.read().then(() => 'more');
  assert.equal(
    await Promise.race([more, new Promise((resolve) => setTimeout(resolve, 30, 'nothing'))]),
    'nothing',
  );
  await reader?.cancel();
});

it('drops a request before it is processed, and after', async () => {
  const { service, get, ask } = await signedIn({ connections: 1, dataViews: 1 });
  const [id] = column(await get('/data/dataviews'), 'id');
  const path = `/data/dataviews/${String(id)}`;
  service.inject({ match: { method: 'DELETE' }, times: 1, drop: 'before' });
  await assert.rejects(ask(`DELETE ${path}`));
  assert.equal((await get(path)).status, 200);
  service.inject({ match: { method: 'DELETE' }, times: 1, drop: 'after' });
  await assert.rejects(ask(`DELETE ${path}`));
  assert.equal((await get(path)).status, 404);
});

it('refuses connections while it pauses', async () => {
  const { service, get } = await signedIn();
  await service.pause();
  await assert.rejects(get(list), (error: Error) => at(error.cause, 'code') === 'ECONNREFUSED');
  await service.resume();
  assert.equal((await get(list)).status, 200);
});

async function textUnder(fault: Omit<Fault, 'match'>): Promise<string> {
  const { service, headers } = await signedIn();
  service.inject({ match: () => true, ...fault });
  return (await fetch(service.origin + list, { headers })).text();
}

function statusForHost(origin: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(origin, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

it('sends the request ID with every answer', async () => {
  const { get } = await signedIn();
  const reply = await get(`${list}/unknown`);
  assert.equal(reply.headers.get('x-request-id'), at(reply.json, 'errorId'));
});
