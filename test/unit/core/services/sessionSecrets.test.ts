import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import { cleanSession } from '../../../../src/core/services/common/cleanSession';
import { DocumentError } from '../../../../src/core/services/common/documentError';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Page } from '../../../../src/core/services/contract/page';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { account, resource } from '../../../support/fakes/store';

const secret = 'known-secret';
const text = `a KNOWN%2Dsecret`;
const call = {};
const error = new HttpError('server', text, { code: text, requestId: text, advice: text, status: 500 });

const named: Resource = {
  ...resource(account, 'connection', secret, text),
  description: text,
  status: { state: 'ok', label: text },
  json: { key: secret },
  problem: { title: text, detail: text, advice: text, retryable: true },
};
const page: Page = {
  items: [
    {
      resource: named,
      children: { items: [{ resource: named }], nextCursors: [], loading: 'eager' },
    },
  ],
  parent: named,
  nextCursors: [],
  loading: 'eager',
};

/** A session whose members all contain the secret wherever possible. */
const open: Required<Session> = {
  hasBackfills: true,
  verify: () => Promise.resolve({ name: text, warning: { title: text, detail: text, retryable: false } }),
  choices: () => Promise.resolve([{ value: secret, label: text, description: text }]),
  children: () => Promise.resolve(page),
  read: () => Promise.resolve(secret),
  findConnectionsByDataset: () => Promise.resolve([named]),
  searchConnections: () => Promise.resolve([named]),
  findById: () => Promise.resolve([named]),
  glossaryTerms: () => Promise.resolve([{ id: secret, label: text, description: text }]),
  properties: () => [
    { label: text, value: text, date: secret, status: { state: 'ok', label: text }, copy: true },
  ],
  facts: () => ({ created: text }),
  webLink: () => `https://x/${secret}`,
  requestTemplate: () => ({
    method: 'GET',
    url: `https://x/${secret}`,
    headers: { a: text, b: '$ACCESS_TOKEN' },
  }),
  shortId: () => secret,
  actions: () => [
    {
      ...{ id: 'x', verb: 'edit', title: text, confirmation: 'confirm', input: { kind: 'document' } },
      draft: () => Promise.resolve({ text: secret, schema: {} }),
      preview: () => Promise.resolve({ before: secret, after: secret }),
      consent: () => Promise.resolve(undefined),
      perform: () =>
        Promise.resolve({
          message: text,
          changed: [account],
          run: {
            title: text,
            poll: () => Promise.resolve({ status: { state: 'ok', label: text }, over: true }),
          },
        }),
    },
  ],
  detailViews: {
    tables: () => [
      {
        ...{ id: 't', title: 'T', source: account, includes: () => true },
        columns: [{ id: 'c', label: 'C', kind: 'text', value: () => text }],
      },
    ],
    timeline: () => undefined,
    structureInputs: () => [],
    structure: () => ({
      nodes: [{ id: secret, label: text, kind: 'key', status: { state: 'ok', label: text } }],
      edges: [{ from: secret, to: secret, label: text }],
    }),
  },
  logs: {
    history: {
      columns: [],
      appliesTo: () => true,
      emptyText: () => '',
      read: () =>
        Promise.resolve({
          entries: [{ id: 'x', cells: [text], status: { state: 'ok', label: text } }],
          received: 1,
        }),
    },
  },
  reports: {
    title: () => 'Errors',
    explainsFailure: () => true,
    read: () =>
      Promise.resolve({
        columns: [{ label: text, kind: 'text' }],
        ...{ rows: [[text]], note: text, summary: [{ label: text, value: text }] },
      }),
  },
  runs: {
    fetchRuns: () => Promise.resolve({ entries: [{ run: named, ancestors: [text] }], updated: [named] }),
    batches: (paths) => [paths],
    isActive: () => true,
    times: () => ({ created: '2026-01-01' }),
    matchesListFilter: () => true,
  },
  dispose: () => undefined,
};

/** The shown parts of a value: all but identifiers of resources, and their JSON. */
function shown(value: unknown): string {
  const raw = ['path', 'id', 'json', 'value', 'from', 'to', 'date'];
  return JSON.stringify(value, (key, member: unknown) => (raw.includes(key) ? undefined : member));
}

function assertMasked(value: unknown): void {
  assert.doesNotMatch(shown(value), /known/i);
  assert.match(shown(value), /a \*\*\*/);
}

const session = cleanSession(open, [secret]);

describe('a session without secrets', () => {
  it('masks known secrets in everything that it returns', async () => {
    assertMasked(await session.verify(call));
    assertMasked(await session.choices?.('x', call));
    assertMasked(await session.children(named, { size: 1, bypassCache: false, depth: 1 }, call));
    assertMasked(await session.findConnectionsByDataset?.(named, 'x', call));
    assertMasked(await session.searchConnections?.(named, 'x', call));
    assertMasked(await session.findById?.(named, 'x', call));
    assertMasked(await session.glossaryTerms?.('x', call));
    assertMasked(await session.runs?.fetchRuns(named, [], call));
    assertMasked(session.detailViews?.structure(named, () => []));
    const [action] = session.actions?.(named) ?? [];
    assert.equal(action?.title, 'a ***');
    const outcome = await action.perform({ kind: 'none' }, call);
    assertMasked(outcome);
    assertMasked(await outcome.run?.poll(call));
    const report = await session.reports?.read(named, call);
    assertMasked(await session.logs?.history?.read(named, undefined, call));
    assertMasked(report?.columns);
    assertMasked(report?.rows);
    assertMasked({ note: report?.note });
    assert.equal(report?.summary[0]?.value, 'a ***');
    const [fact] = session.properties(named);
    assert.deepEqual([fact?.label, fact?.value, fact?.status?.label], ['a ***', 'a ***', 'a ***']);
    assert.equal(session.detailViews?.tables(named)[0]?.columns[0]?.value(named), 'a ***');
    assert.deepEqual(session.requestTemplate(named), {
      method: 'GET',
      url: 'https://x/***',
      headers: { a: 'a ***', b: '$ACCESS_TOKEN' },
    });
  });

  it('keeps what identifies a resource, and what is sent back', async () => {
    const { items } = await session.children(named, { size: 1, bypassCache: false, depth: 1 }, call);
    const { path, id, json } = items[0]?.resource ?? named;
    assert.deepEqual([path, id, json], [named.path, named.id, named.json]);
    assert.equal(await session.read(named, call), secret);
    const [action] = session.actions?.(named) ?? [];
    assert.equal((await action?.draft?.(call))?.text, secret);
    assert.equal(session.shortId?.(named), secret);
  });

  it('masks known secrets in failures, and leaves other failures unchanged', async () => {
    const failing = cleanSession({ ...open, read: () => Promise.reject(error) }, [secret]);
    await assert.rejects(failing.read(named, call), (masked: unknown) => {
      assert.ok(masked instanceof HttpError);
      const { kind, status, message, code, requestId, advice } = masked;
      assert.deepEqual([kind, status], ['server', 500]);
      assert.deepEqual([message, code, requestId, advice], ['a ***', 'a ***', 'a ***', 'a ***']);
      return true;
    });
    const other = new HttpError('server', 'It is down.');
    const down = cleanSession({ ...open, read: () => Promise.reject(other) }, [secret]);
    await assert.rejects(down.read(named, call), (thrown) => thrown === other);
  });

  it('keeps the positions in a refused document, and masks their messages', async () => {
    const flawed = new DocumentError(text, [{ pointer: ['fields', 0], message: text }], {
      advice: 'Mend it.',
    });
    const failing = cleanSession({ ...open, read: () => Promise.reject(flawed) }, [secret]);
    await assert.rejects(failing.read(named, call), (masked: unknown) => {
      assert.ok(masked instanceof DocumentError);
      assert.deepEqual([masked.kind, masked.message, masked.advice], ['rejected', 'a ***', 'Mend it.']);
      assert.deepEqual(masked.flaws, [{ pointer: ['fields', 0], message: 'a ***' }]);
      return true;
    });
    const placed = new DocumentError('It is wrong.', [{ pointer: [], message: text }]);
    const other = cleanSession({ ...open, read: () => Promise.reject(placed) }, [secret]);
    await assert.rejects(other.read(named, call), (masked: unknown) => {
      assert.ok(masked instanceof DocumentError);
      assert.deepEqual(masked.flaws, [{ pointer: [], message: 'a ***' }]);
      return true;
    });
  });
});
