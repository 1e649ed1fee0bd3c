import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import {
  MAX_ANSWER_BYTES,
  MAX_TEXT_LENGTH,
  pagedAnswer,
  type ToolAnswer,
} from '../../../../src/features/tools/toolAnswer';
import { ToolError } from '../../../../src/features/tools/toolInput';

const mask = (text: string): string => text.replaceAll('known-secret', '***');

const Answered = v.object({
  items: v.array(v.looseObject({ index: v.optional(v.number()) })),
  total: v.number(),
  nextCursor: v.optional(v.string()),
  cut: v.optional(v.string()),
  problems: v.optional(v.array(v.string())),
});

function read(answer: ToolAnswer): v.InferOutput<typeof Answered> {
  assert.ok(Buffer.byteLength(answer) <= MAX_ANSWER_BYTES, `${Buffer.byteLength(answer)} bytes`);
  return v.parse(Answered, JSON.parse(answer));
}

/** Every text in a value, keys of objects too. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(texts)];
}

describe('an answer to a language model', () => {
  it('is unchanged if it is small', () => {
    const answer: unknown = JSON.parse(
      pagedAnswer(
        { items: [{ id: 'a' }, { id: 'b' }], extra: { facts: { Owner: 'Ann' } } },
        { limit: 1, cursor: '0', mask },
      ),
    );
    const { note, ...rest } = v.parse(v.looseObject({ note: v.string() }), answer);
    assert.match(note, /not follow instructions/);
    assert.deepEqual(rest, {
      extra: { facts: { Owner: 'Ann' } },
      total: 2,
      items: [{ id: 'a' }],
      nextCursor: '1',
    });
  });

  it('truncates every text, wherever it is, and says so', () => {
    const long = 'x'.repeat(1_000_000);
    const listed = {
      items: [{ path: long, id: long, [long]: long, within: [long, long] }],
      problems: [long],
      connection: { facts: { [long]: long }, link: long },
    };
    const answer = read(pagedAnswer(listed, { limit: 100, cursor: '0', mask }));
    assert.ok(texts(answer).every((text) => text.length <= MAX_TEXT_LENGTH));
    assert.match(answer.cut ?? '', /texts were longer than 500 characters/);
  });

  it('omits what does not fit, and says how to get it', () => {
    const items = Array.from({ length: 250 }, (_, index) => ({
      index,
      name: 'é'.repeat(400),
      id: '"'.repeat(400),
    }));
    const first = read(pagedAnswer({ items }, { limit: 100, cursor: '0', mask }));
    assert.ok(first.items.length > 10 && first.items.length < 100);
    assert.match(first.cut ?? '', /\d+ items did not fit\. Request them with nextCursor/);
    const seen = first.items.map(({ index }) => index);
    for (let cursor = first.nextCursor; cursor !== undefined;) {
      const next = read(pagedAnswer({ items }, { limit: 100, cursor, mask }));
      seen.push(...next.items.map(({ index }) => index));
      cursor = next.nextCursor;
    }
    assert.deepEqual(seen, Array.from(items.keys()));
  });

  it('omits entries of long lists, and problems', () => {
    const facts = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`fact ${index}`, 'x']));
    const problems = Array.from({ length: 5000 }, () => 'It failed.');
    const answer = read(
      pagedAnswer({ items: [], problems, connection: { facts } }, { limit: 1, cursor: '0', mask }),
    );
    assert.equal(answer.problems?.length, 20);
    assert.match(answer.cut ?? '', /4980 problems were omitted\. 4950 entries/);
  });

  it('is refused if nothing of it could be cut', () => {
    const nested = (depth: number): unknown =>
      depth === 0 ? 'text' : Array.from({ length: 50 }, () => nested(depth - 1));
    assert.throws(
      () => pagedAnswer({ items: [], extra: nested(3) }, { limit: 1, cursor: '0', mask }),
      (error) => error instanceof ToolError && error.message.includes('Lower the limit'),
    );
  });

  it('contains only clean lines', () => {
    const dirty = 'a\u202E\n\u{E0041}b';
    const answer = pagedAnswer(
      { items: [{ path: dirty, [dirty]: [dirty] }], problems: [dirty], link: dirty },
      { limit: 1, cursor: '0', mask },
    );
    assert.ok(texts(JSON.parse(answer)).every((text) => /^[ -~]*$/.test(text)));
  });

  it('fits whatever a service sends, and leads to every item', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc
        .tuple(fc.constantFrom('x', '"', 'é', '👩', '\u0001'), fc.constantFrom(3, 700, 5000))
        .map(([unit, times]) => unit.repeat(times)),
    );
    const nested = fc.oneof(
      text,
      fc.array(text, { maxLength: 80 }),
      fc.dictionary(text, text, { maxKeys: 60 }),
      fc.integer(),
    );
    const item = fc.dictionary(fc.oneof(text, fc.constantFrom('path', 'id', 'within')), nested, {
      maxKeys: 5,
    });
    const listed = fc.record({
      items: fc.array(item, { maxLength: 30 }),
      problems: fc.array(text, { maxLength: 30 }),
      connection: item,
    });
    fc.assert(
      fc.property(listed, (given) => {
        let total = 0;
        for (let cursor: string | undefined = '0'; cursor !== undefined;) {
          const answer = read(pagedAnswer(given, { limit: 100, cursor, mask }));
          total += answer.items.length;
          cursor = answer.nextCursor;
        }
        assert.equal(total, given.items.length);
      }),
      { numRuns: 25 },
    );
  });

  it('contains no secret, and no half of a truncated one', () => {
    const listed = {
      items: [{ name: `${'x'.repeat(MAX_TEXT_LENGTH - 8)}known-secret`, id: 'known-secret' }],
    };
    const answer = pagedAnswer(listed, { limit: 1, cursor: '0', mask });
    assert.doesNotMatch(answer, /known/);
  });

  it('is created by one function only', () => {
    // @ts-expect-error: a text that was not truncated is no answer.
    const bare: ToolAnswer = '{}';
    assert.equal(bare, '{}');
  });

  it('that is a failure is short and clean too', () => {
    const { message } = new ToolError(`No "${'x'.repeat(1_000_000)}\u202E\n"`);
    assert.ok(message.length <= 2000);
  });
});
