import { DisposableStore } from '../../core/base/disposableStore';
import { Emitter, type Event } from '../../core/base/emitter';
import { getAccountId, ancestry, parsePath, type ResourcePath } from '../../core/services/contract/path';
import { texts } from '../../core/base/texts';
import type { SharedEntries } from '../../ui/storage/sharedEntries';
import type { WindowStorage } from '../../ui/storage/windowStorage';

interface Accounts {
  list(): readonly { readonly id: string }[];
  readonly onDidChange: Event<readonly string[]>;
}

/**
 * What the user watches, shared by all windows and kept across restarts, as paths only. Removing an account removes its
 * paths.
 */
export class WatchList {
  /** When each path was selected, in milliseconds since 1970. */
  readonly #entries: SharedEntries<number>;
  readonly #changes = new Emitter<readonly ResourcePath[]>();
  readonly #registrations = new DisposableStore();
  #paths: ReadonlyMap<ResourcePath, number>;

  /** Fires with the paths that are now watched, or no longer watched. */
  readonly onDidChange = this.#changes.event;

  /** @param now returns milliseconds since 1970. */
  constructor(
    storage: Pick<WindowStorage, 'entries'>,
    accounts: Accounts,
    private readonly now: () => number = Date.now,
  ) {
    const entries = storage.entries({
      prefix: 'watched:',
      decode: (value) => (typeof value === 'number' ? value : undefined),
      // Version 0.1.0 stored a list of paths.
      old: {
        state: 'globalState',
        key: 'watched',
        read: (value) => new Map(texts(value).map((path) => [path, now()])),
      },
    });
    this.#entries = entries;
    this.#paths = toPathMap(entries);
    this.#registrations.add(
      entries.onDidChange((ids) => {
        this.#paths = toPathMap(entries);
        this.#changes.fire(ids.flatMap((id) => parsePath(id) ?? []));
      }),
      accounts.onDidChange((changed) => {
        const there = new Set(accounts.list().map(({ id }) => id));
        const gone = new Set(changed.filter((id) => !there.has(id)));
        if (gone.size > 0)
          this.set(
            this.list().filter((path) => gone.has(getAccountId(path))),
            false,
          );
      }),
    );
  }

  /** The watched paths, oldest first. */
  list(): readonly ResourcePath[] {
    return [...this.#paths.keys()];
  }

  /** True for a path that was selected itself. */
  has(path: ResourcePath): boolean {
    return this.#paths.has(path);
  }

  /** True for a watched path and everything below it. */
  covers(path: ResourcePath): boolean {
    return this.covering(path).length > 0;
  }

  /** The watched paths that contain a path. */
  covering(path: ResourcePath): readonly ResourcePath[] {
    return ancestry(path).filter((above) => this.#paths.has(above));
  }

  /** When a path was selected, in milliseconds since 1970; undefined if it was not. */
  since(path: ResourcePath): number | undefined {
    return this.#paths.get(path);
  }

  /** Adds or removes watched paths. */
  set(paths: readonly ResourcePath[], watched: boolean): void {
    const changed = paths.filter((path) => this.has(path) !== watched);
    if (watched) this.#entries.set(new Map(changed.map((path) => [path, this.now()])));
    else this.#entries.remove(changed);
  }

  /** Looks for changes made in other windows. */
  rescan(): void {
    this.#entries.rescan();
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#changes.dispose();
  }
}

function toPathMap(entries: SharedEntries<number>): ReadonlyMap<ResourcePath, number> {
  return new Map(
    [...entries.list()].flatMap(([id, since]) => {
      const path = parsePath(id);
      return path ? [[path, since] as const] : [];
    }),
  );
}
