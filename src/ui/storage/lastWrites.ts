import type * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock';
import { Emitter, type Disposable } from '../../core/base/emitter';

/** The part of `ExtensionContext.globalState` that is used. */
export type SharedState = Pick<vscode.Memento, 'keys' | 'get' | 'update'>;

/** An entry with the time of its last change. Without a value, it was removed. */
export interface Written {
  /** When it was written, in milliseconds since 1970. The latest one wins. */
  readonly at: number;
  readonly value?: unknown;
}

/** How entries are stored. */
export interface WrittenFormat {
  /** @returns undefined if it is not an entry. */
  readonly read: (stored: unknown) => Written | undefined;
  readonly write: (entry: Written) => unknown;
}

export interface LastWritesContext {
  readonly state: SharedState;
  /** Prefix of the keys in `state`, which ends with a colon. */
  readonly prefix: string;
  readonly format: WrittenFormat;
  /** Makes all windows call `checkSoon`. */
  readonly signal: () => void;
  readonly clock: Clock;
  /** Returns a number from 0 to 1, so that windows do not write at the same time again. */
  readonly random?: () => number;
}

/**
 * Delays after a change, after which a window checks whether another one has overwritten it; each up to twice
 * as long.
 */
const CHECK_DELAYS_MS = [500, 2000, 8000];

/** For how long a window restores its own entries if they are lost. */
const OWN_MS = 60_000;

/** For how long a removal is remembered, so that an older entry of another window does not come back. */
const REMOVED_MS = 600_000;

/**
 * Entries in globalState, one key each. The last change of an entry wins, whichever window made it.
 *
 * VS Code stores the whole globalState of an extension as one text, which each window writes from its own
 * copy: if two windows write at nearly the same time, one of the two changes is lost, even if the keys
 * differ. So each entry has the time of its last change, and a window whose change was lost writes it again.
 */
export class LastWrites implements Disposable {
  readonly #checks = new Emitter<undefined>();
  /** Recent changes of this window, by ID. */
  readonly #own = new Map<string, Written>();
  readonly #timers = new Set<() => void>();

  /** Fires after each check for changed or lost entries. */
  readonly onDidCheck = this.#checks.event;

  constructor(private readonly context: LastWritesContext) {}

  /** All entries by ID, including removed ones, and those of this window that another one has overwritten. */
  read(): ReadonlyMap<string, Written> {
    const { state, prefix } = this.context;
    const keys = state.keys().filter((key) => key.startsWith(prefix));
    const ids = new Set([...keys.map((key) => key.slice(prefix.length)), ...this.#recent().keys()]);
    return new Map(
      [...ids].flatMap((id) => {
        const entry = this.get(id);
        return entry ? [[id, entry] as const] : [];
      }),
    );
  }

  /** As `read`, for one entry. */
  get(id: string): Written | undefined {
    const own = this.#recent().get(id);
    const stored = this.#stored(id);
    return own && isNewer(own, stored) ? own : stored;
  }

  /**
   * Adds, replaces and removes entries; undefined removes one.
   * @throws what VS Code throws if it cannot write. The change is in the memory of this window anyway.
   */
  async write(changes: ReadonlyMap<string, unknown>): Promise<void> {
    const now = this.context.clock.now();
    const pruned = this.#prune(now);
    const written = [...changes].map(([id, value]) => {
      const at = Math.max(now, (this.get(id)?.at ?? 0) + 1);
      const entry = value === undefined ? { at } : { at, value };
      this.#own.set(id, entry);
      return this.#put(id, entry);
    });
    if (changes.size > 0) this.#announce();
    await Promise.all([...pruned, ...written]);
  }

  /**
   * Checks when changes of other windows may have arrived, because the signal may be faster than the change.
   */
  checkSoon(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    const { clock, random = Math.random } = this.context;
    for (const delay of CHECK_DELAYS_MS) {
      const cancel = clock.after(delay * (1 + random()), () => {
        this.#timers.delete(cancel);
        this.#repair();
      });
      this.#timers.add(cancel);
    }
  }

  dispose(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    this.#checks.dispose();
  }

  /** Forgets old removals, and entries of this window that are old enough to be safe. */
  #prune(now: number): readonly PromiseLike<void>[] {
    for (const [id, { at }] of this.#own) if (now - at > OWN_MS) this.#own.delete(id);
    const old = [...this.read()].filter(([, { at, value }]) => value === undefined && now - at > REMOVED_MS);
    return old.map(([id]) => this.#put(id, undefined));
  }

  #recent(): ReadonlyMap<string, Written> {
    const now = this.context.clock.now();
    return new Map([...this.#own].filter(([, { at }]) => now - at <= OWN_MS));
  }

  /** Writes lost entries again. */
  #repair(): void {
    const lost = [...this.#recent()].filter(([id, entry]) => isNewer(entry, this.#stored(id)));
    for (const [id, entry] of lost) {
      // If the state cannot be written, the change is lost at the next start, which cannot be helped here.
      this.#put(id, entry).then(undefined, () => undefined);
    }
    if (lost.length > 0) this.#announce();
    this.#checks.fire(undefined);
  }

  #put(id: string, entry: Written | undefined): PromiseLike<void> {
    const { state, prefix, format } = this.context;
    return state.update(prefix + id, entry && format.write(entry));
  }

  #stored(id: string): Written | undefined {
    const { state, prefix, format } = this.context;
    const stored = state.get<unknown>(prefix + id);
    return stored === undefined ? undefined : format.read(stored);
  }

  #announce(): void {
    this.context.signal();
    this.checkSoon();
  }
}

/** Windows that write at the same moment must agree on one of the two. */
function isNewer(a: Written, b: Written | undefined): boolean {
  if (b?.at !== a.at) return !b || a.at > b.at;
  return JSON.stringify(a) > JSON.stringify(b);
}
