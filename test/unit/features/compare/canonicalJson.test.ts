import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { canonicalize } from '../../../../src/features/compare/jsonTexts';
import { JsonSyntaxError } from '../../../../src/core/base/losslessJson';

const how = { idKeys: ['id', 'key'], volatileKeys: ['modified'], keepServerMade: false, secrets: [] };
const lines = (...texts: readonly string[]): string => `${texts.join('\n')}\n`;

/** The same value with members and, where their items have ids, lists in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value.map(shuffled);
    return items.every((item) => typeof item === 'object' && item !== null && 'id' in item)
      ? items.toReversed()
      : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, shuffled(member)] as const);
  return Object.fromEntries(entries.toReversed());
}

describe('canonical JSON', () => {
  it('sorts members at every level', async () => {
    assert.equal(
      await canonicalize('{"b":{"d":1,"c":2},"a":[]}', how),
      lines('{', '  "a": [],', '  "b": {', '    "c": 2,', '    "d": 1', '  }', '}'),
    );
  });

  it('keeps numbers verbatim', async () => {
    for (const number of ['9007199254740993', '1.0', '1e3', '-0', '0.1000000000000000055', '1E+400']) {
      assert.equal(await canonicalize(number, how), lines(number));
    }
  });

  it('spells strings in one way', async () => {
    assert.equal(await canonicalize(String.raw`"\u00e9\/\u0041"`, how), lines('"é/A"'));
    assert.equal(await canonicalize(String.raw`"\ud800"`, how), lines(String.raw`"\ud800"`));
    assert.equal(await canonicalize(String.raw`"a\\\"b\\"`, how), lines(String.raw`"a\\\"b\\"`));
  });

  it('sorts lists of objects by the member that names all of them, and no others', async () => {
    const ids = async (text: string): Promise<unknown> =>
      JSON.parse(await canonicalize(text, how)) as unknown;
    assert.deepEqual(await ids('[{"id":"b"},{"id":"a"}]'), [{ id: 'a' }, { id: 'b' }]);
    assert.deepEqual(await ids('[{"key":2,"id":null},{"key":1}]'), [{ key: 1 }, { id: null, key: 2 }]);
    assert.deepEqual(await ids('[{"id":"b"},{"name":"a"}]'), [{ id: 'b' }, { name: 'a' }]);
    assert.deepEqual(await ids('["b","a",2,1]'), ['b', 'a', 2, 1]);
  });

  it('omits what the service sets, unless it is wanted', async () => {
    assert.equal(
      await canonicalize('{"modified":1,"x":[{"modified":2}]}', how),
      lines('{', '  "x": [', '    {}', '  ]', '}'),
    );
    assert.match(await canonicalize('{"modified":1}', { ...how, keepServerMade: true }), /"modified": 1/);
  });

  it('keeps members with the same key in order, and keys with a meaning in JavaScript', async () => {
    assert.equal(
      await canonicalize('{"b":1,"__proto__":0,"b":0}', how),
      lines('{', '  "__proto__": 0,', '  "b": 1,', '  "b": 0', '}'),
    );
  });

  it('masks known secrets, and values with secret names', async () => {
    const json =
      '{"clientSecret":"canary","dbPassword":{"b":["canary"]},"token":3,"id":"x","note":"a KNOWN"}';
    const text = await canonicalize(json, { ...how, secrets: ['known'] });
    assert.ok(!text.includes('canary'));
    assert.deepEqual(JSON.parse(text), {
      clientSecret: '***',
      dbPassword: { b: ['***'] },
      token: '***',
      id: 'x',
      note: 'a ***',
    });
  });

  it('reports the line of a syntax error', async () => {
    const flaw = async (text: string): Promise<number | undefined> => {
      const error: unknown = await canonicalize(text, how).catch((thrown: unknown) => thrown);
      assert.ok(error instanceof JsonSyntaxError, text.slice(0, 20));
      return error.line;
    };
    assert.equal(await flaw('{\n  "a": 1,\n}'), 3);
    assert.equal(await flaw(''), 1);
    assert.equal(await flaw('{} // remark'), 1);
    assert.equal(await flaw('\n[01]'), 2);
    assert.ok(await canonicalize('['.repeat(1001) + ']'.repeat(1001), how));
    assert.equal(await flaw('['.repeat(1002) + ']'.repeat(1002)), undefined);
    assert.equal(await flaw('['.repeat(1_000_000)), undefined);
  });

  it('JSON of 200 levels has a canonical form', async () => {
    const text = '{"a":'.repeat(200) + '1' + '}'.repeat(200);
    assert.deepEqual(JSON.parse(await canonicalize(text, how)), JSON.parse(text));
  });

  it('changes only the order, and is equal for equal values', async () => {
    const options = { ...how, volatileKeys: [] };
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ noUnicodeString: false }), async (value) => {
        const named = {
          list: [
            { id: 'b', value },
            { id: 'a', value },
          ],
          value,
        };
        const normal = await canonicalize(JSON.stringify(named), options);
        assert.deepEqual(
          JSON.parse(normal),
          JSON.parse(JSON.stringify({ ...named, list: named.list.toReversed() })),
        );
        assert.equal(await canonicalize(JSON.stringify(shuffled(named), null, 3), options), normal);
        assert.equal(await canonicalize(normal, options), normal);
      }),
      { numRuns: 100 },
    );
  });
});
