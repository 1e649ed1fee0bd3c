import { texts } from '../../core/base/texts';
import { parsePath, type ResourcePath } from '../../core/services/contract/path';
import type { EntryFiles } from '../../ui/storage/entryFiles';
import type { WindowStorage } from '../../ui/storage/windowStorage';

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
