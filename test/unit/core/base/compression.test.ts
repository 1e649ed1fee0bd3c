import assert from 'node:assert/strict';
import { it } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { compressed } from '../../../../src/core/base/compression';

it('compresses bytes into memory of their own, or says that it cannot', async () => {
  const bytes = Buffer.from('text '.repeat(1000));
  const made = (await compressed(bytes, 6)) ?? assert.fail('not compressed');
  assert.deepEqual(inflateRawSync(made), bytes);
  assert.equal(made.buffer.byteLength, made.byteLength);
  // A level that there is not stands for memory that there is not.
  assert.equal(await compressed(bytes, 99), undefined);
});
