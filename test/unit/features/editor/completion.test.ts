import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  hasShortIds,
  formatId,
  isInsertable,
  filterTextFor,
  PLACES,
  placeOfTyped,
} from '../../../../src/features/editor/completionItems';
import { sortedByName } from '../../../../src/features/editor/idsByName';
import { inSlices } from '../../../../src/core/base/turns';
import { completionContext, type CompletionReason } from '../../../../src/features/editor/completionContext';
import {
  type Match,
  searchIds,
  type SearchedIds,
  type SearchMode,
} from '../../../../src/features/editor/searchIds';
import { accountPath, childPath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { Identified } from '../../../../src/core/store/idIndex';

function known(id: string, label: string, shortId?: string): Identified & Pick<Match, 'shortId'> {
  const path = childPath(accountPath('a'), 'connection', id);
  return { resource: { path, kind: 'connection', id, label, hasChildren: true }, shortId };
}

function connection(short: string, label: string): ReturnType<typeof known> {
  return known(`dg_${short}`, label, short);
}

const web = connection('0f1e0000-0000-4000-8000-000000000001', 'Web Sales');
const sales = connection('beef0000-0000-4000-8000-000000000002', 'Sales (Web)');
const retail = connection('add10000-0000-4000-8000-000000000003', 'Wholesales');
const chosen = known('sales_db1', 'sales_db1');
const all = [retail, sales, web, chosen];
/** Of a data view. */
const visits = known('metrics/visits', 'Sessions');
const city = known('variables/placeContext.geo.city', 'City');
const labels = (found: readonly Identified[]): readonly string[] =>
  found.map(({ resource }) => resource.label);

/** All of a work that yields, at once. */
function whole<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

const searched = (ids: Iterable<Identified>): SearchedIds => ({
  all: () => sortedByName(ids),
  shortId: ({ id }) => (id.startsWith('dg_') ? id.slice(3) : undefined),
});

const search = (typed: string, mode: SearchMode = 'any', limit = 9): readonly string[] =>
  labels(whole(searchIds(searched(all), typed, mode, limit)));

describe('searchIds', () => {
  it('finds by any part of the name, its beginning first, on request', () => {
    assert.deepEqual(search('sal'), ['Sales (Web)', 'sales_db1', 'Web Sales', 'Wholesales']);
    assert.deepEqual(search('sal', 'any', 1), ['Sales (Web)']);
    assert.deepEqual(search('DB1'), ['sales_db1']);
  });

  it('finds by the beginning of a generated ID in both forms', () => {
    for (const typed of ['dg_0', '0F1e', 'dg_']) assert.ok(search(typed, 'id').includes('Web Sales'), typed);
    // Three digits begin an id of some thousand anyway, and numbers are numbers.
    for (const typed of ['0f1', '1234', '1e10', 'add', 'sales_d'])
      assert.deepEqual(search(typed, 'id'), [], typed);
  });

  it('asks for the short form of those IDs only that have what is typed in them', () => {
    const asked: string[] = [];
    const ids = searched(all);
    const shortId = (resource: Resource): string | undefined => {
      asked.push(resource.label);
      return ids.shortId(resource);
    };
    assert.deepEqual(labels(whole(searchIds({ ...ids, shortId }, 'beef0', 'any', 9))), ['Sales (Web)']);
    assert.ok(asked.includes('Sales (Web)') && new Set(asked).size === 1, asked.join());
  });

  it('finds by a name that is started and does not end with a word', () => {
    assert.deepEqual(search('Whole', 'name'), ['Wholesales']);
    assert.deepEqual(search('web sa', 'name'), ['Web Sales']);
    for (const typed of ['Web', 'Sal', 'Wholesales', 'Web Sales', 'Sales (', 'Sales (Web', 'holesales'])
      assert.deepEqual(search(typed, 'name'), [], typed);
  });

  it('treats IDs that people choose like names', () => {
    assert.deepEqual(search('sales_d', 'name'), ['sales_db1']);
    assert.deepEqual(search('sales_db1', 'name'), []);
  });

  it('treats typed text as text, not as an expression', () => {
    assert.deepEqual(search('(Web)'), ['Sales (Web)']);
    for (const typed of ['[a-z', String.raw`.*\a`, 'a-b/c', String.raw`\u{1}`, '$&$1', '^(?<a>b)']) {
      assert.deepEqual(search(typed), []);
      assert.deepEqual(search(typed, 'name'), []);
    }
  });

  it('requires three letters of a name on request', () => {
    assert.deepEqual(search('sa'), []);
    assert.deepEqual(search(' sa '), []);
  });
});

describe('a search among many', () => {
  const many = Array.from({ length: 5000 }, (_, number) =>
    connection(`${String(number).padStart(8, '1')}-0000-4000-8000-000000000000`, `Name ${number}`),
  );

  it('can be interrupted, and sorts equally good matches by name, whatever their IDs are', () => {
    const seen: string[] = [];
    function* watched(): Iterable<Identified> {
      for (const entry of many) {
        seen.push(entry.resource.id);
        yield entry;
      }
    }
    const work = searchIds(searched(watched()), 'Name 4999', 'any', 9);
    work.next();
    assert.ok(seen.length > 0 && seen.length < 1000, `${seen.length} at a time`);
    assert.deepEqual(labels(whole(work)), ['Name 4999']);
    const mixed = [many[20], many[3], many[100], many[4], many[19]].flatMap((entry) => entry ?? []);
    const first = labels(whole(searchIds(searched(mixed), 'dg_1', 'id', 3)));
    assert.deepEqual(first, ['Name 3', 'Name 4', 'Name 19']);
  });

  it('yields, and ends when it is canceled', async () => {
    let others = 0;
    function* endless(): Generator<void, string> {
      for (;;) yield;
    }
    const timer = setInterval(() => {
      others += 1;
    }, 1);
    assert.equal(await inSlices(endless(), () => others > 2), undefined);
    clearInterval(timer);
  });
});

describe('completionContext', () => {
  const found = (
    line: string,
    {
      language = 'typescript',
      rest = '',
      reason = 'pause',
    }: { language?: string; rest?: string; reason?: CompletionReason } = {},
  ): string => {
    const text = { languageId: language, lineAt: () => line + rest };
    const place = { text, line: 0, column: line.length, reason };
    const context = whole(completionContext(searched([...all, visits, city]), place, 9));
    if (!context) return '';
    return `${context.word.text}|${context.end - line.length}: ${labels(context.matches).join(', ')}`;
  };

  it('takes the whole value as a name, because names contain spaces', () => {
    assert.equal(found('x = "Web Sa'), 'Web Sa|0: Web Sales');
    assert.equal(found('id: whole', { language: 'yaml' }), 'whole|0: Wholesales');
    assert.equal(found('x = "the whole'), '');
  });

  it('takes the last word as the beginning of an ID, anywhere', () => {
    assert.equal(found('x = "SELECT * FROM t WHERE c = dg_0'), 'dg_0|0: Web Sales');
    assert.equal(found('x = add1'), 'add1|0: Wholesales');
    assert.equal(found('-- dg_b', { language: 'sql' }), 'dg_b|0: Sales (Web)');
  });

  it('takes a whole value as the beginning of an ID that says what it is of, while the user types', () => {
    for (const reason of ['typing', 'pause', 'request'] as const) {
      assert.equal(found('x = "metrics/v', { reason }), 'metrics/v|0: Sessions');
      assert.equal(
        found('dimension: variables/placeC', { language: 'yaml', reason }),
        'variables/placeC|0: City',
      );
    }
    for (const line of [
      '// "metrics/v',
      'x = metrics/v',
      "import './metrics/v",
      'x = "metrics/',
      'x = "a/metrics/v',
    ])
      assert.equal(found(line, { reason: 'typing' }), '', line);
  });

  it('knows the rest of the word at the cursor', () => {
    assert.equal(found('x = "variables/place', { rest: 'Context.geo"' }), 'variables/place|11: City');
    assert.equal(found('x = "dg_0', { language: 'json', rest: 'ld-id"' }), 'dg_0|5: Web Sales');
  });

  it('takes no identifier of a program as a name', () => {
    for (const line of ['x = Whole', 'x = add', 'whole']) assert.equal(found(line), '', line);
  });

  it('finds no names while the user types', () => {
    assert.equal(found('x = "Web Sa', { reason: 'typing' }), '');
    assert.equal(found('x = "dg_0', { reason: 'typing' }), 'dg_0|0: Web Sales');
  });

  it('finds everything on request, in the value or its last word', () => {
    assert.equal(found('x = "Wholesales', { reason: 'request' }), 'Wholesales|0: Wholesales');
    assert.equal(found('x = "the whole', { reason: 'request' }), 'whole|0: Wholesales');
    assert.equal(found('wholes', { reason: 'request', language: 'plaintext' }), 'wholes|0: Wholesales');
  });
});

describe('the order of suggestions', () => {
  it('is behind what the language offers, with the typed text before what does not start with it', () => {
    const texts = PLACES.map((place) => filterTextFor('Chec', place));
    assert.deepEqual(texts, [
      'C\u0001h\u0001e\u0001c',
      ' C\u0001h\u0001e\u0001c',
      '  C\u0001h\u0001e\u0001c',
      '   C\u0001h\u0001e\u0001c',
    ]);
    assert.ok(PLACES.indexOf(placeOfTyped('Checkout')) < PLACES.indexOf('name'));
    assert.ok(PLACES.indexOf(placeOfTyped('dg_0')) < PLACES.indexOf('id'));
    assert.ok(PLACES.indexOf(placeOfTyped('dg_0f1')) > PLACES.indexOf('id'));
  });

  it('fits in what VS Code compares', () => {
    const long = 'Contact Centre – Insurance North America, all of the customers';
    assert.ok(filterTextFor(long, 'name').length <= 128);
    assert.equal(filterTextFor(long, 'name').replaceAll('\u0001', '').trim(), long);
  });
});

describe('the form of an ID', () => {
  it('is the one that was started', () => {
    assert.equal(formatId(web, 'dg_', true), web.resource.id);
    assert.equal(formatId(web, '0F1', false), web.shortId);
  });

  it('is otherwise the one of IDs nearby', () => {
    assert.equal(formatId(web, 'Web', true), web.shortId);
    assert.equal(formatId(web, 'Web', false), web.resource.id);
    assert.equal(formatId(known('5f24', 'Web'), 'Web', true), '5f24');
    const getForm = (word: string): 'long' | 'short' | undefined =>
      word === 'beef-2' ? 'short' : word === 'dg_beef-2' ? 'long' : undefined;
    assert.equal(hasShortIds(['a: 1', 'b: beef-2', 'c: dg_beef-2'], getForm), true);
    assert.equal(hasShortIds(['c: dg_beef-2', 'b: beef-2'], getForm), false);
    assert.equal(hasShortIds(['nothing'], getForm), false);
  });

  it('is not offered if it could end a string or be executed', () => {
    for (const id of ['a"b', "a'b", 'a`b', 'a\\b', 'a\nb', '${a}', 'a\u202Eb', ''])
      assert.ok(!isInsertable(known(id, 'x')), id);
    assert.ok(isInsertable(known('Sales Prod.1/eu', 'x')));
  });
});
