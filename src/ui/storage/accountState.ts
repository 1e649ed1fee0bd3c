import type { Disposable, Event } from '../../core/base/emitter';
import { LastWrites, type LastWritesContext, type SharedState, type WrittenFormat } from './lastWrites';

/** Member of a stored account with the time of its last change. Version 0.1.0 ignores it. */
const TIME_KEY = 'savedAt';

/**
 * Stores an account in the shape of version 0.1.0, with the time of its last change as an additional member.
 * A removed one is stored as that time only, which version 0.1.0 does not take for an account.
 */
const format: WrittenFormat = {
  read: (stored) => {
    if (!isRecord(stored)) return { at: 0, value: stored };
    const { [TIME_KEY]: time, ...value } = stored;
    const at = typeof time === 'number' ? time : 0;
    return Object.keys(value).length === 0 ? { at } : { at, value };
  },
  write: ({ at, value }) => (isRecord(value) ? { ...value, [TIME_KEY]: at } : (value ?? { [TIME_KEY]: at })),
};

export interface AccountStateContext extends Omit<LastWritesContext, 'format'> {
  /** Called with each key before it is written, to refuse foreign ones. @throws Error for such a key. */
  readonly check: (key: string) => void;
}

/**
 * The part of globalState that belongs to accounts: for keys with the prefix, the last change wins, whichever
 * window made it.
 */
export class AccountGlobalState implements SharedState, Disposable {
  readonly #writes: LastWrites;

  /** Fires after each check for changes of other windows. */
  readonly onDidCheck: Event<undefined>;

  constructor(private readonly context: AccountStateContext) {
    this.#writes = new LastWrites({ ...context, format });
    this.onDidCheck = this.#writes.onDidCheck;
  }

  keys(): readonly string[] {
    const { state, prefix } = this.context;
    const present = [...this.#writes.read()].filter(([, { value }]) => value !== undefined);
    const others = state.keys().filter((key) => !key.startsWith(prefix));
    return [...others, ...present.map(([id]) => prefix + id)];
  }

  readonly get: SharedState['get'] = (key: string, fallback?: unknown): unknown => {
    const id = this.#getId(key);
    if (id === undefined) return this.context.state.get(key, fallback);
    return this.#writes.get(id)?.value ?? fallback;
  };

  update(key: string, value: unknown): Thenable<void> {
    this.context.check(key);
    const id = this.#getId(key);
    if (id === undefined) return this.context.state.update(key, value);
    // What does not exist needs no record of its removal.
    if (value === undefined && this.get(key) === undefined) return Promise.resolve();
    return this.#writes.write(new Map([[id, value]]));
  }

  /** True if the account with that ID was removed in the last minutes, in any window. */
  isRemoved(id: string): boolean {
    const written = this.#writes.get(id);
    return written !== undefined && written.value === undefined;
  }

  /** Checks again when changes of other windows may have arrived. */
  rescanSoon(): void {
    this.#writes.checkSoon();
  }

  dispose(): void {
    this.#writes.dispose();
  }

  #getId(key: string): string | undefined {
    const { prefix } = this.context;
    return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
