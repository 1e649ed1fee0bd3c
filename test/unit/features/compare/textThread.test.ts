import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { JsonSyntaxError } from '../../../../src/core/base/losslessJson';
import { isAbort } from '../../../../src/core/base/abort';
import { orderedBytes, type TextOrder } from '../../../../src/features/compare/jsonTexts';
import { makeText } from '../../../../src/features/compare/textThread';

const canonical = { idKeys: ['id'], volatileKeys: ['modified'], keepServerMade: false };
const { signal } = new AbortController();

/** Longer than what is made in the extension host itself. */
const long = (json: string): string => `${json}${' '.repeat(200_000)}`;

const order = (json: string, more: Partial<TextOrder> = {}): TextOrder => ({
  json,
  secrets: ['known-secret'],
  canonical,
  ...more,
});

async function caught(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('A long text of a comparison', () => {
  it('is the same, byte for byte, as if it was made in the extension host', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.boolean(), async (value, isSnapshot) => {
        const json = `{"note":"a known-secret","value":${value}}`;
        const asked: TextOrder = isSnapshot
          ? { json: long(json), secrets: ['known-secret'] }
          : order(long(json));
        assert.deepEqual(Buffer.from(await makeText(asked, signal)), Buffer.from(await orderedBytes(asked)));
      }),
      { numRuns: 15 },
    );
  });

  it('keeps numbers as written, equal keys in order, and hides secrets', async () => {
    const json =
      '{"b":9007199254740993,"a":1.0,"a":1e3,"note":"a KNOWN-secret","password":"canary","modified":1}';
    const text = new TextDecoder().decode(await makeText(order(long(json)), signal));
    assert.equal(
      text,
      '{\n  "a": 1.0,\n  "a": 1e3,\n  "b": 9007199254740993,\n  "note": "a ***",\n  "password": "***"\n}\n',
    );
  });

  it('names the line of an error, or none where it is nested too deeply', async () => {
    const flaw = await caught(makeText(order(long('{\n"a": 1,\n"b" 2}')), signal));
    assert.ok(flaw instanceof JsonSyntaxError);
    assert.equal(flaw.line, 3);
    const deep = await caught(makeText(order('['.repeat(200_000) + ']'.repeat(200_000)), signal));
    assert.ok(deep instanceof JsonSyntaxError);
    assert.equal(deep.line, undefined);
  });

  it('leaves the event loop to others, also of one very long string', async () => {
    const json = JSON.stringify(['api_key=abcdefgh12345678 '.repeat(100_000)]);
    let [turns, done] = [0, false];
    const count = (): void => {
      turns++;
      if (!done) setImmediate(count);
    };
    count();
    await makeText(order(json), signal);
    done = true;
    const inThread = turns;
    assert.ok(inThread > 20, `${inThread} turns`);
  });

  it('is given up as soon as it is canceled', async () => {
    const controller = new AbortController();
    const made = makeText(order(JSON.stringify(['x=1 '.repeat(1_000_000)])), controller.signal);
    controller.abort();
    assert.ok(isAbort(await caught(made)));
    assert.ok(isAbort(await caught(makeText(order('{}'), controller.signal))));
  });
});
