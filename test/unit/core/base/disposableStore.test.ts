import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DisposableStore } from '../../../../src/core/base/disposableStore';

describe('a store of disposables', () => {
  it('disposes in reverse order, each once', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    const named = (name: string) => ({ dispose: () => order.push(name) });
    const a = named('a');
    assert.equal(store.add(a, named('b')), a);
    store.add(named('c'));
    store.dispose();
    store.dispose();
    assert.deepEqual(order, ['c', 'b', 'a']);
  });

  it('disposes of the others if some throw, and reports their errors', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    const fail = (name: string) => (): never => {
      throw new Error(name);
    };
    store.add({ dispose: () => order.push('first') });
    store.add({ dispose: fail('second') });
    store.add({ dispose: fail('third') });
    assert.throws(
      () => {
        store.dispose();
      },
      (error) => {
        assert.ok(error instanceof AggregateError);
        assert.deepEqual(
          error.errors.map((each) => (each as Error).message),
          ['third', 'second'],
        );
        return true;
      },
    );
    assert.deepEqual(order, ['first']);
  });

  it('disposes at once of what is added after its own disposal', () => {
    const store = new DisposableStore();
    store.dispose();
    let disposed = 0;
    const added = store.add({ dispose: () => (disposed += 1) });
    assert.equal(disposed, 1);
    assert.equal(typeof added.dispose, 'function');
  });
});
