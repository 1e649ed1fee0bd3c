import { systemClock, type Clock } from './clock';
import type { Disposable } from './emitter';

/** Runs a task once for many calls: some time after the first of them. Later calls do not postpone it. */
export class Debouncer implements Disposable {
  #cancel: (() => void) | undefined;

  constructor(
    private readonly delayMs: number,
    private readonly work: () => void,
    private readonly clock: Pick<Clock, 'after'> = systemClock,
  ) {}

  /** Schedules the task, unless it is scheduled already. */
  schedule(): void {
    this.#cancel ??= this.clock.after(this.delayMs, () => {
      this.#cancel = undefined;
      this.work();
    });
  }

  /** Cancels the scheduled task. */
  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  dispose(): void {
    this.cancel();
  }
}
