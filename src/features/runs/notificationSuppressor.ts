import { randomUUID } from 'node:crypto';
import { systemClock, type Clock } from '../../core/base/clock';
import type { Disposable } from '../../core/base/emitter';
import { isWithin, parsePath, type ResourcePath } from '../../core/services/contract/path';
import type { EntryFiles } from '../../ui/storage/entryFiles';
import type { WindowStorage } from '../../ui/storage/windowStorage';

/** How long a mute counts in other windows if its own window has ended without a word. */
const LEASE_MS = 90_000;
const RENEW_MS = 30_000;

/** How long a lifted mute waits for an answer at most: the poller waits for an hour. */
const LIFTED_MS = 3_600_000;

interface Mute {
  readonly path: ResourcePath;
  /** When it was lifted, in milliseconds since 1970; infinite while it holds. */
  lifted: number;
  /** Ends the renewals of its file. */
  stop: () => void;
}

/**
 * The resources whose runs are reported by the action that started them, so that no window reports them twice. A mute
 * that was lifted holds until the work was asked for once more: only then does the watch know of its end.
 */
export class NotificationSuppressor implements Disposable {
  readonly #files: EntryFiles;
  readonly #mutes = new Map<string, Mute>();

  constructor(
    storage: Pick<WindowStorage, 'files'>,
    private readonly clock: Clock = systemClock,
  ) {
    this.#files = storage.files('muted', 2 * LIFTED_MS);
  }

  /** Mutes what is at and below a path, in all windows. @returns what lifts the mute. */
  suppress(path: ResourcePath): () => void {
    const id = randomUUID();
    const mute: Mute = { path, lifted: Infinity, stop: () => undefined };
    this.#mutes.set(id, mute);
    this.#renew(id, mute);
    return () => {
      mute.lifted = this.clock.now();
      this.#renew(id, mute);
    };
  }

  /** True if an action of this window reports what happens to a path. */
  isSuppressed(path: ResourcePath): boolean {
    return [...this.#mutes.values()].some((mute) => isWithin(path, mute.path));
  }

  /** Which of the paths an action of another window reports. */
  async suppressedElsewhere(paths: readonly ResourcePath[]): Promise<ReadonlySet<ResourcePath>> {
    const now = this.clock.now();
    const { parseSuppression: readMute } = await import('./crossWindow');
    const foreign = (await this.#files.list()).flatMap((text) => {
      const mute = readMute(text);
      if (!mute || mute.until <= now || this.#mutes.has(mute.id)) return [];
      return parsePath(mute.path) ?? [];
    });
    return new Set(paths.filter((path) => foreign.some((muted) => isWithin(path, muted))));
  }

  /** Forgets the mutes at or below `path` that were lifted before `askedAt`, when its work was asked for. */
  prune(path: ResourcePath, askedAt: number): void {
    for (const [id, mute] of this.#mutes) {
      if (isWithin(mute.path, path) && mute.lifted < askedAt) this.#forget(id, mute);
    }
  }

  /** Leaves what the actions of this window started to the other windows. */
  dispose(): void {
    for (const [id, mute] of this.#mutes) this.#forget(id, mute);
  }

  /** Writes the file of a mute again before it runs out. Once lifted, the mute runs out by itself. */
  #renew(id: string, mute: Mute): void {
    mute.stop();
    const isLifted = mute.lifted !== Infinity;
    const until = this.clock.now() + (isLifted ? LIFTED_MS : LEASE_MS);
    void this.#files.put(id, JSON.stringify({ id, path: mute.path, until }));
    mute.stop = this.clock.after(isLifted ? LIFTED_MS : RENEW_MS, () => {
      if (isLifted) this.#forget(id, mute);
      else this.#renew(id, mute);
    });
  }

  #forget(id: string, mute: Mute): void {
    mute.stop();
    this.#mutes.delete(id);
    void this.#files.remove(id);
  }
}
