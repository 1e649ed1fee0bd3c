import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createScanner } from 'jsonc-parser';
import type { Insertion } from '../../../../src/features/actions/typedSecrets';
import { TypedTexts } from '../../../../src/features/actions/typedTexts';

const search = { scan: (text: string) => createScanner(text, true), known: ['known-secret-value'] };

/** The stored texts, and an editor for one. */
function setUp(): { readonly kept: string[]; readonly typed: TypedTexts; readonly release: () => void } {
  const kept: string[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const typed = new TypedTexts(search, async (_, text) => {
    kept.push(text);
    await held;
  });
  return { kept, typed, release };
}

describe('typed texts', () => {
  it('are stored at once, and only the last one while that takes time', async () => {
    const { kept, typed, release } = setUp();
    const all = Promise.all(['{"a": 1}', '{"a": 12}', '{"a": 123}'].map((text) => typed.onEdit('one', text)));
    assert.deepEqual(kept, ['{"a": 1}']);
    release();
    await all;
    assert.deepEqual(kept, ['{"a": 1}', '{"a": 123}']);
    await typed.onEdit('one', '{"a": 1}');
    assert.equal(kept.at(-1), '{"a": 1}');
  });

  it('are stored for each document separately', async () => {
    const { kept, typed, release } = setUp();
    const all = [typed.onEdit('one', '{"a": 1}'), typed.onEdit('two', '{"b": 1}')];
    assert.deepEqual(kept, ['{"a": 1}', '{"b": 1}']);
    release();
    await Promise.all(all);
  });

  for (const text of ['{"password": "h"}', '{"a": "known-secret-value"}', '{"a": "Bearer a1B2c3D4e5F6g7"}'])
    it(`are not stored with a secret: ${text}`, async () => {
      const { kept, typed, release } = setUp();
      release();
      await typed.onEdit('one', text);
      await typed.onEdit('one', '{"password": "${secret:password}"}');
      assert.deepEqual(kept, ['{"password": "${secret:password}"}']);
    });

  it('are not stored while the lines of a pasted secret are still there', async () => {
    const { kept, typed, release } = setUp();
    release();
    const pasted = 'AAA\nBBB\nCCC';
    const insertion: Insertion = { start: 12, text: pasted };
    await typed.onEdit('one', `{"password":"${pasted}"}`, { ...insertion, start: 13 });
    await typed.onEdit('one', `{"password":"${pasted}"} `, { start: 26, text: ' ' });
    assert.deepEqual(kept, []);
    await typed.onEdit('one', '{"password":"${secret:password}"} ');
    assert.equal(kept.length, 1);
  });

  it('are stored again after one could not be', async () => {
    const kept: string[] = [];
    const typed = new TypedTexts(search, (_, text) => {
      if (text === '1') return Promise.reject(new Error('disk'));
      kept.push(text);
      return Promise.resolve();
    });
    await assert.rejects(typed.onEdit('one', '1'), /disk/);
    await typed.onEdit('one', '2');
    assert.deepEqual(kept, ['2']);
  });
});
