import { isDeepStrictEqual } from 'node:util';
import type * as vscode from 'vscode';
import type { Clock } from '../services/clock';
import { Emitter, type Disposable } from '../services/emitter';

/** The part of `ExtensionContext.globalState` that is used. */
export type SharedState = Pick<vscode.Memento, 'keys' | 'get' | 'update'>;

/** What {@link SharedEntries} work with. */
export interface SharedEntriesContext<V> {
  readonly state: SharedState;
  /** The beginning of their keys in `state`, with a colon at its end. */
  readonly prefix: string;
  /** Checks a stored value. @returns undefined for one that is unusable: the entry is left out. */
  readonly decode: (value: unknown) => V | undefined;
  /** Has all windows call `rescan`. */
  readonly signal: () => void;
  readonly clock: Clock;
  /** A number from 0 to 1, so that windows do not write at the same time again. */
  readonly random?: () => number;
}

/** An entry as it is stored. One without a value was removed. */
interface Stored {
  /** When it was written, in milliseconds since 1970. The later one counts. */
  readonly at: number;
  readonly value?: unknown;
}

/** Milliseconds after a change at which a window looks whether another one has overwritten its own; up to twice as many. */
const CHECK_DELAYS_MS = [500, 2000, 8000];
/** For so long a window writes its own entries again when they are lost. */
const OWN_MS = 60_000;
/** A removal is remembered for so long, lest an older entry of another window comes back. */
const REMOVED_MS = 600_000;

/**
 * What all windows know, as entries with a key each in globalState, so that no window has to write what another one
 * knows.
 *
 * VS Code keeps the whole globalState of an extension as one text, which each window writes from its own copy: two that
 * write at nearly the same time lose one of the two entries, whatever their keys. So each entry carries the time of its
 * last change, and a window that finds its own change gone writes it again.
 */
export class SharedEntries<V> implements Disposable {
  readonly #context: SharedEntriesContext<V>;
  readonly #changes = new Emitter<readonly string[]>();
  /** What this window wrote lately, by id. */
  readonly #own = new Map<string, Stored>();
  readonly #timers = new Set<() => void>();
  #values: ReadonlyMap<string, V>;

  /** Fires with the ids of the entries that were added, changed or removed, in this window or another. */
  readonly onDidChange = this.#changes.event;

  constructor(context: SharedEntriesContext<V>) {
    this.#context = context;
    this.#values = this.#valuesOf(this.#read());
  }

  /** The entries by id, in the order in which they were last set. */
  list(): ReadonlyMap<string, V> {
    return this.#values;
  }

  /** Adds or replaces entries. */
  set(entries: ReadonlyMap<string, V>): void {
    this.#write(new Map(entries));
  }

  /** Removes entries; ids without one are passed by. */
  remove(ids: Iterable<string>): void {
    const known = [...ids].filter((id) => this.#values.has(id));
    this.#write(new Map(known.map((id) => [id, undefined])));
  }

  /** Looks for what other windows changed, and fires if there is something. */
  rescan(): void {
    this.#show(this.#current().stored);
  }

  /** Looks for changes now, and again when they may have arrived: a signal may be faster than what it speaks of. */
  rescanSoon(): void {
    this.rescan();
    this.#checkLater();
  }

  dispose(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    this.#changes.dispose();
  }

  #write(changes: ReadonlyMap<string, V | undefined>): void {
    if (changes.size === 0) return;
    const { stored } = this.#current();
    const now = this.#context.clock.now();
    this.#prune(stored, now);
    for (const [id, value] of changes) {
      const at = Math.max(now, (stored.get(id)?.at ?? 0) + 1);
      const entry = value === undefined ? { at } : { at, value };
      stored.set(id, entry);
      this.#own.set(id, entry);
      this.#put(id, entry);
    }
    this.#announce();
    this.#show(stored);
  }

  /** Forgets old removals, and entries of this window that have stayed for long enough. */
  #prune(stored: Map<string, Stored>, now: number): void {
    for (const [id, { at, value }] of stored) {
      if (value !== undefined || now - at <= REMOVED_MS) continue;
      stored.delete(id);
      this.#put(id, undefined);
    }
    for (const [id, { at }] of this.#own) if (now - at > OWN_MS) this.#own.delete(id);
  }

  /** What is stored, with what this window wrote lately and another one has overwritten unseen. */
  #current(): { readonly stored: Map<string, Stored>; readonly lost: ReadonlyMap<string, Stored> } {
    const now = this.#context.clock.now();
    const stored = this.#read();
    const own = [...this.#own].filter(([, { at }]) => now - at <= OWN_MS);
    const lost = new Map(own.filter(([id, entry]) => isNewer(entry, stored.get(id))));
    for (const [id, entry] of lost) stored.set(id, entry);
    return { stored, lost };
  }

  /** Writes again what got lost. */
  #mend(): void {
    const { stored, lost } = this.#current();
    for (const [id, entry] of lost) this.#put(id, entry);
    if (lost.size > 0) this.#announce();
    this.#show(stored);
  }

  #put(id: string, stored: Stored | undefined): void {
    // A state that cannot be written is as of before at the next start: nobody can do anything about it here.
    this.#context.state.update(this.#context.prefix + id, stored).then(undefined, () => undefined);
  }

  #announce(): void {
    this.#context.signal();
    this.#checkLater();
  }

  #checkLater(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    const { clock, random = Math.random } = this.#context;
    for (const delay of CHECK_DELAYS_MS) {
      const cancel = clock.after(delay * (1 + random()), () => {
        this.#timers.delete(cancel);
        this.#mend();
      });
      this.#timers.add(cancel);
    }
  }

  #read(): Map<string, Stored> {
    const { state, prefix } = this.#context;
    const keys = state.keys().filter((key) => key.startsWith(prefix));
    return new Map(
      keys.flatMap((key) => {
        const stored = state.get<unknown>(key);
        return isStored(stored) ? [[key.slice(prefix.length), stored] as const] : [];
      }),
    );
  }

  #valuesOf(read: ReadonlyMap<string, Stored>): ReadonlyMap<string, V> {
    const present = [...read].toSorted(([, a], [, b]) => a.at - b.at);
    return new Map(
      present.flatMap(([id, stored]) => {
        const value = stored.value === undefined ? undefined : this.#context.decode(stored.value);
        return value === undefined ? [] : [[id, value] as const];
      }),
    );
  }

  #show(read: ReadonlyMap<string, Stored>): void {
    const before = this.#values;
    this.#values = this.#valuesOf(read);
    const ids = new Set([...before.keys(), ...this.#values.keys()]);
    const changed = [...ids].filter((id) => !isDeepStrictEqual(before.get(id), this.#values.get(id)));
    if (changed.length > 0) this.#changes.fire(changed);
  }
}

function isStored(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'number';
}

/** Two windows that write at the same moment must agree on one of the two. */
function isNewer(a: Stored, b: Stored | undefined): boolean {
  if (b?.at !== a.at) return !b || a.at > b.at;
  return JSON.stringify(a) > JSON.stringify(b);
}
