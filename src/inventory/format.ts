import type { Entry } from './inventory';

/** A way to write an inventory, part by part, so that no more than one connection is held at a time. */
export interface Format {
  /** What stands before the first entry. */
  begin(): string;
  entry(entry: Entry): string;
  /** What stands behind the last one. */
  end(): string;
}
