import { Budget } from '../http/budget';
import { SingleFlight } from '../base/singleFlight';
import { MAX_SILENCE_MS } from '../http/pulse';
import type { Session } from '../services/contract/service';
import type { Resource } from '../services/contract/resource';
import type { MemoryLimits } from './listMemory';

/** How long a result is cached, in milliseconds. This includes misses, so that a word in a text is looked up once. */
const LIFETIME_MS = 5 * 60_000;

/** Failures may be temporary. */
const FAILURE_LIFETIME_MS = 30_000;

/** Ids kept in a generation; a dump of documents may hold some thousand. */
const MAX_GENERATION_SIZE = 20_000;

/** Maximum number of cached hits and failures; the oldest are dropped first. */
const CAPACITY = 1000;

/** Maximum number of passing lookups per minute and account. */
export const MAX_PASSING_LOOK_UPS = 30;
const MINUTE_MS = 60_000;

/**
 * Why an ID is looked up: `asked` by the user, or `passing`, because the pointer is over it. A pointer that moves over
 * a list of thousands of IDs must not use up the request limit.
 */
export type LookUpReason = 'asked' | 'passing';

/** What a look-up brought. */
export interface LookUp {
  readonly found: readonly Resource[];
  /** The errors of the accounts that could not be asked. */
  readonly failures: readonly unknown[];
}

/** What one account answered. */
interface Located {
  readonly found: readonly Resource[];
  /** The error, if the account could not be asked. */
  readonly failure?: unknown;
}

interface Answer extends Located {
  readonly until: number;
  /** Bytes of memory that it takes. */
  readonly memory: number;
}

const NOTHING: Located = { found: [] };

/**
 * Looks up resources by ID at accounts, and caches the results. A failing account has no results, and a failure, for
 * those who say that an ID was not found.
 */
export class RemoteIdLookup {
  readonly #answers = new Map<string, Answer>();
  readonly #misses: MissCache;
  /** Times of the latest passing lookups of each account, oldest first. */
  readonly #passing = new Map<string, readonly number[]>();
  readonly #inFlight = new SingleFlight<Located>();

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
   * The account's resources with that ID; none if a passing lookup exceeds the limit.
   * @throws the signal's reason. The request is canceled when its last caller cancels.
   */
  async locate(
    account: Resource,
    id: string,
    signal: AbortSignal | undefined,
    reason: LookUpReason = 'asked',
  ): Promise<Located> {
    const key = `${account.path} ${id}`;
    const known = this.#known(key);
    if (known) return known;
    if (reason === 'passing' && !this.#mayPass(account.path)) return NOTHING;
    const ask = async (shared: AbortSignal): Promise<Located> => {
      const answer = await this.#ask(account, id, reason, shared);
      // A canceled request has not failed, and a session may answer after its account has changed.
      shared.throwIfAborted();
      this.#remember(key, answer);
      return answer;
    };
    return this.#inFlight.run(key, signal, ask, reason === 'asked' ? MAX_SILENCE_MS : Infinity);
  }

  /** Clears the cache, and cancels running lookups: their callers get an `AbortError`. */
  clear(): void {
    this.#inFlight.abortAll();
    this.#answers.clear();
    this.#misses.clear();
    this.#memory = 0;
  }

  #known(key: string): Located | undefined {
    if (this.#misses.has(key)) return NOTHING;
    const answer = this.#answers.get(key);
    return answer && this.now() < answer.until ? answer : undefined;
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
      return { found, until: this.now() + LIFETIME_MS, memory: budget.used };
    } catch (failure) {
      return { found: [], failure, until: this.now() + FAILURE_LIFETIME_MS, memory: 0 };
    }
  }

  #remember(key: string, answer: Answer): void {
    // Moved to the end, among the newest entries.
    this.#forget(key);
    if (answer.found.length === 0 && !('failure' in answer)) {
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

/**
 * Remembers texts that were not found, in two generations: when the current one is old or full, it becomes
 * the previous one, and the former previous one is dropped. So a text is remembered for one to two lifetimes,
 * without timers or sorting.
 */
export class MissCache {
  #current = new Set<string>();
  #former = new Set<string>();
  #begun: number;

  /** @param now milliseconds since 1970. */
  constructor(
    private readonly lifetimeMs: number,
    private readonly now: () => number,
  ) {
    this.#begun = now();
  }

  add(text: string): void {
    this.#age();
    if (this.#current.size >= MAX_GENERATION_SIZE) this.#turn();
    this.#current.add(text);
  }

  has(text: string): boolean {
    this.#age();
    return this.#current.has(text) || this.#former.has(text);
  }

  clear(): void {
    this.#current.clear();
    this.#former.clear();
  }

  #age(): void {
    const lifetimes = Math.floor((this.now() - this.#begun) / this.lifetimeMs);
    if (lifetimes <= 0) return;
    this.#turn();
    if (lifetimes > 1) this.#former.clear();
  }

  #turn(): void {
    this.#former = this.#current;
    this.#current = new Set();
    this.#begun = this.now();
  }
}
