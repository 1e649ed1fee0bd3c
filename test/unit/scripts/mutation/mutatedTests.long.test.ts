import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../../scripts/lib/paths';
import { findMutants } from '../../../scripts/mutation/mutants';
import { MutatedTests } from '../../../scripts/mutation/mutatedTests';

const TIMEOUT_MS = 60_000;

describe('the unit tests with mutants', () => {
  const folder = 'out/mutated';
  const path = 'src/core/http/retry.ts';
  const test = 'unit/core/http/retry';
  let tests: MutatedTests;

  before(async () => {
    const mutant = findMutants(path, readFileSync(join(root, path), 'utf8')).find(
      ({ original }) => original === 'attempt >= attempts',
    );
    assert.ok(mutant);
    tests = await MutatedTests.build(folder, new Map([[1, { ...mutant, path }]]));
  });
  after(() => {
    rmSync(join(root, folder), { recursive: true, force: true, maxRetries: 5 });
  });

  it('pass, and tell which mutants they reach', async () => {
    assert.deepEqual(await tests.getReached(test, TIMEOUT_MS), new Set([1]));
    assert.deepEqual(await tests.getReached('unit/core/base/singleFlight', TIMEOUT_MS), new Set());
  });

  it('fail with a mutant that they detect', async () => {
    assert.equal(await tests.tryMutant(1, ['unit/core/base/singleFlight'], TIMEOUT_MS), 'passed');
    assert.equal(await tests.tryMutant(1, ['unit/core/base/singleFlight', test], TIMEOUT_MS), 'failed');
    assert.equal(await tests.tryMutant(1, [test], 1), 'late');
  });
});
