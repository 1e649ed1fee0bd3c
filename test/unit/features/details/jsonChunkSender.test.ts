import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { JsonChunkSender } from '../../../../src/features/details/jsonChunkSender';
import type { JsonChunk } from '../../../../src/shared/protocol';
import { formatJson } from '../../../../src/core/services/common/jsonText';
import { settle, until } from '../../../support/fakes/store';
import { JsonReceiver } from '../../../../src/webview/tabs/json/receivedJson';

const long = JSON.stringify(Array.from({ length: 20_000 }, (_, id) => ({ id, name: 'Größe "😀"' })));

/** A text of more chunks than are sent at once. */
const longest = `[${Array(15).fill(long).join()}]`;

/** Both ends of the transfer of a text: the sent chunks, and the received text after each of them. */
class Way {
  readonly parts: JsonChunk[] = [];
  readonly seen: (string | undefined)[] = [];
  readonly #receiver = new JsonReceiver();
  #last = (): void => undefined;
  readonly feed = new JsonChunkSender((part) => {
    this.parts.push(part);
    void this.#receive(part);
  });
  readonly #takes: boolean;

  /** @param takes false for a page that is busy with the first part. */
  constructor(takes = true) {
    this.#takes = takes;
  }

  /** Sends a text, and waits until its last part was received. */
  show(text: string): Promise<void> {
    const received = new Promise<void>((resolve) => (this.#last = resolve));
    this.feed.show(text);
    return received;
  }

  async #receive(part: JsonChunk): Promise<void> {
    const received = await this.#receiver.addChunk(part);
    if (!received) return;
    this.seen.push(received.parts?.join(''));
    if (this.#takes) this.feed.acknowledge();
    if (part.last) this.#last();
  }
}

/** Time for what should not be sent. */
async function pause(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await settle();
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
    const received = way.show(long);
    const [head, ...others] = way.parts;
    assert.deepEqual([head?.first, head?.last, head?.bytes.length, others.length], [true, false, 50_000, 0]);
    await received;
    assert.ok(way.parts.length > 2);
    assert.ok(way.seen.every((text, at) => text?.startsWith(way.seen[at - 1] ?? '')));
    assert.equal(way.seen.at(-1), formatJson(long));
  });

  it('starts before the text is complete, and continues from there', async () => {
    const way = new Way();
    way.feed.receive(long.slice(0, 40_000), true);
    way.feed.receive(long.slice(40_000, 150_000), false);
    await until(() => way.seen.length > 0);
    assert.ok(formatJson(long).startsWith(way.seen[0] ?? ''));
    await way.show(long);
    assert.deepEqual(
      way.parts.map(({ first }) => first),
      way.parts.map((_, at) => at === 0),
    );
    assert.equal(way.seen.at(-1), formatJson(long));
  });

  it('goes on with each part of the text, and ends when it is complete', async () => {
    const way = new Way();
    for (const [at, part] of (longest.match(/.{1,150000}/gsu) ?? []).entries()) {
      way.feed.receive(part, at === 0);
    }
    await until(() => (way.seen.at(-1) ?? '').length > 1_500_000);
    assert.ok(way.parts.every(({ last }) => !last));
    await way.show(longest);
    assert.equal(way.seen.at(-1), formatJson(longest));
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

  it('is reverted if the text cannot be loaded to its end', async () => {
    const receiver = new JsonReceiver();
    const chunk = { type: 'jsonChunk', compressed: false, last: false } as const;
    const begun = await receiver.addChunk({ ...chunk, bytes: Uint8Array.from([0x5b, 0x31]), first: true });
    assert.deepEqual(begun?.parts, ['[\n  1']);
    const coming = receiver.addChunk({ ...chunk, bytes: Uint8Array.from([0x2c]), first: false });
    const problem = { what: 'Cannot be read.', why: 'Cut off.', remedies: [] };
    assert.equal(receiver.setModel({ kind: 'failed', problem }).parts, undefined);
    assert.equal(await coming, undefined, 'a chunk that is still being processed');
  });

  it('waits while the webview is busy, and does not block another text', async () => {
    const way = new Way(false);
    void way.show(longest);
    await until(() => way.parts.length === 4);
    await pause();
    assert.equal(way.parts.length, 4);
    way.feed.acknowledge();
    await until(() => way.parts.length > 4);
    await way.show('1');
    await pause();
    assert.deepEqual([way.parts.length, way.seen.at(-1)], [6, '1']);
  });

  it('is compressed, except for the first chunk, which is waited for', async () => {
    const way = new Way();
    await way.show(long);
    assert.deepEqual(
      way.parts.map(({ compressed }) => compressed),
      way.parts.map((_, at) => at > 0),
    );
    const sizes = way.parts.map(({ bytes }) => bytes.length);
    assert.ok(sizes.reduce((sum, size) => sum + size) < Buffer.byteLength(long) / 2);
  });

  it('keeps characters whole that two chunks share', async () => {
    const way = new Way();
    const text = `"${'a'.repeat(49_998)}😀${'b'.repeat(300_000)}"`;
    await way.show(text);
    assert.ok(way.parts.length > 1);
    assert.equal(way.seen.at(-1), text);
    assert.ok(way.parts.every(({ bytes }) => bytes.buffer.byteLength === bytes.length));
  });

  it('does not go on with a chunk that is being compressed when another text begins', async () => {
    const way = new Way();
    void way.show(long);
    await settle();
    await way.show('1');
    await setTimeout(50);
    assert.deepEqual([way.parts.length, way.seen.at(-1)], [2, '1']);
  });

  it('yields between two chunks', async () => {
    const way = new Way();
    const received = way.show(long);
    await settle();
    assert.equal(way.parts.at(-1)?.last, false);
    await received;
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
    const received = way.show(long);
    assert.equal(way.seen.at(-1), '"first"');
    await received;
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
