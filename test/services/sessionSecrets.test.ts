import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../src/core/http/errors';
import { cleanSession } from '../../src/core/services/common/cleanSession';
import { DocumentError } from '../../src/core/services/common/documentError';
import type { Session } from '../../src/core/services/contract/service';
import type { Page } from '../../src/core/services/contract/page';
import type { Resource } from '../../src/core/services/contract/resource';
import { account, resource } from '../store/fakes';

const secret = 'known-secret';
const text = `a KNOWN%2Dsecret`;
const call = {};
const error = new HttpError('server', text, { code: text, requestId: text, advice: text, status: 500 });

const named: Resource = {
  ...resource(account, 'connection', secret, text),
  description: text,
  status: { state: 'ok', word: text },
  json: { key: secret },
  problem: { what: text, why: text, advice: text, retry: true },
};
const page: Page = {
  items: [
    { resource: named, children: { items: [{ resource: named }], next: [], order: 'label', follow: true } },
  ],
  parent: named,
  next: [],
  order: 'label',
  follow: true,
};

/** A session of which each member tells the secret wherever it can. */
const open: Required<Session> = {
  hasBackfills: true,
  verify: () => Promise.resolve({ name: text, warning: { what: text, why: text, retry: false } }),
  choices: () => Promise.resolve([{ value: secret, label: text, description: text }]),
  children: () => Promise.resolve(page),
  read: () => Promise.resolve(secret),
  findByDataset: () => Promise.resolve([named]),
  locate: () => Promise.resolve([named]),
  terms: () => Promise.resolve([{ id: secret, label: text, description: text }]),
  facts: () => [{ label: text, value: text, date: secret, status: { state: 'ok', word: text }, copy: true }],
  webLink: () => `https://x/${secret}`,
  recipe: () => ({ method: 'GET', url: `https://x/${secret}`, headers: { a: text, b: '$ACCESS_TOKEN' } }),
  shortId: () => secret,
  actions: {
    ids: [],
    of: () => [],
    draft: () => Promise.resolve({ text: secret, schema: {} }),
    preview: () => Promise.resolve({ before: secret, after: secret }),
    consent: () => Promise.resolve(undefined),
    perform: () =>
      Promise.resolve({
        message: text,
        changed: [account],
        run: {
          title: text,
          poll: () => Promise.resolve({ status: { state: 'ok', word: text }, over: true }),
        },
      }),
  },
  portrait: {
    tables: () => [
      {
        ...{ id: 't', title: 'T', source: account, includes: () => true },
        columns: [{ id: 'c', label: 'C', kind: 'text', value: () => text }],
      },
    ],
    timeline: () => undefined,
    structureSources: () => [],
    structure: () => ({
      nodes: [{ id: secret, label: text, kind: 'key', status: { state: 'ok', word: text } }],
      edges: [{ from: secret, to: secret, label: text }],
    }),
  },
  runs: {
    current: () => Promise.resolve({ entries: [{ run: named, of: [text] }], seen: [named] }),
    parts: (paths) => [paths],
    isLive: () => true,
    times: () => ({ created: '2026-01-01' }),
    isListed: () => true,
  },
  dispose: () => undefined,
};

/** What is shown of a value: all of it but what identifies resources, and their JSON. */
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
  it('masks known secrets in all that it tells', async () => {
    assertMasked(await session.verify(call));
    assertMasked(await session.choices?.('x', call));
    assertMasked(await session.children(named, { size: 1, fresh: false, levels: 1 }, call));
    assertMasked(await session.findByDataset?.(named, 'x', call));
    assertMasked(await session.locate?.(named, 'x', call));
    assertMasked(await session.terms?.('x', call));
    assertMasked(await session.runs?.current(named, [], call));
    assertMasked(session.portrait?.structure(named, () => []));
    const outcome = await session.actions?.perform(named, 'x', { kind: 'none' }, call);
    assertMasked(outcome);
    assertMasked(await outcome?.run?.poll(call));
    const [fact] = session.facts(named);
    assert.deepEqual([fact?.label, fact?.value, fact?.status?.word], ['a ***', 'a ***', 'a ***']);
    assert.equal(session.portrait?.tables(named)[0]?.columns[0]?.value(named), 'a ***');
    assert.deepEqual(session.recipe(named), {
      method: 'GET',
      url: 'https://x/***',
      headers: { a: 'a ***', b: '$ACCESS_TOKEN' },
    });
  });

  it('leaves what identifies a resource, and what is worked with', async () => {
    const { items } = await session.children(named, { size: 1, fresh: false, levels: 1 }, call);
    const { path, id, json } = items[0]?.resource ?? named;
    assert.deepEqual([path, id, json], [named.path, named.id, named.json]);
    assert.equal(await session.read(named, call), secret);
    assert.equal((await session.actions?.draft(named, 'x', call))?.text, secret);
    assert.equal(session.shortId?.(named), secret);
  });

  it('masks known secrets in failures, and leaves other failures as they are', async () => {
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

  it('leaves the places in a refused document, and masks what is said of them', async () => {
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
