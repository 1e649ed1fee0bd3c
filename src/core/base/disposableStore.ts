import type { Disposable } from './emitter';

/** Disposables with a common end. Those that were added last are disposed of first, because they may use earlier ones. */
export class DisposableStore implements Disposable {
  readonly #disposables: Disposable[] = [];
  #disposed = false;

  /** Adds disposables. After `dispose`, they are disposed of immediately. @returns the first. */
  add<T extends Disposable>(first: T, ...others: readonly Disposable[]): T {
    for (const disposable of [first, ...others]) {
      if (this.#disposed) disposable.dispose();
      else this.#disposables.push(disposable);
    }
    return first;
  }

  /** Disposes of all, even if some fail. @throws AggregateError with what they threw. */
  dispose(): void {
    this.#disposed = true;
    const errors: unknown[] = [];
    for (const disposable of this.#disposables.splice(0).reverse()) {
      try {
        disposable.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Disposing failed.');
  }
}
