import { isDeepStrictEqual } from 'node:util';
import { Emitter, type Disposable } from '../../core/base/emitter';
import { LastWrites, type LastWritesContext, type Written, type WrittenFormat } from './lastWrites';

export interface SharedEntriesContext<V> extends Omit<LastWritesContext, 'format'> {
  /** Validates a stored value. @returns undefined for an invalid one, which is omitted. */
  readonly decode: (value: unknown) => V | undefined;
}

/** Stores the value beside the time of its last change. */
const format: WrittenFormat = {
  read: (stored) => (isWritten(stored) ? stored : undefined),
  write: (entry) => entry,
};

/**
 * Data shared by all windows, as entries with one key each in globalState, so that a window never overwrites
 * what others know.
 */
export class SharedEntries<V> implements Disposable {
  readonly #decode: SharedEntriesContext<V>['decode'];
  readonly #writes: LastWrites;
  readonly #changes = new Emitter<readonly string[]>();
  #values: ReadonlyMap<string, V>;

  /** Fires with the ids of the entries that were added, changed or removed, in this window or another. */
  readonly onDidChange = this.#changes.event;

  constructor({ decode, ...context }: SharedEntriesContext<V>) {
    this.#decode = decode;
    this.#writes = new LastWrites({ ...context, format });
    this.#values = this.#getValues(this.#writes.read());
    this.#writes.onDidCheck(() => {
      this.rescan();
    });
  }

  /** The entries by ID, in the order in which they were last set. */
  list(): ReadonlyMap<string, V> {
    return this.#values;
  }

  /** Adds or replaces entries. */
  set(entries: ReadonlyMap<string, V>): void {
    this.#write(entries);
  }

  /** Removes entries. Unknown IDs are ignored. */
  remove(ids: Iterable<string>): void {
    const known = [...ids].filter((id) => this.#values.has(id));
    this.#write(new Map(known.map((id) => [id, undefined])));
  }

  /** Checks for changes of other windows, and fires if there are any. */
  rescan(): void {
    const before = this.#values;
    this.#values = this.#getValues(this.#writes.read());
    const ids = new Set([...before.keys(), ...this.#values.keys()]);
    const changed = [...ids].filter((id) => !isDeepStrictEqual(before.get(id), this.#values.get(id)));
    if (changed.length > 0) this.#changes.fire(changed);
  }

  /** Checks for changes now, and again when they may have arrived. */
  rescanSoon(): void {
    this.rescan();
    this.#writes.checkSoon();
  }

  dispose(): void {
    this.#writes.dispose();
    this.#changes.dispose();
  }

  #write(changes: ReadonlyMap<string, V | undefined>): void {
    if (changes.size === 0) return;
    // If the state cannot be written, the change is lost at the next start, which cannot be helped here.
    this.#writes.write(changes).catch(() => undefined);
    this.rescan();
  }

  #getValues(read: ReadonlyMap<string, Written>): ReadonlyMap<string, V> {
    const present = [...read].toSorted(([, a], [, b]) => a.at - b.at);
    return new Map(
      present.flatMap(([id, { value }]) => {
        const decoded = value === undefined ? undefined : this.#decode(value);
        return decoded === undefined ? [] : [[id, decoded] as const];
      }),
    );
  }
}

function isWritten(stored: unknown): stored is Written {
  return typeof stored === 'object' && stored !== null && 'at' in stored && typeof stored.at === 'number';
}
