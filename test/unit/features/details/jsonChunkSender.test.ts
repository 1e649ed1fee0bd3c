import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { JsonChunkSender } from '../../../../src/features/details/jsonChunkSender';
import type { JsonChunk } from '../../../../src/shared/protocol';
import { formatJson } from '../../../../src/core/services/common/jsonText';
import { JsonReceiver } from '../../../../src/webview/tabs/json/receivedJson';

const long = JSON.stringify(Array.from({ length: 40_000 }, (_, id) => ({ id, name: 'Größe "😀"' })));

/** Both ends of the transfer of a text: the sent chunks, and the received text after each of them. */
class Way {
  readonly parts: JsonChunk[] = [];
  readonly seen: (string | undefined)[] = [];
  readonly #receiver = new JsonReceiver();
  #last = (): void => undefined;
  readonly feed = new JsonChunkSender((part) => {
    this.parts.push(part);
    this.seen.push(this.#receiver.addChunk(part).parts?.join(''));
    if (part.last) this.#last();
    if (this.#takes)
      queueMicrotask(() => {
        this.feed.acknowledge();
      });
  });
  readonly #takes: boolean;

  /** @param takes false for a page that is busy with the first part. */
  constructor(takes = true) {
    this.#takes = takes;
  }

  /** Sends a text, and waits for its last part. */
  show(text: string): Promise<void> {
    const sent = new Promise<void>((resolve) => (this.#last = resolve));
    this.feed.show(text);
    return sent;
  }
}

describe('the transfer of a JSON text to the webview', () => {
  it('is one chunk for a short text', async () => {
    const way = new Way();
    await way.show('{"b":1,"a":[10000000000000000000001]}');
    assert.deepEqual(way.seen, ['{\n  "b": 1,\n  "a": [\n    10000000000000000000001\n  ]\n}']);
    assert.ok(way.parts[0]?.first && way.parts[0].last);
  });

  it('starts with several screens of a long one at once, and the text grows from there', async () => {
    const way = new Way();
    const sent = way.show(long);
    assert.deepEqual(
      way.parts.map(({ first, last }) => [first, last]),
      [[true, false]],
    );
    const head = way.seen[0] ?? '';
    assert.ok(Buffer.byteLength(head) >= 50_000 && Buffer.byteLength(head) < 51_000);
    await sent;
    assert.ok(way.parts.length > 3);
    assert.ok(way.seen.every((text, at) => text?.startsWith(way.seen[at - 1] ?? '')));
    assert.equal(way.seen.at(-1), formatJson(long));
  });

  it('starts before the text is complete, and continues from there', async () => {
    const way = new Way();
    way.feed.receive(long.slice(0, 150_000), true);
    const [head = ''] = way.seen;
    assert.equal(way.seen.length, 1);
    assert.ok(formatJson(long).startsWith(head));
    await way.show(long);
    assert.deepEqual(
      way.parts.map(({ first }) => first),
      way.parts.map((_, at) => at === 0),
    );
    assert.equal(way.seen.at(-1), formatJson(long));
  });

  it('goes on with each part of the text, and ends when it is complete', async () => {
    const way = new Way();
    for (const [at, part] of (long.match(/.{1,150000}/gsu) ?? []).entries()) {
      way.feed.receive(part, at === 0);
      await setImmediate();
    }
    const before = way.seen.at(-1) ?? '';
    assert.ok(before.length > 1_000_000 && way.parts.every(({ last }) => !last));
    await way.show(long);
    assert.equal(way.seen.at(-1), formatJson(long));
    assert.equal(way.parts.filter(({ first }) => first).length, 1);
  });

  it('starts again for a text that arrives once more, after its connection broke', async () => {
    const way = new Way();
    way.feed.receive(long.slice(0, 150_000), true);
    way.feed.receive(long.slice(0, 200_000), true);
    way.feed.receive(long.slice(200_000, 400_000), false);
    await way.show(long);
    assert.equal(way.seen.at(-1), formatJson(long));
  });

  it('shows no part of a text whose beginning it missed', async () => {
    const way = new Way();
    way.feed.receive(long.slice(150_000, 400_000), false);
    await way.show('1');
    way.feed.receive(long.slice(150_000, 400_000), false);
    assert.deepEqual(way.seen, ['1']);
  });

  it('starts again if the complete text does not begin like the first chunk', async () => {
    const way = new Way();
    way.feed.receive(long.slice(0, 150_000), true);
    await way.show('"another"');
    assert.deepEqual([way.parts.length, way.seen.at(-1)], [2, '"another"']);
  });

  it('does not start with less than a whole chunk', () => {
    const way = new Way();
    way.feed.receive(long.slice(0, 20_000), true);
    assert.equal(way.parts.length, 0);
  });

  it('is reverted if the text cannot be loaded to its end', () => {
    const receiver = new JsonReceiver();
    const begun = receiver.addChunk({
      type: 'jsonChunk',
      bytes: new TextEncoder().encode('[1,'),
      first: true,
      last: false,
    });
    assert.deepEqual(begun.parts, ['[1,']);
    const problem = { what: 'Cannot be read.', why: 'Cut off.', remedies: [] };
    assert.equal(receiver.setModel({ kind: 'failed', problem }).parts, undefined);
  });

  it('waits while the webview is busy, and does not block another text', async () => {
    const way = new Way(false);
    void way.show(long);
    for (let turn = 0; turn < 20; turn++) await setImmediate();
    assert.equal(way.parts.length, 2);
    way.feed.acknowledge();
    await setImmediate();
    assert.equal(way.parts.length, 3);
    await way.show('1');
    await setImmediate();
    assert.deepEqual([way.parts.length, way.seen.at(-1)], [4, '1']);
  });

  it('yields between two chunks', async () => {
    const way = new Way();
    const sent = way.show(long);
    await setImmediate();
    assert.equal(way.parts.at(-1)?.last, false);
    await sent;
  });

  it('is not repeated for the same text, unless it was stopped', async () => {
    const way = new Way();
    await way.show('1');
    way.feed.show('1');
    assert.equal(way.parts.length, 1);
    way.feed.stop();
    await way.show('1');
    assert.equal(way.parts.length, 2);
  });

  it('keeps the shown text until a later text is complete', async () => {
    const way = new Way();
    await way.show('"first"');
    const sent = way.show(long);
    assert.equal(way.seen.at(-1), '"first"');
    await sent;
    assert.equal(way.seen.at(-1), formatJson(long));
  });

  it('ends for a text that another one replaces', async () => {
    const way = new Way();
    const dropped = way.show(long);
    await way.show('2');
    assert.deepEqual([way.parts.length, way.seen.at(-1)], [2, '2']);
    void dropped;
  });
});
