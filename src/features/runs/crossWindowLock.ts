import type { RunTimes } from '../../core/services/contract/runs';
import type { Resource } from '../../core/services/contract/resource';
import type { EntryFiles } from '../../ui/storage/entryFiles';

/** No window notices an end so much later than another one: the poller waits for an hour at most. */
export const LOCK_LIFETIME_MS = 2 * 3_600_000;

/** Cross-window lock: the first window to claim the end of a run shows the notification. */
export class CrossWindowLock {
  /** @param files that live for `CLAIM_LIFETIME_MS`. */
  constructor(private readonly files: EntryFiles) {}

  /**
   * Claims the end of a run. A run is known by when it began too: services use ids again, sample data each time that it
   * starts.
   * @returns true for the first who asks, and for all if nothing can be written: told twice is better than never.
   */
  tryAcquire({ path }: Pick<Resource, 'path'>, { created, started }: RunTimes): Promise<boolean> {
    return this.files.create(`${path}\n${created ?? started ?? ''}`);
  }
}
