import { Budget } from '../http/budget';
import { SingleFlight } from '../base/singleFlight';
import { MAX_SILENCE_MS } from '../http/pulse';
import type { Session } from '../services/contract/service';
import type { Resource } from '../services/contract/resource';
import type { MemoryLimits } from './listMemory';
import { MissCache } from './missCache';

/** How long an answer counts, in milliseconds: that there is none too, so that a word in a text is asked for once. */
const LIFETIME_MS = 5 * 60_000;

/** A failure may be over soon. */
const FAILURE_LIFETIME_MS = 30_000;

/** So many answers with resources, or failures, are kept; the oldest go first. */
const CAPACITY = 1000;

/** So many ids that somebody comes across are asked for in a minute, of one account. */
export const MAX_PASSING_LOOK_UPS = 30;
const MINUTE_MS = 60_000;

/**
 * Why an id is looked up: `asked`, for somebody wants to know; `passing`, for the pointer rests on it. A list of thousands
 * of ids is passed by quickly, and must not use up the requests of a minute.
 */
export type LookUpReason = 'asked' | 'passing';

interface Answer {
  readonly found: readonly Resource[];
  readonly until: number;
  readonly hasFailed: boolean;
  /** Bytes of memory that it takes. */
  readonly memory: number;
}

/**
 * Asks accounts for resources by id that are not loaded, and remembers what they answered. An account that fails has
 * none: the tree says what is wrong with it, a hover need not.
 */
export class RemoteIdLookup {
  readonly #answers = new Map<string, Answer>();
  readonly #misses: MissCache;
  /** When the last passing look-ups of each account were made, the oldest first. */
  readonly #passing = new Map<string, readonly number[]>();
  readonly #inFlight = new SingleFlight<readonly Resource[]>();

  #memory = 0;

  /** @param now milliseconds since 1970. */
  constructor(
    private readonly session: (account: Resource) => Promise<Session>,
    private readonly limits: Pick<MemoryLimits, 'lookUp' | 'lookUps'>,
    private readonly now: () => number = Date.now,
  ) {
    this.#misses = new MissCache(LIFETIME_MS, now);
  }

  /**
   * The account's resources with that id; none for a passing look-up that is one too many.
   * @throws the signal's reason. The request is cancelled when the last one who waits for it has gone.
   */
  async locate(
    account: Resource,
    id: string,
    signal: AbortSignal | undefined,
    reason: LookUpReason = 'asked',
  ): Promise<readonly Resource[]> {
    const key = `${account.path} ${id}`;
    const known = this.#known(key);
    if (known) return known;
    if (reason === 'passing' && !this.#mayPass(account.path)) return [];
    const ask = async (shared: AbortSignal): Promise<readonly Resource[]> => {
      const answer = await this.#ask(account, id, reason, shared);
      // A session may answer after its account has changed: that answer is of before.
      shared.throwIfAborted();
      this.#remember(key, answer);
      return answer.found;
    };
    return this.#inFlight.run(key, signal, ask, reason === 'asked' ? MAX_SILENCE_MS : Infinity);
  }

  /** Forgets all answers, and stops what is under way: whoever waits for it gets an `AbortError`. */
  clear(): void {
    this.#inFlight.abortAll();
    this.#answers.clear();
    this.#misses.clear();
    this.#memory = 0;
  }

  #known(key: string): readonly Resource[] | undefined {
    if (this.#misses.has(key)) return [];
    const answer = this.#answers.get(key);
    return answer && this.now() < answer.until ? answer.found : undefined;
  }

  #mayPass(account: string): boolean {
    const now = this.now();
    const recent = (this.#passing.get(account) ?? []).filter((at) => now - at < MINUTE_MS);
    const may = recent.length < MAX_PASSING_LOOK_UPS;
    this.#passing.set(account, may ? [...recent, now] : recent);
    return may;
  }

  async #ask(account: Resource, id: string, reason: LookUpReason, signal: AbortSignal): Promise<Answer> {
    const budget = new Budget(this.limits.lookUp);
    try {
      const session = await this.session(account);
      const priority = reason === 'asked' ? 'interactive' : 'background';
      const call = { signal, priority, budget } as const;
      const found = (await session.findById?.(account, id, call)) ?? [];
      return { found, until: this.now() + LIFETIME_MS, hasFailed: false, memory: budget.used };
    } catch {
      signal.throwIfAborted();
      return { found: [], until: this.now() + FAILURE_LIFETIME_MS, hasFailed: true, memory: 0 };
    }
  }

  #remember(key: string, answer: Answer): void {
    // Put at the end, where the youngest are.
    this.#forget(key);
    if (answer.found.length === 0 && !answer.hasFailed) {
      this.#misses.add(key);
      return;
    }
    this.#answers.set(key, answer);
    this.#memory += answer.memory;
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= CAPACITY && this.#memory <= this.limits.lookUps) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#memory -= this.#answers.get(key)?.memory ?? 0;
    this.#answers.delete(key);
  }
}
