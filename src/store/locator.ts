import { Budget } from '../http/budget';
import { InFlight } from '../http/inFlight';
import type { Resource, Session } from '../services/service';
import type { MemoryLimits } from './listMemory';

/** How long an answer counts, in milliseconds: that there is none too, so that a word in a text is asked for once. */
const lifetime = 5 * 60_000;
/** A failure may be over soon. */
const failureLifetime = 30_000;
/** So many answers are kept; the oldest go first. */
const capacity = 1000;

interface Answer {
  readonly found: readonly Resource[];
  readonly until: number;
  /** Bytes of memory that it takes. */
  readonly memory: number;
}

/**
 * Asks accounts for resources by id that are not loaded, and remembers what they answered. An account that fails has
 * none: the tree says what is wrong with it, a hover need not.
 */
export class Locator {
  readonly #session: (account: Resource) => Promise<Session>;
  readonly #limits: Pick<MemoryLimits, 'lookUp' | 'lookUps'>;
  readonly #now: () => number;
  readonly #answers = new Map<string, Answer>();
  readonly #inFlight = new InFlight<readonly Resource[]>();

  #memory = 0;

  /** @param now milliseconds since 1970. */
  constructor(
    session: (account: Resource) => Promise<Session>,
    limits: Pick<MemoryLimits, 'lookUp' | 'lookUps'>,
    now: () => number = Date.now,
  ) {
    this.#session = session;
    this.#limits = limits;
    this.#now = now;
  }

  /**
   * The account's resources with that id.
   * @throws the signal's reason. The request is cancelled when the last one who waits for it has gone.
   */
  async locate(account: Resource, id: string, signal: AbortSignal | undefined): Promise<readonly Resource[]> {
    const key = `${account.path} ${id}`;
    const known = this.#answers.get(key);
    if (known && this.#now() < known.until) return known.found;
    return this.#inFlight.run(key, signal, async (shared) => {
      const answer = await this.#ask(account, id, shared);
      // A session may answer after its account has changed: that answer is of before.
      shared.throwIfAborted();
      this.#remember(key, answer);
      return answer.found;
    });
  }

  /** Forgets all answers, and stops what is under way: whoever waits for it gets an `AbortError`. */
  clear(): void {
    this.#inFlight.abortAll();
    this.#answers.clear();
    this.#memory = 0;
  }

  async #ask(account: Resource, id: string, signal: AbortSignal): Promise<Answer> {
    const budget = new Budget(this.#limits.lookUp);
    try {
      const session = await this.#session(account);
      const call = { signal, priority: 'background', budget } as const;
      const found = (await session.locate?.(account, id, call)) ?? [];
      return { found, until: this.#now() + lifetime, memory: found.length > 0 ? budget.used : 0 };
    } catch {
      signal.throwIfAborted();
      return { found: [], until: this.#now() + failureLifetime, memory: 0 };
    }
  }

  #remember(key: string, answer: Answer): void {
    // Put at the end, where the youngest are.
    this.#forget(key);
    this.#answers.set(key, answer);
    this.#memory += answer.memory;
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= capacity && this.#memory <= this.#limits.lookUps) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#memory -= this.#answers.get(key)?.memory ?? 0;
    this.#answers.delete(key);
  }
}
