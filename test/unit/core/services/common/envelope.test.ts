import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  endRows,
  readEnvelope,
  unpagedEnd,
  type Envelope,
} from '../../../../../src/core/services/common/envelope';
import { unexpectedAnswer } from '../../../../../src/core/services/common/answerErrors';
import type { JsonObject } from '../../../../../src/core/http/json';
import { account } from '../../../../support/fakes/store';

const parent = { path: account };

function read(body: JsonObject, link?: string): Envelope {
  return readEnvelope({ headers: link === undefined ? {} : { link } }, body);
}

describe('the error for a response that is not what was requested', () => {
  it('has the status and the ID of the request', () => {
    const of = (more: { readonly requestId?: string }): unknown => {
      const { status, requestId } = unexpectedAnswer({ status: 200, headers: {}, text: '', ...more }, 'Why.');
      return [status, requestId];
    };
    assert.deepEqual(
      [of({ requestId: 'r-1' }), of({})],
      [
        [200, 'r-1'],
        [200, undefined],
      ],
    );
  });
});

describe('the envelope of a list', () => {
  it('names the next page by any known name, at most two objects deep', () => {
    for (const [body, next] of [
      [{ nextCursor: 'c' }, 'c'],
      [{ next_cursor: 'c' }, 'c'],
      [{ meta: { 'next-page-token': 'c' } }, 'c'],
      [{ meta: { paging: { next: 'c' } } }, 'c'],
      [{ meta: { paging: { inner: { next: 'c' } } } }, undefined],
      [{ next: 7 }, '7'],
      [{ next: ' ' }, undefined],
      [{ next: { href: 'https://a.example/list?cursor=c' } }, 'c'],
      [{ next: { cursor: 'c' } }, 'c'],
      [{ next: '/list?page[after]=c' }, 'c'],
      [{ next: '/list?page=2' }, undefined],
      [{ next: 'https://a b' }, undefined],
      [{ next: 'x', nextCursor: 'c' }, 'c'],
      [{ cursor: 'own' }, undefined],
      [{ page: { cursor: 'c' } }, 'c'],
      [{ page: { endCursor: 'e', after: 'a' } }, 'e'],
      [{ page: { cursor: 'c' }, hasMore: false }, undefined],
      [{ next: 'c', hasMore: false }, 'c'],
    ] as const)
      assert.equal(read(body).next, next, JSON.stringify(body));
    assert.equal(read({}, '<https://a.example/l?cursor=c>; rel="next"').next, 'c');
    assert.equal(read({}, '<https://a.example/l?cursor=c>; rel="prev"').next, undefined);
    assert.equal(read({ next: 'b' }, '<https://a.example/l?cursor=c>; rel=next').next, 'b');
  });

  it('says whether the list continues, if it says anything about that', () => {
    for (const [body, goesOn] of [
      [{}, undefined],
      [{ next: 'c' }, true],
      [{ next: 'c', hasMore: false }, true],
      [{ next: null }, false],
      [{ next: '' }, false],
      [{ next: false }, false],
      [{ hasMore: true }, true],
      [{ has_next: 'false' }, false],
      [{ lastPage: true }, false],
      [{ isLast: false }, true],
      [{ hasMore: true, last: true }, true],
      [{ next: null, hasMore: true }, true],
    ] as const)
      assert.equal(read(body).goesOn, goesOn, JSON.stringify(body));
  });

  it('has the number of items in total, and on a page', () => {
    const { total, limit } = read({ meta: { total_count: '12', per_page: 5 } });
    assert.deepEqual([total, limit], [12, 5]);
    assert.deepEqual(
      [read({}).total, read({ total: 'many' }).total, read({}).limit],
      [undefined, undefined, undefined],
    );
  });
});

describe('the end of a list', () => {
  /** Why there may be more, as far as the row says. */
  function why(goesOn?: boolean, total?: number, came = 2, isFull = false): string | undefined {
    const end = { envelope: { goesOn, total }, came, isFull };
    const rows = endRows(parent, 'end', end);
    assert.ok(rows.every(({ resource }) => resource.problem?.retryable === true));
    return rows[0]?.resource.problem?.detail;
  }

  it('is silent only if everything is there', () => {
    const [unknown, full] = [/not where they start/, /a full page/];
    const table: readonly (readonly [Parameters<typeof why>, RegExp | undefined])[] = [
      [[], undefined],
      [[undefined, 2, 2], undefined],
      [[undefined, 1, 2], undefined],
      [[undefined, 3, 2], /announced 3 items but sent 2/],
      [[false, 3, 2], /announced 3 items but sent 2/],
      [[true], unknown],
      [[true, 2, 2], unknown],
      [[undefined, undefined, 2, true], full],
      [[undefined, 2, 2, true], undefined],
      [[false, undefined, 2, true], undefined],
    ];
    for (const [given, said] of table) {
      if (said) assert.match(why(...given) ?? '', said, JSON.stringify(given));
      else assert.equal(why(...given), undefined, JSON.stringify(given));
    }
  });

  it('of a list without pages is reported if its answer says that there is more', () => {
    const end = (text: string): number =>
      unpagedEnd(parent, { text, headers: {} } as unknown as Parameters<typeof unpagedEnd>[1], 2).length;
    assert.deepEqual(
      ['{"total":2}', '{"total":3}', '{"hasMore":true}', '{}', '[]', 'no JSON'].map(end),
      [0, 1, 1, 0, 0, 0],
    );
  });
});
