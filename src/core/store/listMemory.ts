import * as l10n from '@vscode/l10n';
import { Budget, heapShare } from '../http/budget';
import { getAccountId, type ResourcePath } from '../services/contract/path';
import type { Problem } from '../services/contract/resource';

/** How much larger a list may be when it is read again. */
const GROWTH = 1.25;

/** How much memory what services send may take, in bytes. */
export interface MemoryLimits {
  /** One list, until the user asks for more of it. */
  readonly list: number;
  /** All lists of one account. */
  readonly account: number;
  /** All lists of all accounts. */
  readonly all: number;
  /** The answer to one question for an id that is not loaded. */
  readonly lookUp: number;
  /** All such answers that are remembered. */
  readonly lookUps: number;
}

/** The memory of lists, as shares of what this process may use. */
export function defaultMemoryLimits(): MemoryLimits {
  return {
    list: heapShare(1 / 6),
    account: heapShare(1 / 3),
    all: heapShare(1 / 2),
    lookUp: heapShare(1 / 64),
    lookUps: heapShare(1 / 32),
  };
}

/** Counts the memory that the lists of all accounts take. */
export class ListMemory {
  readonly #all: Budget;
  readonly #accounts = new Map<string, Budget>();
  readonly #lists = new Map<ResourcePath, number>();

  constructor(private readonly limits: MemoryLimits) {
    this.#all = new Budget(limits.all);
  }

  /**
   * What a reading of the list below a path may take.
   * @param known bytes that the list takes already, which a reading that replaces it may take again.
   * @param replaces true where what is read takes the place of what is known.
   * @param more true where the user asked for more than there is room for.
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

  /** Notes how many bytes the list below a path takes; 0: none. */
  set(path: ResourcePath, bytes: number): void {
    this.#account(path).take(bytes - (this.#lists.get(path) ?? 0));
    if (bytes === 0) this.#lists.delete(path);
    else this.#lists.set(path, bytes);
  }

  /** Notes that the list below a path has grown or shrunk. @returns false where there is no room for that. */
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

/** What to tell of a list that was not read to its end. @param budget of its reading. */
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

/** What to tell of a list that has more pages, or takes longer, than any list of a documented size. */
export function endlessProblem(): Problem {
  return {
    title: l10n.t('Not all items are loaded because this list does not seem to end.'),
    detail: l10n.t('Loading stopped to avoid endless requests to the service.'),
    advice: l10n.t('Select Load More to continue.'),
    retryable: false,
  };
}
