import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Fault } from '../../src/sample/faults';
import { accountPath, type ResourcePath } from '../../src/services/path';
import type { Resource } from '../../src/services/service';
import { Stage, targets } from './stage';

interface Case {
  readonly name: string;
  readonly fault: (secret: string) => Omit<Fault, 'match'>;
  readonly what: RegExp;
  /** Default: true. */
  readonly retry?: boolean;
}

const echo = (status: number) => (secret: string) => ({ status, body: { message: `No: ${secret}` } });

const cases: readonly Case[] = [
  { name: '400', fault: echo(400), what: /not accepted/, retry: false },
  { name: '401 after signing in', fault: echo(401), what: /Signing in failed/ },
  { name: '403', fault: echo(403), what: /lacks a right/ },
  { name: '404', fault: echo(404), what: /not found/ },
  {
    name: '429 without a body',
    fault: () => ({ status: 429, headers: { 'retry-after': '1' }, body: '' }),
    what: /asks for a pause/,
  },
  { name: '500', fault: echo(500), what: /problem of its own/ },
  { name: '503', fault: echo(503), what: /problem of its own/ },
  {
    name: 'a web page with status 200',
    fault: (secret) => ({
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: `<!DOCTYPE html><p>${secret}</p>`,
    }),
    what: /could not be understood/,
  },
  { name: 'JSON that ends too soon', fault: () => ({ malformed: true }), what: /could not be understood/ },
  { name: 'a connection that breaks', fault: () => ({ cutOffAfter: 5 }), what: /could not be reached/ },
  { name: 'an answer that takes too long', fault: () => ({ hang: true }), what: /did not answer in time/ },
];

/** The problem row, which stands before the others, says all that a person needs. @returns the others. */
function told(rows: readonly Resource[], { what, retry }: Case): readonly Resource[] {
  const [row, ...others] = rows;
  const problem = row?.problem ?? assert.fail(`no problem among ${JSON.stringify(rows)}`);
  assert.match(problem.what, what);
  assert.match(problem.why, /\w{3}/);
  assert.doesNotMatch(problem.why, /<\/?\w+>/);
  assert.match(problem.advice ?? '', /\w{3}/);
  assert.equal(problem.retry, retry ?? true);
  assert.ok(!others.some(({ kind }) => kind === 'problem'));
  return others;
}

async function checkList(stage: Stage, path: ResourcePath, each: Case): Promise<void> {
  const { store, hidden, log } = stage;
  const [secret = assert.fail('a secret')] = hidden;
  let heal = stage.spoil(each.fault(secret));
  const first = await store.load(path);
  assert.deepEqual(told(first, each), []);
  heal();
  await store.retry(path);
  const healthy = store.rows(path) ?? [];
  assert.ok(healthy.length > 0 && healthy.every(({ kind, stale }) => kind !== 'problem' && !stale));
  heal = stage.spoil(each.fault(secret));
  const again = await store.load(path, { refresh: true });
  const kept = told(again, each);
  heal();
  assert.deepEqual(
    kept.map(({ id }) => id),
    healthy.map(({ id }) => id),
  );
  assert.ok(kept.every(({ kind, stale }) => stale === true || kind === 'more'));
  const texts = [...log, JSON.stringify([first, again, store.rows(accountPath('a1'))])].join('\n');
  for (const value of hidden) assert.ok(!texts.includes(value), 'no secret is told');
}

for (const target of targets) {
  describe(`a list of ${target.id} that gets`, () => {
    for (const each of cases) {
      it(`${each.name}: says so at its place, keeps its rows and heals`, async () => {
        for (const kinds of target.lists) {
          await using stage = await Stage.start(target);
          const path = (await stage.find(kinds)) ?? assert.fail(kinds.join(' → '));
          await checkList(stage, path, each);
        }
      });
    }
  });
}
