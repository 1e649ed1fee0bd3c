import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { Turns } from '../../../../src/core/base/turns';
import { type JsonObject, readJson } from '../../../../src/core/http/json';
import {
  COMPRESSION_DELAY_MS,
  decodedJson,
  isSameJson,
  type JsonPart,
  JsonParts,
  jsonText,
  mergedJson,
  toPart,
  SharedText,
} from '../../../../src/core/http/jsonPart';
import { FakeClock } from '../../../support/fakeClock';
import { heapMeter } from '../../../support/heapMeter';

/** Whole as it is, and in one piece of a longer text. */
function createPart(text: string): JsonPart {
  const parts = new JsonParts(`[${text}]`);
  return parts.part(1, text.length + 1, JSON.parse(text) as JsonObject);
}

describe('a text that its parts share', () => {
  it('reads the same once it is compressed', async () => {
    const long = fc.array(fc.constantFrom('a', 'é', '文', '😀', '"', '\u0000'), {
      minLength: 50,
      maxLength: 90,
    });
    await fc.assert(
      fc.asyncProperty(long, fc.nat(), fc.nat(), async (characters, one, other) => {
        const text = characters.join('').repeat(2000);
        const shared = new SharedText(text);
        const [start = 0, end = 0] = [one % text.length, other % text.length].sort((a, b) => a - b);
        const before = shared.slice(start, end);
        await shared.compress();
        assert.equal(shared.slice(start, end), before);
        assert.equal(shared.slice(0, text.length), text);
      }),
      { numRuns: 30 },
    );
  });

  it('reads the same while it is compressed, and takes no heap meanwhile', async () => {
    const heapUsed = heapMeter();
    const before = heapUsed();
    const shared = new SharedText('文'.repeat(3_000_000));
    const work = { isDone: false };
    const compressed = shared.compress().then(() => {
      work.isDone = true;
    });
    for (let turn = 0; turn < 20; turn++) {
      await setImmediate();
      assert.equal(shared.slice(99_998 * turn, 99_998 * turn + 2), '文文');
    }
    assert.ok(!work.isDone && heapUsed() - before < 2_000_000, `${heapUsed() - before} bytes`);
    await compressed;
  });

  it('is compressed when the work of the moment is over, if it is long', async () => {
    const clock = new FakeClock();
    new SharedText('{"id":"1"}', clock).compressLater();
    assert.equal(clock.timers, 0);
    const long = new SharedText('{"id":"1"}'.repeat(10_000), clock);
    const compress = mock.method(long, 'compress');
    long.compressLater();
    await clock.advance(COMPRESSION_DELAY_MS - 1, () => Promise.resolve());
    assert.equal(compress.mock.callCount(), 0);
    await clock.advance(1, () => Promise.resolve());
    assert.equal(compress.mock.callCount(), 1);
    new SharedText('{"id":"1"}'.repeat(30_000), clock).compressLater();
    assert.equal(clock.timers, 0, 'a very long one does not wait');
  });

  it('takes a turn for each part that is compressed, shared with other work', async () => {
    const turns = new Turns();
    const next = mock.method(turns, 'next');
    await new SharedText('x'.repeat(1_000_000)).compress(turns);
    assert.ok(next.mock.callCount() >= 1_000_000 / 65_536, `${next.mock.callCount()} turns`);
  });

  it('takes a fraction of the memory once it is compressed', async () => {
    const heapUsed = heapMeter();
    const used = (): number => heapUsed() + process.memoryUsage().arrayBuffers;
    const before = used();
    const items = (): readonly unknown[] =>
      Array.from({ length: 50_000 }, (_, id) => ({ dataSetId: `5f2${id}`, name: 'Visits', type: 'event' }));
    const shared = new SharedText(JSON.stringify(items()));
    await shared.compress();
    assert.ok(used() - before < 1_000_000, `${used() - before} bytes`);
    assert.equal(shared.slice(1, 52), JSON.stringify(items()[0]));
  });
});

describe('JSON as its text', () => {
  it('decodes to the same members in the same order, with all digits', () => {
    const text = '{"b":12345678901234567890,"a":{"c":[1,null,"x"]},"1":"9007199254740993"}';
    assert.equal(
      JSON.stringify(decodedJson(createPart(text))),
      '{"1":"9007199254740993","b":"12345678901234567890","a":{"c":[1,null,"x"]}}',
    );
    assert.equal(jsonText(createPart(text)), text);
  });

  it('is the same if its members are, wherever the text is', () => {
    assert.ok(isSameJson(createPart('{"a":1,"b":2}'), createPart('{"a":1,"b":2}')));
    assert.ok(isSameJson(createPart('{ "a": 1 }'), { a: 1 }));
    assert.ok(!isSameJson(createPart('{"a":1,"b":2}'), createPart('{"a":1,"b":3}')));
    assert.ok(!isSameJson(createPart('{"a":1,"b":2}'), { b: 2, a: 1 }));
    assert.ok(!isSameJson(createPart('{}'), undefined));
    assert.ok(isSameJson(undefined, undefined));
  });

  it('shares the names of its members with those before', () => {
    const parts = new JsonParts('');
    const [first, other, again] = [
      { a: 1, b: 2 },
      { b: 1, a: 2 },
      { a: 3, b: 4 },
    ].map((object) => parts.part(0, 0, object));
    assert.equal(first?.keys, again?.keys);
    assert.deepEqual(other?.keys, ['b', 'a']);
  });

  it('is replaced by a later one that has all members, and else completed by it', () => {
    const [listed, detailed] = [createPart('{"a":1,"b":2}'), createPart('{"a":0,"c":{"d":3}}')];
    assert.equal(mergedJson(createPart('{"b":1}'), listed), listed);
    assert.equal(mergedJson(listed, undefined), listed);
    const merged = mergedJson(detailed, listed);
    assert.equal(JSON.stringify(decodedJson(merged)), '{"a":1,"c":{"d":3},"b":2}');
    assert.deepEqual(mergedJson({ a: 0, c: 1 }, { a: 2 }), { a: 2, c: 1 });
  });

  it('is written as it is read', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const value = readJson(JSON.stringify(object)) as JsonObject;
        assert.equal(JSON.stringify(decodedJson(toPart(value))), JSON.stringify(value));
      }),
    );
  });
});
