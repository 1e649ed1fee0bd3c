import type * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock';
import { Emitter, type Disposable } from '../../core/base/emitter';

/** The part of `ExtensionContext.globalState` that is used. */
export type SharedState = Pick<vscode.Memento, 'keys' | 'get' | 'update'>;

/** An entry with the time of its last change. One without a value was removed. */
export interface Written {
  /** When it was written, in milliseconds since 1970. The later one counts. */
  readonly at: number;
  readonly value?: unknown;
}

/** How entries are stored. */
export interface WrittenFormat {
  /** @returns undefined for what is no entry. */
  readonly read: (stored: unknown) => Written | undefined;
  readonly write: (entry: Written) => unknown;
}

/** What {@link LastWrites} work with. */
export interface LastWritesContext {
  readonly state: SharedState;
  /** The beginning of their keys in `state`, with a colon at its end. */
  readonly prefix: string;
  readonly format: WrittenFormat;
  /** Has all windows call `checkSoon`. */
  readonly signal: () => void;
  readonly clock: Clock;
  /** A number from 0 to 1, so that windows do not write at the same time again. */
  readonly random?: () => number;
}

/** Milliseconds after a change at which a window looks whether another one has overwritten its own; up to twice as many. */
const CHECK_DELAYS_MS = [500, 2000, 8000];

/** For so long a window writes its own entries again when they are lost. */
const OWN_MS = 60_000;

/** A removal is remembered for so long, lest an older entry of another window comes back. */
const REMOVED_MS = 600_000;

/**
 * Entries with a key each in globalState, the last change of which holds, whichever window made it.
 *
 * VS Code keeps the whole globalState of an extension as one text, which each window writes from its own copy: two that
 * write at nearly the same time lose one of the two entries, whatever their keys. So each entry carries the time of its
 * last change, and a window that finds its own change gone writes it again.
 */
export class LastWrites implements Disposable {
  readonly #checks = new Emitter<undefined>();
  /** What this window wrote lately, by id. */
  readonly #own = new Map<string, Written>();
  readonly #timers = new Set<() => void>();

  /** Fires when it was looked whether something has changed or was lost. */
  readonly onDidCheck = this.#checks.event;

  constructor(private readonly context: LastWritesContext) {}

  /** All entries by id, removed ones among them, with those of this window that another one has overwritten unseen. */
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

  /** As `read`, one entry. */
  get(id: string): Written | undefined {
    const own = this.#recent().get(id);
    const stored = this.#stored(id);
    return own && isNewer(own, stored) ? own : stored;
  }

  /**
   * Adds, replaces and removes entries; undefined removes one.
   * @throws what VS Code throws where it cannot write. The window has the change in memory all the same.
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

  /** Looks when changes of other windows may have arrived: a signal may be faster than what it speaks of. */
  checkSoon(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    const { clock, random = Math.random } = this.context;
    for (const delay of CHECK_DELAYS_MS) {
      const cancel = clock.after(delay * (1 + random()), () => {
        this.#timers.delete(cancel);
        this.#mend();
      });
      this.#timers.add(cancel);
    }
  }

  dispose(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    this.#checks.dispose();
  }

  /** Forgets old removals, and entries of this window that have stayed for long enough. */
  #prune(now: number): readonly PromiseLike<void>[] {
    for (const [id, { at }] of this.#own) if (now - at > OWN_MS) this.#own.delete(id);
    const old = [...this.read()].filter(([, { at, value }]) => value === undefined && now - at > REMOVED_MS);
    return old.map(([id]) => this.#put(id, undefined));
  }

  #recent(): ReadonlyMap<string, Written> {
    const now = this.context.clock.now();
    return new Map([...this.#own].filter(([, { at }]) => now - at <= OWN_MS));
  }

  /** Writes again what got lost. */
  #mend(): void {
    const lost = [...this.#recent()].filter(([id, entry]) => isNewer(entry, this.#stored(id)));
    for (const [id, entry] of lost) {
      // A state that cannot be written is as of before at the next start: nobody can do anything about it here.
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

/** Two windows that write at the same moment must agree on one of the two. */
function isNewer(a: Written, b: Written | undefined): boolean {
  if (b?.at !== a.at) return !b || a.at > b.at;
  return JSON.stringify(a) > JSON.stringify(b);
}
