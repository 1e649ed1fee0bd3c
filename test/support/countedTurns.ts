import { Turns } from '../../src/core/base/turns';

/** Counts how often work yields. */
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
