import type * as vscode from 'vscode';
import { Emitter, type Event } from '../services/emitter';
import { accountIdOf, isWithin, parsePath, type ResourcePath } from '../services/path';
import { texts } from '../services/decode';

/** The part of `ExtensionContext.globalState` that is used. */
export type WatchMemory = Pick<vscode.Memento, 'get' | 'update'>;

/** Where watched accounts are told to be gone. */
interface Accounts {
  list(): readonly { readonly id: string }[];
  readonly onDidChange: Event<readonly string[]>;
}

const memoryKey = 'watched';

/** What the user watches, kept over restarts as paths and nothing else. What an account holds goes with it. */
export class Watches {
  readonly #memory: WatchMemory;
  readonly #changes = new Emitter<readonly ResourcePath[]>();
  readonly #registration: { dispose(): void };
  #paths: ReadonlySet<ResourcePath>;

  /** Fires with the paths that are watched from then on, or no longer. */
  readonly onDidChange = this.#changes.event;

  constructor(memory: WatchMemory, accounts: Accounts) {
    this.#memory = memory;
    this.#paths = new Set(texts(memory.get(memoryKey)).flatMap((text) => parsePath(text) ?? []));
    this.#registration = accounts.onDidChange(() => {
      const ids = new Set(accounts.list().map(({ id }) => id));
      this.set(
        this.list().filter((path) => !ids.has(accountIdOf(path))),
        false,
      );
    });
  }

  /** The watched paths, in the order in which they came. */
  list(): readonly ResourcePath[] {
    return [...this.#paths];
  }

  /** True for a path that was itself chosen. */
  has(path: ResourcePath): boolean {
    return this.#paths.has(path);
  }

  /** True for a watched path and all below it. */
  covers(path: ResourcePath): boolean {
    return this.list().some((watched) => isWithin(path, watched));
  }

  /** Begins to watch paths, or ends it. */
  set(paths: readonly ResourcePath[], watched: boolean): void {
    const changed = paths.filter((path) => this.has(path) !== watched);
    if (changed.length === 0) return;
    const gone = new Set(watched ? [] : changed);
    this.#paths = new Set([...this.list().filter((path) => !gone.has(path)), ...(watched ? changed : [])]);
    void this.#memory.update(memoryKey, this.#paths.size > 0 ? this.list() : undefined);
    this.#changes.fire(changed);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changes.dispose();
  }
}
