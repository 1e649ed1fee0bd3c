import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { HttpError } from '../../../../../src/core/http/errors';
import type { HttpResponse } from '../../../../../src/core/http/types';
import { readTextOfOne } from '../../../../../src/core/services/common/readOne';

const identity = { schema: v.object({ id: v.string() }), idKey: 'id' } as const;

function answer(text: string): HttpResponse {
  return { status: 200, headers: {}, text, quote: (quoted) => quoted };
}

/** Why the text of the resource `a` is not read; undefined if it is. */
async function refusal(text: string): Promise<string | undefined> {
  try {
    assert.equal(await readTextOfOne(answer(text), identity, 'a'), text);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof HttpError);
    return `${error.kind}: ${error.message}`;
  }
}

describe('the text of one resource', () => {
  it('is that of the service, whatever is in its lists', async () => {
    for (const text of [
      '{"id":"a"}',
      ' { "rows" : [ {"id":"b"} , 1 ] , "id":"a", "more":[[]] } ',
      '{"rows":[{"broken":tru}],"id":"a"}',
    ])
      assert.equal(await refusal(text), undefined, text);
  });

  it('is refused if it is not of that resource, or cut off', async () => {
    assert.match((await refusal('{"rows":[{"id":"a"}],"id":"b"}')) ?? '', /^protocol: .*"a"/);
    assert.match((await refusal('{"rows":[{"id":"a"}]}')) ?? '', /^protocol: .*"id"/);
    assert.match((await refusal('[{"id":"a"}]')) ?? '', /^protocol: .*"id"/);
    for (const text of ['{"id":"a","rows":[{"id":"b"},', '{"id":"a","rows":[{"id":"b"}]', '{"id":"a","x":}'])
      assert.match((await refusal(text)) ?? '', /^protocol: .*cut off/, text);
  });

  it('is refused with the words of the service, also if these are in a list', async () => {
    const text = '{"errors":[{"message":"Down for maintenance."}]}';
    assert.match((await refusal(text)) ?? '', /Down for maintenance\./);
  });

  it('leaves time for other work while it is read, if it is long', async () => {
    const row = JSON.stringify({ id: 'b', name: 'n'.repeat(80) });
    const text = `{"id":"a","rows":[${`${row},`.repeat(40_000)}${row}]}`;
    let turns = 0;
    let isReading = true;
    const count = (): void => {
      turns += 1;
      if (isReading) setImmediate(count);
    };
    setImmediate(count);
    assert.equal(await refusal(text), undefined);
    isReading = false;
    assert.ok(turns > 1, `${turns} turns`);
  });
});
