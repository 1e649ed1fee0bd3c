import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runInThisContext } from 'node:vm';
import { transform } from 'esbuild';
import { table, unreachedErrors } from '../../../scripts/coverage/figures';
import { instrument } from '../../../scripts/coverage/points';

const sample = `
interface Named { readonly name: string }
export function choose(value: number, other?: Named): unknown {
  if (value === 1) return 'one';
  else if (value === 2) {
    return ((a: number) => a > 1 && ({ a }))(value);
  }
  for (const each of [1]) if (each === value) throw new Error('no');
  switch (value) {
    case 3:
      try {
        JSON.parse('{');
      } catch {}
    default:
  }
  return value < 5 ? other?.name ?? 'none' : (() => {
    throw new TypeError('never');
  })();
}
`;

interface Outcome {
  readonly result: unknown;
  readonly lines: readonly string[];
  readonly errors: readonly string[];
}

/** Calls the instrumented function once for each value, and returns the last result and everything that was reached. */
async function after(...values: readonly number[]): Promise<Outcome> {
  const { points, text } = instrument('src/a/choose.ts', sample, 100, './reached');
  const { code } = await transform(text, { loader: 'ts', format: 'cjs' });
  const numbers = new Set<number>();
  const module: { exports: { choose?: (value: number) => unknown } } = { exports: {} };
  const require = (): unknown => ({ reached: (number: number) => numbers.add(number) });
  const load = runInThisContext(`(module, require) => {${code}\n}`) as (...given: unknown[]) => void;
  load(module, require);
  const results = values.map((value) => module.exports.choose?.(value));
  const placed = points.map((point, at) => ({
    ...point,
    path: 'src/a/choose.ts',
    isReached: numbers.has(100 + at),
  }));
  return { result: results.at(-1), lines: table(placed), errors: unreachedErrors(placed) };
}

describe('coverage', () => {
  it('leaves a function unchanged, and reports which of its errors were not reached', async () => {
    assert.equal((await after(1)).result, 'one');
    assert.deepEqual((await after(2)).result, { a: 2 });
    const { result, errors } = await after(3, 4);
    assert.equal(result, 'none');
    assert.deepEqual(errors, ['src/a/choose.ts:8  throw', 'src/a/choose.ts:17  throw']);
  });

  it('counts the missing branch of an if, and lines by their statements', async () => {
    const figures = (lines: readonly string[]): readonly string[] =>
      lines.at(-1)?.match(/[\d.]+(?= %)/g) ?? [];
    const none = await after();
    assert.deepEqual(figures(none.lines), ['0.0', '0.0']);
    assert.equal(none.errors.length, 3);
    const [lines, branches] = figures((await after(1, 2, 3, 4)).lines);
    assert.deepEqual([lines, branches], ['77.8', '84.6']);
  });

  it('leaves a file without functions unchanged', () => {
    const text = "export const a = process.env.A ?? 'none';\n";
    assert.deepEqual(instrument('src/a.ts', text, 0, './reached'), { points: [], text });
  });
});
