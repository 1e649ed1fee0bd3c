import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { excesses, loadedAtActivation, recordedBudget } from '../../scripts/lib/budget';

describe('activation without an account', () => {
  it('loads the tree, and no code for editors', async () => {
    const texts = (await loadedAtActivation()).map((file) => readFileSync(file, 'utf8'));
    assert.ok(texts.some((text) => text.includes('createTreeView')));
    for (const word of ['registerHoverProvider', 'registerCompletionItemProvider'])
      assert.ok(!texts.some((text) => text.includes(word)), word);
  });
});

describe('the budget', () => {
  const recorded = { package: 1000, activation: 100 };

  it('allows five percent more', () => {
    assert.deepEqual(excesses(recorded, { package: 1050, activation: 105 }), []);
    assert.deepEqual(excesses(recorded, { package: 10, activation: 1 }), []);
  });

  it('names each thing that grew by more', () => {
    const grown = excesses(recorded, { package: 1051, activation: 106 });
    assert.equal(grown.length, 2);
    assert.match(grown[0] ?? '', /package has 1051 bytes, 1000 are recorded/);
    assert.match(grown[1] ?? '', /activation loads has 106 bytes, 100 are recorded/);
  });

  it('a budget is recorded for the package and for activation', () => {
    assert.ok(recordedBudget.package > recordedBudget.activation);
  });
});
