import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  isTextList,
  toMembers,
  parseMembers,
  toTexts,
  toAccount,
  readAccount,
} from '../../../../src/features/accounts/storedAccount';
import {
  findSecrets,
  formatSecretEntry,
  parseSecretEntry,
  coversOrigins,
  sameOrigins,
  type SecretBinding,
} from '../../../../src/features/accounts/secretEntry';
import { allOrNothing } from '../../../../src/features/accounts/secretStore';

const stored = {
  ...{ service: 'cja', name: 'Main', production: false, sample: false },
  ...{ settings: { orgId: 'A' }, revision: 'r1' },
};
const binding: SecretBinding = { revision: 'r1', origins: ['https://a'], profile: 'p', writtenAt: 1 };
const next = { revision: 'r2', origins: ['https://b'], secrets: { key: 'new' } };

/** An object with one member changed, for each of some values. */
function spoiled(whole: object, changes: Readonly<Record<string, readonly unknown[]>>): readonly object[] {
  return Object.entries(changes).flatMap(([key, values]) =>
    values.map((value) => ({ ...whole, [key]: value })),
  );
}

describe('A stored account', () => {
  it('is read as it was written, without unknown members', () => {
    assert.deepEqual(readAccount(stored), stored);
    assert.deepEqual(readAccount({ ...stored, secretRevision: 'r1', later: 1 }), {
      ...stored,
      secretRevision: 'r1',
    });
    assert.deepEqual(toAccount('a1', { ...stored, secretRevision: 'r1' }), {
      ...{ id: 'a1', service: 'cja', name: 'Main', production: false, sample: false },
      settings: { orgId: 'A' },
    });
  });

  it('is no account if any part of it is damaged', () => {
    const damaged = spoiled(stored, {
      service: [undefined, 1],
      name: [undefined, 1, ''],
      production: [undefined, 'true', 0],
      sample: [undefined, null],
      settings: [undefined, null, [], 'x', { orgId: 1 }],
      revision: [undefined, 2],
      secretRevision: [undefined, null, 3],
    });
    for (const value of [undefined, null, 7, 'x', [], [stored], ...damaged])
      assert.equal(readAccount(value), undefined, JSON.stringify(value));
  });
});

describe('An entry of secrets', () => {
  it('returns what was put into it', () => {
    const texts = fc.dictionary(
      fc.string().filter((key) => key !== '@binding' && key !== '__proto__'),
      fc.string(),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(texts, fc.boolean(), (secrets, changes) => {
        const entry = { secrets, binding: changes ? { ...binding, next } : binding };
        assert.deepEqual(parseSecretEntry(formatSecretEntry(entry)), entry);
      }),
    );
    assert.deepEqual(parseSecretEntry('{"key":"s"}'), { secrets: { key: 's' } });
  });

  it('is none if it is damaged, and never half of one', () => {
    const withBinding = (value: unknown): string =>
      JSON.stringify({ key: 's', '@binding': typeof value === 'string' ? value : JSON.stringify(value) });
    const damaged = spoiled(binding, {
      revision: [undefined, 1],
      origins: [undefined, 'https://a', [1], [['https://a']]],
      profile: [undefined, 1],
      writtenAt: [undefined, '1'],
      next: [
        null,
        {},
        ...spoiled(next, {
          revision: [undefined],
          origins: [undefined, [1]],
          secrets: [undefined, { key: 1 }],
        }),
      ],
    });
    for (const text of [
      undefined,
      '',
      'x',
      '[]',
      '{"key":1}',
      withBinding('x'),
      withBinding('[]'),
      ...damaged.map(withBinding),
    ])
      assert.equal(parseSecretEntry(text), undefined, text);
  });

  it('returns its secrets only to the account that they were saved with, for the same addresses', () => {
    const entry = { secrets: { key: 'old' }, binding: { ...binding, next } };
    const found = (revision: string | undefined, ...origins: readonly string[]): unknown =>
      findSecrets(entry, { revision, origins })?.key;
    assert.deepEqual(
      [
        found('r1', 'https://a'),
        found('r2', 'https://b'),
        found('r1', 'https://b'),
        found('r2', 'https://a'),
        found('r3', 'https://a'),
        found(undefined, 'https://a'),
        found(undefined, 'https://b'),
        found('r1'),
        found('r1', 'https://a', 'https://a'),
      ],
      ['old', 'new', undefined, undefined, undefined, 'old', undefined, undefined, undefined],
    );
    const early = { secrets: { key: 's' } };
    assert.deepEqual(findSecrets(early, { revision: undefined, origins: [] }), { key: 's' });
    assert.equal(findSecrets(early, { revision: 'r1', origins: [] }), undefined);
    assert.equal(findSecrets({ ...early, binding }, { revision: 'r2', origins: ['https://a'] }), undefined);
  });

  it('distinguishes addresses by their order', () => {
    assert.ok(sameOrigins([], []) && sameOrigins(['a', 'b'], ['a', 'b']));
    for (const other of [['b', 'a'], ['a'], ['a', 'b', 'c'], []]) assert.ok(!sameOrigins(['a', 'b'], other));
  });

  it('knows which addresses are among others, at their places', () => {
    for (const used of [['a', 'b'], ['a'], []]) assert.ok(coversOrigins(['a', 'b'], used));
    for (const used of [['b'], ['b', 'a'], ['a', 'b', 'c']]) assert.ok(!coversOrigins(['a', 'b'], used));
  });
});

it('members are only those of plain objects', () => {
  for (const value of [undefined, null, 1, 'x', true, [], [1]]) {
    assert.deepEqual([toMembers(value), toTexts(value)], [undefined, undefined]);
    assert.equal(parseMembers(JSON.stringify(value)), undefined);
  }
  assert.equal(parseMembers({}), undefined, 'it is no text');
  assert.deepEqual(
    [toMembers({ a: 1 }), parseMembers('{"a":1}'), toTexts({ a: 'x' })],
    [{ a: 1 }, { a: 1 }, { a: 'x' }],
  );
  assert.equal(toTexts({ a: 'x', b: 1 }), undefined);
  for (const [value, is] of [
    [['a'], true],
    [[], true],
    [['a', 1], false],
    ['a', false],
    [{ length: 0 }, false],
  ] as const)
    assert.equal(isTextList(value), is);
});

describe('Steps of a transaction', () => {
  it('are rolled back when one fails, in reverse order, even if a rollback fails', async () => {
    const done: string[] = [];
    const failing = allOrNothing(async (onFailure) => {
      for (const step of ['a', 'b', 'c']) {
        onFailure(() => {
          done.push(step);
          return step === 'b' ? Promise.reject(new Error('cannot')) : Promise.resolve();
        });
      }
      await Promise.reject(new Error('the step'));
    });
    await assert.rejects(failing, /the step/);
    assert.deepEqual(done, ['c', 'b', 'a']);
  });

  it('all steps are kept if none fails', async () => {
    const done: string[] = [];
    const value = await allOrNothing((onFailure) => {
      onFailure(() => Promise.resolve(void done.push('a')));
      return Promise.resolve(7);
    });
    assert.deepEqual([value, done], [7, []]);
  });
});
