import { systemClock, type Clock } from './clock';
import type { Disposable } from './emitter';

/** Does one piece of work for many calls: it comes some time after the first of them, and the others change nothing. */
export class Debouncer implements Disposable {
  #cancel: (() => void) | undefined;

  constructor(
    private readonly delayMs: number,
    private readonly work: () => void,
    private readonly clock: Pick<Clock, 'after'> = systemClock,
  ) {}

  /** Has the work done, unless it is about to be. */
  schedule(): void {
    this.#cancel ??= this.clock.after(this.delayMs, () => {
      this.#cancel = undefined;
      this.work();
    });
  }

  /** Takes back what was scheduled. */
  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  dispose(): void {
    this.cancel();
  }
}
