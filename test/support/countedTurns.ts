import { Turns } from '../../src/core/base/turns';

/** Counts the turns that work asks for, one after each of its steps. */
export class CountedTurns extends Turns {
  count = 0;

  constructor() {
    super(0);
  }

  override next(): Promise<void> {
    this.count++;
    return Promise.resolve();
  }
}
