import { isWithin, type ResourcePath } from '../services/path';

/**
 * The resources whose work an action follows and tells of by itself, so that nobody is told twice. A mute that was lifted
 * holds until the work was asked for once more: only then does the watch know of its end.
 */
export class Mutes {
  /** When each was lifted, in milliseconds since 1970. */
  readonly #mutes = new Map<symbol, { readonly path: ResourcePath; lifted: number }>();

  /** @returns what lifts the mute; it takes the time. */
  mute(path: ResourcePath): (now: number) => void {
    const key = Symbol(path);
    const mute = { path, lifted: Infinity };
    this.#mutes.set(key, mute);
    return (now) => {
      mute.lifted = now;
    };
  }

  covers(path: ResourcePath): boolean {
    return [...this.#mutes.values()].some((mute) => isWithin(path, mute.path));
  }

  /** Forgets the mutes at or below `path` that were lifted before `askedAt`, when its work was asked for. */
  settle(path: ResourcePath, askedAt: number): void {
    for (const [key, mute] of this.#mutes) {
      if (isWithin(mute.path, path) && mute.lifted < askedAt) this.#mutes.delete(key);
    }
  }
}
