import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeText, NoTextError } from '../../../../src/core/base/decodeText';

const text = '{ "a": "ä€😀" }';
const little = (each: string): Buffer => Buffer.from(each, 'utf16le');
const big = (each: string): Buffer => little(each).swap16();

describe('The text of a file', () => {
  it('is read as UTF-8 and UTF-16 of both byte orders, with and without its mark', () => {
    for (const mark of ['', '\uFEFF']) {
      for (const bytes of [Buffer.from(mark + text), little(mark + text), big(mark + text)]) {
        assert.equal(decodeText(bytes), text);
      }
    }
    assert.equal(decodeText(new Uint8Array()), '');
  });

  it('is what was written, whatever it contains', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (written) => {
        fc.pre(!written.includes('\0') && !written.startsWith('\uFEFF'));
        for (const bytes of [little(`\uFEFF${written}`), big(`\uFEFF${written}`), Buffer.from(written)]) {
          assert.equal(decodeText(bytes), written);
        }
      }),
    );
  });

  it('is rejected if bytes are no characters, or half of one', () => {
    const files = [
      [0xff],
      [0xfe, 0xff, 0x00],
      [0xff, 0xfe, 0x41],
      [0xff, 0xfe, 0x00, 0xd8],
      [0, 0, 0, 1],
      [0x41, 0x42, 0],
    ];
    for (const bytes of files) assert.throws(() => decodeText(Uint8Array.from(bytes)), NoTextError);
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        try {
          assert.ok(!decodeText(bytes).includes('\0'));
        } catch (error) {
          assert.ok(error instanceof NoTextError);
        }
      }),
    );
  });
});
