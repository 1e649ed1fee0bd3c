import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { affectedBy, isUnitTest } from './run/lib/unitTests';

const imports = (...paths: readonly string[]) => ({ imports: paths.map((path) => ({ path })) });

describe('the tests that a save is a part of', () => {
  const inputs = {
    'test/tree/rows.test.ts': imports('src/tree/rows.ts'),
    'src/tree/rows.ts': imports('src/http/json.ts', 'src/tree/circle.ts'),
    'src/tree/circle.ts': imports('src/tree/rows.ts'),
    'test/http/client.test.ts': imports('src/http/client.ts'),
    'src/http/client.ts': imports('src/http/json.ts'),
    'test/http/json.test.ts': imports('src/http/json.ts'),
    'test/store/store.test.ts': imports('src/store/store.ts'),
    'src/http/json.ts': imports(),
  };

  it('come with the nearest first, and no others', () => {
    assert.deepEqual(affectedBy('src/http/json.ts', inputs), [
      'test/http/json.test.ts',
      'test/http/client.test.ts',
      'test/tree/rows.test.ts',
    ]);
  });

  it('are the test itself where that was saved', () => {
    assert.deepEqual(affectedBy('test/http/json.test.ts', inputs), ['test/http/json.test.ts']);
  });

  it('need no editor', () => {
    assert.deepEqual(['http/json.test.ts', 'ui/walk.test.ts', 'docs.test.ts'].filter(isUnitTest), [
      'http/json.test.ts',
      'docs.test.ts',
    ]);
  });
});
