import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hasShortIds, idForm, isInsertable } from '../../src/editor/idForm';
import { inSlices } from '../../src/services/inSlices';
import { searchIds } from '../../src/editor/searchIds';
import { typedAt } from '../../src/editor/typedAt';
import { accountPath, childPath } from '../../src/services/path';
import type { Identified } from '../../src/store/ids';

function known(id: string, label: string, shortId?: string): Identified {
  const path = childPath(accountPath('a'), 'connection', id);
  return { resource: { path, kind: 'connection', id, label, hasChildren: true }, shortId };
}

const web = known('dg_0f1e-1', 'Web Sales', '0f1e-1');
const sales = known('dg_beef-2', 'Sales (Web)', 'beef-2');
const retail = known('dg_add1-3', 'Wholesales', 'add1-3');
const all = [retail, sales, web];
const ids = (found: readonly Identified[]): readonly string[] => found.map(({ resource }) => resource.id);

/** All of a work that yields, at once. */
function whole<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

const search = (typed: string, limit = 9): readonly string[] => ids(whole(searchIds(all, typed, limit)));

describe('searchIds', () => {
  it('finds by id in both forms, then by name, the beginning before the middle', () => {
    assert.deepEqual(search('dg_0'), ['dg_0f1e-1']);
    assert.deepEqual(search('0F1'), ['dg_0f1e-1']);
    assert.deepEqual(search('sal'), ['dg_beef-2', 'dg_0f1e-1', 'dg_add1-3']);
    assert.deepEqual(search('sal', 1), ['dg_beef-2']);
  });

  it('takes what is typed for text, not for an expression', () => {
    assert.deepEqual(search('(Web)'), ['dg_beef-2']);
    assert.deepEqual(search('[a-z'), []);
    assert.deepEqual(search('.*\\'), []);
  });

  it('wants three letters', () => {
    assert.deepEqual(search('sa'), []);
    assert.deepEqual(search(' sa '), []);
  });
});

describe('a search among many', () => {
  const many = Array.from({ length: 5000 }, (_, number) => known(`dg_${number}`, `Name ${number}`));

  it('can be interrupted, and ends early where nothing can fit better', () => {
    const seen: string[] = [];
    function* watched(): Iterable<Identified> {
      for (const entry of many) {
        seen.push(entry.resource.id);
        yield entry;
      }
    }
    const work = searchIds(watched(), 'Name 4999', 9);
    work.next();
    assert.ok(seen.length > 0 && seen.length < 1000, `${seen.length} at a time`);
    assert.deepEqual(ids(whole(work)), ['dg_4999']);
    seen.length = 0;
    assert.deepEqual(ids(whole(searchIds(watched(), 'dg_1', 2))), ['dg_1', 'dg_10']);
    assert.equal(seen.length, 11);
  });

  it('lets others work meanwhile, and is given up when it is cancelled', async () => {
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

describe('typedAt', () => {
  const typed = (line: string, language = 'typescript', rest = ''): string => {
    const found = whole(typedAt(() => all, line + rest, line.length, language, 9));
    return found ? `${found.word.text}|${found.end - line.length}: ${ids(found.matches).join(' ')}` : '';
  };

  it('takes the whole value, for names have blanks, else its last word', () => {
    assert.equal(typed('x = "Web Sa'), 'Web Sa|0: dg_0f1e-1');
    assert.equal(typed('x = "SELECT * FROM t WHERE c = dg_0'), 'dg_0|0: dg_0f1e-1');
    assert.equal(typed('id: whole', 'yaml'), 'whole|0: dg_add1-3');
  });

  it('knows the rest of the word at hand', () => {
    assert.equal(typed('x = "dg_0', 'json', 'ld-id"'), 'dg_0|5: dg_0f1e-1');
  });

  it('takes outside of values the beginning of ids alone, and no word of a program', () => {
    assert.equal(typed('x = Web'), '');
    assert.equal(typed('x = add'), '');
    assert.equal(typed('x = add1'), 'add1|0: dg_add1-3');
    assert.equal(typed('-- dg_b', 'sql'), 'dg_b|0: dg_beef-2');
  });
});

describe('the form of an id', () => {
  it('is the one that was begun', () => {
    assert.equal(idForm(web, 'dg_', true), 'dg_0f1e-1');
    assert.equal(idForm(web, '0F1', false), '0f1e-1');
  });

  it('is else the one that ids nearby have', () => {
    assert.equal(idForm(web, 'Web', true), '0f1e-1');
    assert.equal(idForm(web, 'Web', false), 'dg_0f1e-1');
    assert.equal(idForm(known('5f24', 'Web'), 'Web', true), '5f24');
    const formOf = (word: string): 'long' | 'short' | undefined =>
      word === 'beef-2' ? 'short' : word === 'dg_beef-2' ? 'long' : undefined;
    assert.equal(hasShortIds(['a: 1', 'b: beef-2', 'c: dg_beef-2'], formOf), true);
    assert.equal(hasShortIds(['c: dg_beef-2', 'b: beef-2'], formOf), false);
    assert.equal(hasShortIds(['nothing'], formOf), false);
  });

  it('is not offered where it could end a string or be run', () => {
    for (const id of ['a"b', "a'b", 'a`b', 'a\\b', 'a\nb', '${a}', 'a\u202Eb', ''])
      assert.ok(!isInsertable(known(id, 'x')), id);
    assert.ok(isInsertable(known('Sales Prod.1/eu', 'x')));
  });
});
