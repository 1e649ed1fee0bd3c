import { Emitter, type Disposable, type Event } from '../../core/base/emitter';
import { getAccountId, parsePath, type ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import type { SharedEntries } from './sharedEntries';
import type { WindowStorage } from './windowStorage';

/** Where accounts come from, whose paths are forgotten with them. */
export interface StoredAccounts {
  list(): readonly { readonly id: string }[];
  readonly onDidChange: Event<readonly string[]>;
}

export interface WorkspacePathsOptions {
  /** The beginning of the keys, with a colon at its end. */
  readonly prefix: string;
  /** The maximum number of paths: with each further one, the oldest is dropped. Absent: unlimited. */
  readonly limit?: number;
}

/** Between the workspace and the path in the key of an entry. Neither has one: blanks of a path are encoded. */
const SEPARATOR = ' ';

/**
 * Resources that the user named in this workspace: paths, and the last name of each, for when it is not loaded. Kept
 * across restarts, shared by the windows of the workspace, and removed with their account in all workspaces.
 */
export class WorkspacePaths implements Disposable {
  readonly #entries: SharedEntries<string>;
  readonly #workspace: string;
  readonly #limit: number;
  readonly #changes = new Emitter<readonly ResourcePath[]>();
  readonly #registration: Disposable;
  /** The entries that `#names` were read from. */
  #listed: ReadonlyMap<string, string> | undefined;
  #names: ReadonlyMap<ResourcePath, string> = new Map();

  /** Fires with the paths that were added or removed, or whose name changed. */
  readonly onDidChange = this.#changes.event;

  constructor(
    storage: Pick<WindowStorage, 'entries' | 'workspace'>,
    accounts: StoredAccounts,
    { prefix, limit = Infinity }: WorkspacePathsOptions,
  ) {
    this.#workspace = storage.workspace;
    this.#limit = limit;
    this.#entries = storage.entries({
      prefix,
      decode: (value) => (typeof value === 'string' ? value : undefined),
    });
    this.#entries.onDidChange((ids) => {
      const changed = ids.flatMap((id) => this.#toPath(id) ?? []);
      if (changed.length > 0) this.#changes.fire(changed);
    });
    this.#registration = accounts.onDidChange((changed) => {
      const present = new Set(accounts.list().map(({ id }) => id));
      this.#forget(new Set(changed.filter((id) => !present.has(id))));
    });
  }

  /** The paths in the order in which they were last added, with the last known name of each. */
  list(): ReadonlyMap<ResourcePath, string> {
    // An entry that is set again as it was is no change, but it is the latest now.
    const listed = this.#entries.list();
    if (listed !== this.#listed) this.#names = this.#read(listed);
    this.#listed = listed;
    return this.#names;
  }

  has(path: ResourcePath): boolean {
    return this.list().has(path);
  }

  /** Adds resources, or makes them the latest. */
  add(resources: readonly Pick<Resource, 'path' | 'label'>[]): void {
    this.#entries.set(new Map(resources.map(({ path, label }) => [this.#toKey(path), label])));
    const paths = [...this.list().keys()];
    this.remove(paths.slice(0, Math.max(0, paths.length - this.#limit)));
  }

  remove(paths: readonly ResourcePath[]): void {
    this.#entries.remove(paths.map((path) => this.#toKey(path)));
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changes.dispose();
  }

  #forget(accounts: ReadonlySet<string>): void {
    if (accounts.size === 0) return;
    const keys = [...this.#entries.list().keys()];
    this.#entries.remove(
      keys.filter((key) => {
        const path = parsePath(key.slice(key.indexOf(SEPARATOR) + 1));
        return path && accounts.has(getAccountId(path));
      }),
    );
  }

  #read(listed: ReadonlyMap<string, string>): ReadonlyMap<ResourcePath, string> {
    const entries = [...listed].map(([key, name]) => [this.#toPath(key), name] as const);
    return new Map(entries.flatMap(([path, name]) => (path ? [[path, name] as const] : [])));
  }

  #toKey(path: ResourcePath): string {
    return `${this.#workspace}${SEPARATOR}${path}`;
  }

  /** The path of an entry of this workspace. */
  #toPath(key: string): ResourcePath | undefined {
    const start = this.#toKey('' as ResourcePath);
    return key.startsWith(start) ? parsePath(key.slice(start.length)) : undefined;
  }
}
