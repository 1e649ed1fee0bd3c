import type { RunTimes } from '../../core/services/contract/runs';
import type { Resource } from '../../core/services/contract/resource';
import type { EntryFiles } from '../../ui/storage/entryFiles';
import { texts } from '../../core/base/texts';
import { parsePath, type ResourcePath } from '../../core/services/contract/path';
import type { WindowStorage } from '../../ui/storage/windowStorage';
import * as v from 'valibot';

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

/** A run that was not heard of for a month is forgotten. */
const LIFETIME_MS = 30 * 24 * 3_600_000;

/** The key in globalState under which version 0.1.0 kept a list of paths. */
const OLD_KEY = 'watched.running';

/**
 * The watched runs that are queued or running, kept over restarts: so their end is noticed even if it comes while no
 * window is open. Each window adds and removes what it hears of itself.
 */
export class RunningRuns {
  readonly #files: EntryFiles;
  #own: ReadonlySet<ResourcePath> = new Set();

  constructor(private readonly storage: Pick<WindowStorage, 'files' | 'takeOld'>) {
    this.#files = storage.files('running', LIFETIME_MS);
  }

  /**
   * The runs that were running when windows closed. They count as heard of by this window.
   * @param isWatched others are left to the windows that watch them.
   */
  async load(isWatched: (path: ResourcePath) => boolean): Promise<readonly ResourcePath[]> {
    const old = toPaths(texts(this.storage.takeOld('globalState', OLD_KEY)));
    await Promise.all(old.map((path) => this.#files.put(path, path)));
    this.#own = new Set(toPaths(await this.#files.list()).filter(isWatched));
    return [...this.#own];
  }

  /** Takes what runs as this window knows it. What it knew to run before and does not any more is over. */
  update(running: readonly ResourcePath[]): void {
    const now = new Set(running);
    for (const path of now) if (!this.#own.has(path)) void this.#files.put(path, path);
    for (const path of this.#own) if (!now.has(path)) void this.#files.remove(path);
    this.#own = now;
  }
}

function toPaths(lines: readonly string[]): readonly ResourcePath[] {
  return lines.flatMap((text) => parsePath(text) ?? []);
}

const muteFile = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ id: v.string(), path: v.string(), until: v.number() }),
);

/** A mute as its file holds it. */
export type SuppressionFile = v.InferOutput<typeof muteFile>;

/** @returns undefined for the text of a file that is damaged. */
export function parseSuppression(text: string): SuppressionFile | undefined {
  const { success, output } = v.safeParse(muteFile, text);
  return success ? output : undefined;
}
