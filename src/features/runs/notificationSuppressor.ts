import { randomUUID } from 'node:crypto';
import { systemClock, type Clock } from '../../core/base/clock';
import type { Disposable } from '../../core/base/emitter';
import { isWithin, parsePath, type ResourcePath } from '../../core/services/contract/path';
import type { EntryFiles } from '../../ui/storage/entryFiles';
import type { WindowStorage } from '../../ui/storage/windowStorage';

/** How long (ms) a suppression counts in other windows if its own window crashed. */
const LEASE_MS = 90_000;
const RENEW_MS = 30_000;

/** How long (ms) a released suppression waits for an answer: as long as the poller waits at most. */
const RELEASE_TIMEOUT_MS = 3_600_000;

interface Suppression {
  readonly path: ResourcePath;
  /** In milliseconds since 1970; infinite until it is released. */
  releasedAt: number;
  /** Stops renewing its file. */
  stop: () => void;
}

/**
 * Resources whose run is already reported by the action that started it. All windows stay silent about them. A released
 * suppression lasts until the runs were polled once more, because only then does the monitor know that they ended.
 */
export class NotificationSuppressor implements Disposable {
  readonly #files: EntryFiles;
  readonly #suppressions = new Map<string, Suppression>();

  constructor(
    storage: Pick<WindowStorage, 'files'>,
    private readonly clock: Clock = systemClock,
  ) {
    this.#files = storage.files('muted', 2 * RELEASE_TIMEOUT_MS);
  }

  /** Suppresses notifications at and below a path in all windows. @returns a function that releases the suppression. */
  suppress(path: ResourcePath): () => void {
    const id = randomUUID();
    const suppression: Suppression = { path, releasedAt: Infinity, stop: () => undefined };
    this.#suppressions.set(id, suppression);
    this.#renew(id, suppression);
    return () => {
      suppression.releasedAt = this.clock.now();
      this.#renew(id, suppression);
    };
  }

  /** True if an action of this window reports the runs of a path. */
  isSuppressed(path: ResourcePath): boolean {
    return [...this.#suppressions.values()].some((suppression) => isWithin(path, suppression.path));
  }

  /** The paths whose runs are reported by an action in another window. */
  async suppressedElsewhere(paths: readonly ResourcePath[]): Promise<ReadonlySet<ResourcePath>> {
    const now = this.clock.now();
    const { parseSuppression: parse } = await import('./crossWindow');
    const foreign = (await this.#files.list()).flatMap((text) => {
      const suppression = parse(text);
      if (!suppression || suppression.until <= now || this.#suppressions.has(suppression.id)) return [];
      return parsePath(suppression.path) ?? [];
    });
    return new Set(paths.filter((path) => foreign.some((above) => isWithin(path, above))));
  }

  /** Removes suppressions at or below `path` that were released before `askedAt`, when its runs were polled. */
  prune(path: ResourcePath, askedAt: number): void {
    for (const [id, suppression] of this.#suppressions) {
      if (isWithin(suppression.path, path) && suppression.releasedAt < askedAt) this.#forget(id, suppression);
    }
  }

  /** Leaves the runs started in this window to the other windows. */
  dispose(): void {
    for (const [id, suppression] of this.#suppressions) this.#forget(id, suppression);
  }

  /** Rewrites the file of a suppression before it expires. Once released, the suppression expires. */
  #renew(id: string, suppression: Suppression): void {
    suppression.stop();
    const isReleased = suppression.releasedAt !== Infinity;
    const until = this.clock.now() + (isReleased ? RELEASE_TIMEOUT_MS : LEASE_MS);
    void this.#files.put(id, JSON.stringify({ id, path: suppression.path, until }));
    suppression.stop = this.clock.after(isReleased ? RELEASE_TIMEOUT_MS : RENEW_MS, () => {
      if (isReleased) this.#forget(id, suppression);
      else this.#renew(id, suppression);
    });
  }

  #forget(id: string, suppression: Suppression): void {
    suppression.stop();
    this.#suppressions.delete(id);
    void this.#files.remove(id);
  }
}
