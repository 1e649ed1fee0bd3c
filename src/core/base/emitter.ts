/** Undoes a registration. */
export interface Disposable {
  dispose(): void;
}

/** Registers a listener, until the result is disposed. Has the shape of `vscode.Event`. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** An event emitter for the layers that do not know vscode. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // Each registration has its own wrapper, so that a listener can be registered twice.
    const registered = (value: T): void => {
      listener(value);
    };
    this.#listeners.add(registered);
    return { dispose: () => this.#listeners.delete(registered) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
