import assert from 'node:assert/strict';
import { it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { findMutants, withSwitches } from '../../../scripts/mutation/mutants';

it('code with switches behaves as before, until one is switched on', () => {
  const text = `
    if (a) say('yes'); else say('no');
    for (const b of [1, 2]) say(b + 1);
    say(a ? 1 : 2);`;
  const mutants = findMutants('a.ts', text).filter(({ kind }) => kind === 'statement');
  const run = (code: string, a: boolean, on: number): readonly unknown[] => {
    const said: unknown[] = [];
    const isMutant = (number: number): boolean => number === on;
    runInNewContext(code, { a, say: (word: unknown) => said.push(word), isMutant });
    return said;
  };
  const switched = withSwitches(text, new Map(mutants.map((mutant, at) => [at + 1, mutant])));
  assert.equal(mutants.length, 4);
  for (const a of [true, false]) assert.deepEqual(run(switched, a, 0), run(text, a, 0));
  assert.deepEqual(run(switched, true, 1), [2, 3, 1]);
  assert.deepEqual(run(switched, false, 1), ['no', 2, 3, 2]);
  assert.deepEqual(run(switched, false, 2), [2, 3, 2]);
});
