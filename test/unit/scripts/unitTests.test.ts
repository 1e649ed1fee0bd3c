import assert from 'node:assert/strict';
import { join, resolve, sep } from 'node:path';
import { describe, it } from 'node:test';
import { afterSecondTry, Gathered, toCounts } from '../../scripts/lib/nodeTests';
import { affectedBy, batches, dealOut, distance, isChosen, isLong } from '../../scripts/lib/unitTests';

const imports = (...paths: readonly string[]) => ({ imports: paths.map((path) => ({ path })) });

describe('the tests that a saved file affects', () => {
  const inputs = {
    'test/unit/tree/rows.test.ts': imports('src/tree/rows.ts'),
    'src/tree/rows.ts': imports('src/http/json.ts', 'src/tree/circle.ts'),
    'src/tree/circle.ts': imports('src/tree/rows.ts'),
    'test/unit/http/client.test.ts': imports('src/http/client.ts'),
    'src/http/client.ts': imports('src/http/json.ts'),
    'test/unit/http/json.test.ts': imports('src/http/json.ts'),
    'test/unit/store/store.test.ts': imports('src/store/store.ts'),
    'src/http/json.ts': imports(),
  };

  it('come nearest first, and no others', () => {
    assert.deepEqual(affectedBy('src/http/json.ts', inputs), [
      'test/unit/http/json.test.ts',
      'test/unit/http/client.test.ts',
      'test/unit/tree/rows.test.ts',
    ]);
  });

  it('are the test itself if that was saved', () => {
    assert.deepEqual(affectedBy('test/unit/http/json.test.ts', inputs), ['test/unit/http/json.test.ts']);
  });
});

describe('the selected test files', () => {
  const names = [
    'core/http/json.test.ts',
    'core/http/client.test.ts',
    'httpPage.test.ts',
    'ui/jsonText.test.ts',
  ];
  const chosen = (...wanted: readonly string[]) =>
    names.map((name) => name.replaceAll('/', sep)).filter((name) => isChosen(name, wanted));

  it('every file is selected if none is named', () => {
    assert.equal(chosen().length, names.length);
  });

  it('files are selected by the beginning of their paths, or of what follows a folder in them', () => {
    assert.deepEqual(
      [chosen('core/http/c').length, chosen('http').length, chosen('http/', 'jsonT').length, chosen('son')],
      [1, 3, 3, []],
    );
  });
});

describe('a long test file', () => {
  it('is known by its name, and not by a word in it', () => {
    const names = ['store/faults.long.test.js', 'fuzz.long.test.ts', 'long.test.js', 'ui/longNames.test.js'];
    assert.deepEqual(names.map(isLong), [true, true, false, false]);
  });

  it('is as near to the code as another one', () => {
    const far = (test: string): number => distance(test, 'src/runs/poller.ts');
    assert.equal(far('runs/poller.long.test.ts'), far('runs/poller.test.ts'));
  });
});

describe('several files in one process', () => {
  const [a, b, c] = ['http/a.test.js', 'http/b.test.js', 'c.test.js'].map((name) => join(...name.split('/')));
  const entry = resolve('0.js');
  const passed = { skip: undefined, details: {} };
  const suite = { skip: undefined, details: { type: 'suite' } };

  /** Two files of one process, the second of which fails by a test, by a hook and by a skipped test's neighbour. */
  function gathered(): Gathered {
    const all = new Gathered(new Map([[entry, [a, b, c].map(String)]]));
    all.add({ ...passed, name: 'is fine', nesting: 2 });
    all.add({ ...suite, name: 'inner', nesting: 1 });
    all.add({ ...suite, name: 'http/a', nesting: 0 });
    all.add({ ...passed, name: 'is wrong', nesting: 1 }, 'testCodeFailure');
    all.add({ ...passed, name: 'is left out', nesting: 1, skip: true });
    all.add({ ...suite, name: 'by its hook', nesting: 1 }, 'hookFailed');
    all.add({ ...suite, name: 'http/b', nesting: 0 }, 'subtestsFailed');
    return all;
  }

  it('are distinguished by the suite of each', () => {
    const [group = assert.fail()] = gathered().results();
    assert.deepEqual(group.files.get(String(a)), { passed: ['is fine'], failed: [], skipped: [] });
    assert.deepEqual(group.files.get(String(b)), {
      ...{ passed: [], failed: ['is wrong', 'by its hook'], skipped: ['is left out'] },
    });
    assert.deepEqual(toCounts([group]), { passed: 1, failed: 2, skipped: 1, flaky: [] });
  });

  it('fail with their process, which may crash before any of them reports', () => {
    const all = gathered();
    all.add({ ...passed, name: entry, nesting: 0 }, 'testCodeFailure');
    const [group = assert.fail()] = all.results();
    assert.equal(group.isBroken, true);
    assert.equal(toCounts([group]).failed, 3);
  });

  it('are flaky if a file of them passes by itself', () => {
    const first = gathered().results();
    const alone = (name: string, failed: readonly string[]) => ({
      ...{ names: [name], isBroken: false },
      files: new Map([[name, { passed: ['is wrong'], failed, skipped: [] }]]),
    });
    const counts = afterSecondTry(first, [alone(String(b), ['by its hook'])]);
    assert.deepEqual(counts, { passed: 2, failed: 1, skipped: 0, flaky: ['b: is wrong'] });
    const broken = first.map((group) => ({ ...group, isBroken: true }));
    const mended = [a, b, c].map((name) => alone(String(name), []));
    assert.deepEqual(afterSecondTry(broken, mended).flaky, ['b: is wrong', 'one of http/a, http/b, c']);
    assert.equal(afterSecondTry(broken, mended).failed, 0);
  });

  it('are distributed so that none is lost, and what measures its process has one of its own', () => {
    const names = ['1', '2', '3', '4', '5', 'unit/scripts/soak/soak.long'].map((name) => `${name}.test.js`);
    assert.deepEqual(dealOut(names, 2), [
      ['unit/scripts/soak/soak.long.test.js'],
      ['1.test.js', '3.test.js', '5.test.js'],
      ['2.test.js', '4.test.js'],
    ]);
    assert.deepEqual(dealOut(['1.test.js'], 4), [['1.test.js']]);
  });

  it('run in their order: the first ones by themselves, and so does what measures its process', () => {
    const files = ['1', '2', '3', '4', '5', 'unit/scripts/soak/soak.long', '6', '7'].map((name) => ({
      name,
    }));
    const names = batches(files, 2, 2).map((batch) => batch.map(({ name }) => name).join(' '));
    assert.deepEqual(names, ['1', '2', '3 4', '5', 'unit/scripts/soak/soak.long', '6 7']);
    assert.deepEqual(batches([], 2, 2), []);
  });
});
