import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import * as v from 'valibot';
import { HttpError } from '../../../src/core/http/errors';
import { readJson } from '../../../src/core/http/json';
import { formatJson } from '../../../src/core/services/common/jsonText';
import { toOverview } from '../../../src/features/details/overview';
import { FromWebview, PageState, ToWebview } from '../../../src/shared/protocol';
import { toStructure } from '../../../src/features/details/structure';
import { cleanSession } from '../../../src/core/services/common/cleanSession';
import { Emitter } from '../../../src/core/base/emitter';
import { parsePath } from '../../../src/core/services/contract/path';
import type { Session } from '../../../src/core/services/contract/service';
import type { Resource } from '../../../src/core/services/contract/resource';
import { Store } from '../../../src/core/store/store';
import { JsonReceiver } from '../../../src/webview/tabs/json/receivedJson';
import { answered } from '../../support/answered';
import { accountNamedAfter, SERVICE_IDS } from '../../support/service';
import { toKey, recordCorpus, type Corpus } from './corpus';
import { mutation, type Mutation } from './mutations';

/** Answers in total; `npm run fuzz` uses more. */
const ANSWERS = Number(process.env.FUZZ_ANSWERS ?? 3_000);
/** Gives the same answers again. */
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** No question of a sample as small as the corpus takes more requests. */
const MAX_REQUESTS = 150;
const STATES = ['ok', 'running', 'queued', 'warning', 'failed', 'inactive', 'unknown'];
/** Rows in between are ours. */
const OUR_KINDS = ['group', 'problem', 'more', 'entity', 'account'];

console.log(`fuzz: ${ANSWERS} answers, seed ${SEED}: npm run fuzz -- --answers ${ANSWERS} --seed ${SEED}`);

/** A session in a store, each of whose answers is one of the corpus, changed. */
async function getStage(
  service: string,
  corpus: Corpus,
  mutations: readonly Mutation[],
): Promise<{ readonly store: Store; readonly session: Session; readonly sent: readonly string[] }> {
  const sent: string[] = [];
  const { session: raw } = await answered(service, (_asked, { method, path }) => {
    assert.ok(sent.length < MAX_REQUESTS, 'it ends');
    const body = corpus.get(toKey(method, path)) ?? '{}';
    const text = mutations[sent.length % mutations.length]?.(body) ?? body;
    sent.push(text);
    return { status: 200, body: text };
  });
  const session = cleanSession(raw, []);
  const account = accountNamedAfter(service, {});
  const store = new Store(
    {
      list: () => [account],
      session: () => Promise.resolve(session),
      onDidChange: new Emitter<readonly string[]>().event,
    },
    () => 100,
  );
  return { store, session, sent };
}

/** A row is fit to be shown, whatever it was made of. */
function checkRow(row: Resource, session: Session, known: ReadonlySet<string>): void {
  assert.ok(parsePath(row.path), row.path);
  assert.equal(typeof row.label, 'string');
  assert.ok(
    OUR_KINDS.includes(row.kind) || row.kind === 'identity' || known.has(row.id),
    `invented: ${row.id}`,
  );
  if (row.status) assert.ok(STATES.includes(row.status.state) && typeof row.status.label === 'string');
  if (row.problem) {
    const { title, detail } = row.problem;
    assert.ok(title !== '' && detail !== '' && !detail.includes('[object'));
  }
  for (const { label, value } of session.properties(row))
    assert.equal(typeof label + typeof value, 'stringstring');
  for (const { title } of session.actions?.(row) ?? []) assert.ok(title !== '');
  for (const ask of [
    () => session.webLink(row),
    () => session.requestTemplate(row),
    () => session.shortId?.(row),
  ]) {
    try {
      ask();
    } catch (error) {
      assert.ok(error instanceof HttpError && error.kind === 'rejected', String(error));
    }
  }
}

/** The webview accepts the messages that the panel would send about a row. */
function checkPanel(row: Resource, session: Session, store: Store): void {
  const lists = { get: store.get.bind(store), rows: store.rows.bind(store), state: store.state.bind(store) };
  for (const message of [
    { type: 'overview', model: toOverview(lists, session, row) },
    { type: 'structure', model: toStructure(lists, session, row) },
  ]) {
    const { issues } = v.safeParse(ToWebview, message);
    assert.equal(issues, undefined, JSON.stringify(issues?.[0]?.message));
  }
}

/** All texts and numbers of some answers, as ids are made of them. */
function wordsIn(sent: readonly string[]): ReadonlySet<string> {
  const words = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string' || typeof value === 'number') words.add(String(value));
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  for (const text of sent) {
    try {
      collect(readJson(text));
    } catch {
      // It becomes no row.
    }
  }
  return words;
}

/** Asks everything that a person would, through the store. */
async function explore(store: Store, session: Session, sent: readonly string[]): Promise<void> {
  const [account = assert.fail()] = store.accounts();
  const level: Resource[] = [account];
  for (const row of level) {
    if (!row.hasChildren || sent.length > 30) continue;
    const rows = await store.load(row.path, { all: true });
    assert.equal(store.state(row.path).reading, false);
    const known = wordsIn(sent);
    for (const each of rows) checkRow(each, session, known);
    if (row.kind !== 'account') checkPanel(row, session, store);
    // Two of each level are as good as all of them.
    level.push(...rows.filter(({ kind }) => kind !== 'problem' && kind !== 'more').slice(0, 2));
  }
  const last = level.at(-1) ?? account;
  await refusing(session.read(last, {}));
  await refusing(session.verify({}));
  await refusing(Promise.resolve(session.runs?.fetchRuns(account, [], {})));
  await refusing(Promise.resolve(session.findById?.(account, last.id, {})));
  const shown = store.rows(account.path) ?? [];
  await store.refresh(account.path);
  const rows = store.rows(account.path) ?? [];
  // A row that is no longer there was not in a readable answer.
  if (rows.some(({ problem }) => problem?.title.includes('invalid response')))
    assert.ok(shown.every((row) => row.kind === 'problem' || rows.some(({ path }) => path === row.path)));
}

/** Work that fails with a failure for people, if it does. */
async function refusing(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    assert.ok(error instanceof HttpError, error instanceof Error ? error.stack : String(error));
    assert.ok(error.message !== '' && error.advice !== '');
  });
}

for (const service of SERVICE_IDS) {
  describe(`answers of ${service}, changed at random`, () => {
    let corpus: Corpus;
    before(async () => {
      corpus = await recordCorpus(service);
    });

    it('become rows that can be shown, or failures for people', async () => {
      let answers = 0;
      for (let round = 0; answers < ANSWERS / SERVICE_IDS.length; round += 1) {
        const property = fc.asyncProperty(
          fc.array(mutation, { minLength: 1, maxLength: 5 }),
          async (mutations) => {
            const { store, session, sent } = await getStage(service, corpus, mutations);
            try {
              await explore(store, session, sent);
            } finally {
              answers += sent.length;
              store.dispose();
              session.dispose();
            }
          },
        );
        await fc.assert(property, { seed: SEED + round, numRuns: 20 });
      }
    });
  });
}

const path = fc.constantFrom('account:a/connection:c', 'account:a', '', '..', 'x'.repeat(10_001));
const anyMember = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  path,
  fc.string({ maxLength: 400 }),
  fc.uint8Array(),
);
const type = fc.constantFrom(
  ...[
    'ready',
    'tab',
    'do',
    'act',
    'open',
    'reveal',
    'load',
    'cancel',
    'copy',
    'copyLine',
    'identify',
    'taken',
    'follow',
  ],
  ...[
    'start',
    'kept',
    'header',
    'overview',
    'timeline',
    'structure',
    'json',
    'part',
    'ids',
    'toString',
    '__proto__',
  ],
);
const message = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.record(
    {
      ...{ type, path: fc.oneof(path, anyMember), target: anyMember, text: anyMember, id: anyMember },
      ...{ verb: fc.oneof(fc.constantFrom('refresh', 'delete'), anyMember), action: anyMember },
      ...{
        tab: fc.oneof(fc.constantFrom('json', 'x'), anyMember),
        ids: fc.array(anyMember, { maxLength: 3 }),
      },
      ...{ json: anyMember, model: anyMember, bytes: anyMember, first: anyMember, last: anyMember },
    },
    { requiredKeys: ['type'] },
  ),
);

describe('random messages between panel and webview', () => {
  it('are accepted if they are as documented, and never anything else of them', () => {
    fc.assert(
      fc.property(message, (given) => {
        for (const schema of [FromWebview, ToWebview, PageState]) {
          const { success, output } = v.safeParse(schema, given);
          if (!success) continue;
          assert.ok(typeof given === 'object' && given !== null);
          // Nothing passes unvalidated.
          assert.ok(v.is(schema, output));
          for (const [key, value] of Object.entries(output))
            assert.deepEqual(value, (given as Record<string, unknown>)[key]);
          if ('path' in output && schema === FromWebview) assert.ok(output.path.length <= 10_000);
        }
      }),
      { seed: SEED, numRuns: ANSWERS },
    );
  });

  it('hold a text that comes in chunks, formatted, whatever the chunks', async () => {
    const chunk = fc.record({ bytes: fc.uint8Array({ min: 0x20, max: 0x7e }), compressed: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { minLength: 1 }), async (chunks) => {
        const receiver = new JsonReceiver();
        const receiving = chunks.map(({ bytes, compressed }, index) =>
          receiver.addChunk({
            ...{ type: 'jsonChunk', bytes: new Uint8Array(compressed ? deflateRawSync(bytes) : bytes) },
            ...{ compressed, first: index === 0, last: index === chunks.length - 1 },
          }),
        );
        const received = (await Promise.all(receiving)).at(-1);
        const text = Buffer.concat(chunks.map(({ bytes }) => bytes)).toString();
        assert.equal(received?.parts?.join(''), formatJson(text));
        assert.equal(received.whole, true);
      }),
      { seed: SEED, numRuns: ANSWERS / 10 },
    );
  });
});
