/** Undoes a registration. */
export interface Disposable {
  dispose(): void;
}

/** Registers a listener; dispose the result to stop listening. Same shape as `vscode.Event`. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** An event that its owner fires, for the layers that do not know vscode. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // A wrapper of its own for each registration, so that one listener may register twice.
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
