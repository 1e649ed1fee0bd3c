import type { RunTimes } from '../../core/services/contract/runs';
import type { Resource } from '../../core/services/contract/resource';
import type { EntryFiles } from '../../ui/storage/entryFiles';
import { texts } from '../../core/base/texts';
import { parsePath, type ResourcePath } from '../../core/services/contract/path';
import type { WindowStorage } from '../../ui/storage/windowStorage';
import * as v from 'valibot';

/** Windows notice the same end within this time (ms), because the poller waits for an hour at most. */
export const LOCK_LIFETIME_MS = 2 * 3_600_000;

/** Cross-window lock: the first window to claim the end of a run shows the notification. */
export class CrossWindowLock {
  /** @param files entries that live for `LOCK_LIFETIME_MS`. */
  constructor(private readonly files: EntryFiles) {}

  /**
   * Claims the end of a run. A run is identified by its start time too, because services reuse IDs, and sample data
   * does so on each start.
   * @returns true for the first caller, and for all of them if nothing can be written: two notifications are better
   * than none.
   */
  tryAcquire({ path }: Pick<Resource, 'path'>, { created, started }: RunTimes): Promise<boolean> {
    return this.files.create(`${path}\n${created ?? started ?? ''}`);
  }
}

/** A run without news for this long (ms) is forgotten. */
const LIFETIME_MS = 30 * 24 * 3_600_000;

/** The globalState key of version 0.1.0, which stored a list of paths. */
const OLD_KEY = 'watched.running';

/**
 * The watched runs that are queued or running, kept across restarts, so that their end is noticed even if it comes
 * while no window is open. Each window adds and removes what it learns.
 */
export class RunningRuns {
  readonly #files: EntryFiles;
  #running: ReadonlySet<ResourcePath> = new Set();

  constructor(private readonly storage: Pick<WindowStorage, 'files' | 'takeOld'>) {
    this.#files = storage.files('running', LIFETIME_MS);
  }

  /**
   * Loads the runs that were running when windows closed. This window takes them over.
   * @param isWatched other runs are left to the windows that watch them.
   */
  async load(isWatched: (path: ResourcePath) => boolean): Promise<readonly ResourcePath[]> {
    const old = toPaths(texts(this.storage.takeOld('globalState', OLD_KEY)));
    await Promise.all(old.map((path) => this.#files.put(path, path)));
    this.#running = new Set(toPaths(await this.#files.list()).filter(isWatched));
    return [...this.#running];
  }

  /** Replaces the runs that this window knows to be running. Those that are missing now have ended. */
  update(running: readonly ResourcePath[]): void {
    const now = new Set(running);
    for (const path of now) if (!this.#running.has(path)) void this.#files.put(path, path);
    for (const path of this.#running) if (!now.has(path)) void this.#files.remove(path);
    this.#running = now;
  }
}

function toPaths(lines: readonly string[]): readonly ResourcePath[] {
  return lines.flatMap((text) => parsePath(text) ?? []);
}

const suppressionSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ id: v.string(), path: v.string(), until: v.number() }),
);

/** A suppression as stored in its file. */
export type SuppressionFile = v.InferOutput<typeof suppressionSchema>;

/** @returns undefined if the file is damaged. */
export function parseSuppression(text: string): SuppressionFile | undefined {
  const { success, output } = v.safeParse(suppressionSchema, text);
  return success ? output : undefined;
}
