import { isDeepStrictEqual } from 'node:util';
import { Emitter, type Disposable } from '../../core/base/emitter';
import { LastWrites, type LastWritesContext, type Written, type WrittenFormat } from './lastWrites';

/** What {@link SharedEntries} work with. */
export interface SharedEntriesContext<V> extends Omit<LastWritesContext, 'format'> {
  /** Checks a stored value. @returns undefined for one that is unusable: the entry is left out. */
  readonly decode: (value: unknown) => V | undefined;
}

/** The value of an entry is stored beside the time of its last change. */
const format: WrittenFormat = {
  read: (stored) => (isWritten(stored) ? stored : undefined),
  write: (entry) => entry,
};

/** What all windows know, as entries with a key each in globalState, so that no window has to write what another one knows. */
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
    this.#values = this.#valuesOf(this.#writes.read());
    this.#writes.onDidCheck(() => {
      this.rescan();
    });
  }

  /** The entries by id, in the order in which they were last set. */
  list(): ReadonlyMap<string, V> {
    return this.#values;
  }

  /** Adds or replaces entries. */
  set(entries: ReadonlyMap<string, V>): void {
    this.#write(entries);
  }

  /** Removes entries; ids without one are passed by. */
  remove(ids: Iterable<string>): void {
    const known = [...ids].filter((id) => this.#values.has(id));
    this.#write(new Map(known.map((id) => [id, undefined])));
  }

  /** Looks for what other windows changed, and fires if there is something. */
  rescan(): void {
    const before = this.#values;
    this.#values = this.#valuesOf(this.#writes.read());
    const ids = new Set([...before.keys(), ...this.#values.keys()]);
    const changed = [...ids].filter((id) => !isDeepStrictEqual(before.get(id), this.#values.get(id)));
    if (changed.length > 0) this.#changes.fire(changed);
  }

  /** Looks for changes now, and again when they may have arrived. */
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
    // A state that cannot be written is as of before at the next start: nobody can do anything about it here.
    this.#writes.write(changes).catch(() => undefined);
    this.rescan();
  }

  #valuesOf(read: ReadonlyMap<string, Written>): ReadonlyMap<string, V> {
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
