import * as l10n from '@vscode/l10n';
import { Budget, heapShare } from '../http/budget';
import { getAccountId, type ResourcePath } from '../services/contract/path';
import type { Problem } from '../services/contract/resource';

/** How much larger a list may be when it is reloaded. */
const GROWTH = 1.25;

/** Memory limits for data of services, in bytes. */
export interface MemoryLimits {
  /** One list, until the user asks for more of it. */
  readonly list: number;
  /** All lists of one account. */
  readonly account: number;
  /** All lists of all accounts. */
  readonly all: number;
  /** The result of one lookup of an ID that is not loaded. */
  readonly lookUp: number;
  /** All cached lookup results. */
  readonly lookUps: number;
}

/** The memory limits, as shares of the heap. */
export function defaultMemoryLimits(): MemoryLimits {
  return {
    list: heapShare(1 / 6),
    account: heapShare(1 / 3),
    all: heapShare(1 / 2),
    lookUp: heapShare(1 / 64),
    lookUps: heapShare(1 / 32),
  };
}

/** Counts the memory of the lists of all accounts. */
export class ListMemory {
  readonly #all: Budget;
  readonly #accounts = new Map<string, Budget>();
  readonly #lists = new Map<ResourcePath, number>();

  constructor(private readonly limits: MemoryLimits) {
    this.#all = new Budget(limits.all);
  }

  /**
   * The budget for loading the list below a path.
   * @param known bytes that the list takes already; a load that replaces it may use them again.
   * @param replaces true if the load replaces what is known.
   * @param more true if the user asked for more than the limit allows.
   */
  budget(
    path: ResourcePath,
    known: number,
    { replaces, more }: { replaces: boolean; more: boolean },
  ): Budget {
    const { list } = this.limits;
    const account = this.#account(path);
    if (more) account.extend(list);
    if (replaces) this.set(path, 0);
    if (replaces) return new Budget(Math.max(list, known * GROWTH), account);
    return new Budget(more ? list : Math.max(0, list - known), account);
  }

  /** Sets the bytes that the list below a path takes; 0: none. */
  set(path: ResourcePath, bytes: number): void {
    const known = this.#lists.get(path) ?? 0;
    if (known === bytes) return;
    this.#account(path).take(bytes - known);
    if (bytes === 0) this.#lists.delete(path);
    else this.#lists.set(path, bytes);
  }

  /** Adds to the bytes that the list below a path takes. @returns false if that would exceed the limit. */
  add(path: ResourcePath, bytes: number): boolean {
    if (bytes > 0 && this.#account(path).isExceeded) return false;
    this.set(path, (this.#lists.get(path) ?? 0) + bytes);
    return true;
  }

  #account(path: ResourcePath): Budget {
    const id = getAccountId(path);
    const budget = this.#accounts.get(id) ?? new Budget(this.limits.account, this.#all);
    this.#accounts.set(id, budget);
    return budget;
  }
}

/** The problem of a list that was not loaded to its end. @param budget of its load. */
export function pausedProblem(budget: Budget): Problem {
  return {
    title: budget.isOwnExceeded
      ? l10n.t('Not all items are loaded because this list is very large.')
      : l10n.t('Not all items are loaded because other lists already use a lot of memory.'),
    detail: l10n.t('Loading stopped to limit memory usage.'),
    advice: l10n.t('Select Load More to continue.'),
    retryable: false,
  };
}

/** The problem of a list that has more pages, or takes longer, than any list of a documented size. */
export function endlessProblem(): Problem {
  return {
    title: l10n.t('Not all items are loaded because this list does not seem to end.'),
    detail: l10n.t('Loading stopped to avoid endless requests to the service.'),
    advice: l10n.t('Select Load More to continue.'),
    retryable: false,
  };
}
