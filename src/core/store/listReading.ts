import { Budget } from '../http/budget';
import type { Priority, Wait } from '../http/types';
import { HttpError } from '../http/errors';
import type { Pulse } from '../http/pulse';
import { inTurns, type Turns } from '../base/turns';
import { getAccountId, accountPath, type ResourcePath } from '../services/contract/path';
import type { Session } from '../services/contract/service';
import type { Page, Cursor } from '../services/contract/page';
import type { Problem } from '../services/contract/resource';
import type { Graph, Node } from './graph';
import { endlessProblem, pausedProblem, type ListMemory } from './listMemory';
import {
  countItems,
  withPage,
  FirstPlaces,
  loadsAllPages,
  isUnread,
  loadedPages,
  pendingCursors,
  EMPTY_LIST,
  type ChildList,
  type ListedItem,
} from './childList';
import type { LoadRequest } from './loadOptions';

/** The course of one load. */
export interface Course {
  readonly signal: AbortSignal;
  readonly pulse: Pulse;
  readonly budget: Budget;
  /** True if nothing is shown until everything is loaded. */
  readonly swap: boolean;
  /** Called when there is something to show. */
  readonly showFirst: () => void;
}

/** Eager lists stop here, because a service might never end. The user can load more. */
const MAX_ITEMS_BY_ITSELF = 10_000;

/** Limit of a load of all items. */
const MAX_ITEMS_AT_ONCE = 100_000;

/** How far a load goes before the user is asked whether to continue. */
interface ReadingBounds {
  readonly pages: number;
  readonly milliseconds: number;
}

/** The limits of eager lists, and of lists that are loaded completely on request. */
export interface ListBounds {
  readonly eager: ReadingBounds;
  readonly all: ReadingBounds;
}

/** No load of a list of a documented size, 1,000 connections, comes near, even with pages of 10. */
export const DEFAULT_LIST_BOUNDS: ListBounds = {
  eager: { pages: 200, milliseconds: 5 * 60_000 },
  all: { pages: 2_000, milliseconds: 20 * 60_000 },
};

export interface ReadingOf {
  readonly session: Session;
  readonly node: Node;
  readonly plan: LoadRequest;
  readonly course: Course;
}

/** A page that was requested. */
interface Asked {
  /** Where it starts; undefined for the first. */
  readonly cursor: Cursor | undefined;
  readonly answer: Promise<Page>;
  /** Measures its memory. */
  readonly measure: Budget;
  /** In milliseconds since 1970. */
  readonly askedAt: number;
}

/** A page that arrived, and what it cost. */
interface Arrival extends Pick<Asked, 'cursor' | 'askedAt'> {
  readonly page: Page;
  /** Bytes of memory that it takes. */
  readonly memory: number;
}

/** Loads a list into the graph, page by page. */
export class ListReading {
  readonly #session: Session;
  readonly #node: Node;
  readonly #plan: LoadRequest;
  readonly #course: Course;
  readonly #stop = new AbortController();
  readonly #ended: AbortSignal;
  readonly #firsts: FirstPlaces;
  /** How many more pages may be loaded, given the number loaded. */
  readonly #room: (read: number) => number;
  #branch: ChildList;
  #hasShown = false;
  /** The page after those that were read, requested while the last of them is decoded. */
  #ahead: Asked | undefined;
  /** Resolves when all pages that arrived are merged. */
  #placed: Promise<unknown> = Promise.resolve();

  /** @param turns in which long pages are processed. */
  constructor(
    private readonly context: ListLoaderContext,
    private readonly turns: Turns,
    { session, node, plan, course }: ReadingOf,
  ) {
    this.#session = session;
    this.#node = node;
    this.#plan = plan;
    this.#course = course;
    this.#ended = AbortSignal.any([course.signal, this.#stop.signal]);
    this.#branch = plan.from;
    this.#firsts = new FirstPlaces(plan.from);
    const shown = course.swap ? loadedPages(node.children ?? EMPTY_LIST).length : 0;
    this.#room = countdown(context.bounds, plan, loadedPages(plan.from).length, shown);
  }

  /** @throws what the session throws, if no page was loaded that can be shown; the signal's reason. */
  async run(): Promise<void> {
    try {
      await this.#readAll();
    } catch (error) {
      this.#pauseWhereOver(error);
    } finally {
      // Ends the request for a page that is not wanted any more.
      this.#stop.abort();
    }
    const { signal } = this.#course;
    await inTurns(this.context.graph.prune(this.#node, this.#branch), this.turns, signal);
    await this.#show();
  }

  /** Loads the first page, then all that are due after it. */
  async #readAll(): Promise<void> {
    const plan = this.#plan;
    const isBegun = !isUnread(this.#branch);
    if (!isBegun) await this.#readFirstPage(plan.priority ?? 'interactive');
    if (!this.#course.swap) await this.#showFirst(isBegun);
    for (let next = this.#due(); next.length > 0; next = this.#due()) {
      const room = this.#room(loadedPages(this.#branch).length);
      if (room <= 0) {
        this.#branch = { ...this.#branch, paused: endlessProblem(), isPassable: plan.all !== true };
        return;
      }
      await this.#readPages(next.slice(0, room), plan.all ? 'interactive' : 'background');
    }
  }

  async #readFirstPage(priority: Priority): Promise<void> {
    // In the time that the service takes to answer.
    void this.turns.next().then(() => {
      this.context.graph.prepareOrder();
    });
    await this.#readPages([undefined], priority);
  }

  /** Who waits for the first rows shows them before more is asked for. */
  async #showFirst(isBegun: boolean): Promise<void> {
    this.#course.showFirst();
    if (isBegun || this.#due().length === 0) return;
    await this.turns.next();
    this.#ended.throwIfAborted();
  }

  #due(): readonly Cursor[] {
    return nextCursors(this.#branch, this.#plan);
  }

  /** Ends the load with the pages loaded so far if memory is short. @throws any other error. */
  #pauseWhereOver(error: unknown): void {
    const { signal, budget } = this.#course;
    signal.throwIfAborted();
    // A page that exceeds the limit of the list by itself will not be smaller the next time.
    if (!isOver(budget, error) || (isUnread(this.#branch) && budget.isOwnExceeded)) throw error;
    this.#branch = { ...this.#branch, paused: pausedProblem(budget) };
  }

  /** Loads pages in parallel. */
  async #readPages(cursors: readonly (Cursor | undefined)[], priority: Priority): Promise<void> {
    const reading = cursors.map((cursor) => this.#readPage(cursor, priority));
    // The others could not be kept either: cancel those that are still queued.
    for (const one of reading) {
      one.catch((error: unknown) => {
        if (isOver(this.#course.budget, error)) this.#stop.abort(error);
      });
    }
    await allOrFirstFailure(reading);
  }

  async #readPage(cursor: Cursor | undefined, priority: Priority): Promise<void> {
    const { signal, pulse, swap } = this.#course;
    const asked = this.#ahead?.cursor === cursor ? this.#ahead : undefined;
    this.#ahead = undefined;
    const { answer, measure, askedAt } = asked ?? this.#ask(cursor, priority);
    const page = await answer;
    signal.throwIfAborted();
    pulse.beat();
    if (swap) throwWhereLess(page, this.#node.children ?? EMPTY_LIST);
    this.context.note(accountPath(getAccountId(this.#node.resource.path)), undefined);
    const before = this.#placed;
    const placing = before
      .catch(() => undefined)
      .then(() => this.#place({ cursor, page, memory: measure.used, askedAt }));
    this.#placed = placing;
    await placing;
  }

  #ask(cursor: Cursor | undefined, priority: Priority): Asked {
    const { pulse } = this.#course;
    const measure = new Budget(Infinity, this.#course.budget);
    const request = {
      ...(cursor && { cursor }),
      size: this.context.pageSize(),
      bypassCache: this.#plan.refresh ?? false,
      depth: this.#plan.prefetch?.depth ?? 0,
      onNext: (next: Cursor) => {
        this.#askAhead(next, priority);
      },
    };
    const answer = this.#session.children(this.#node.resource, request, {
      ...{ signal: this.#ended, priority, budget: measure, onProgress: pulse.beat, turns: this.turns },
      notBefore: this.#plan.notBefore,
      onWait: (wait) => {
        pulse.wait(wait);
        this.context.paused({ path: this.#node.resource.path, wait });
      },
    });
    return { cursor, answer, measure, askedAt: Date.now() };
  }

  /** Only what is due for certain: each request counts. */
  #askAhead(cursor: Cursor, priority: Priority): void {
    const isKnown = this.#branch.slots.some((slot) => slot.cursor === cursor);
    const count = countItems(this.#branch) + this.context.pageSize();
    const room = this.#room(loadedPages(this.#branch).length + 1);
    if (this.#ahead || isKnown || count >= mostAtOnce(this.#branch, this.#plan) || room <= 0) return;
    this.#ahead = this.#ask(cursor, priority);
    // It is thrown where the page is read, if it still is.
    this.#ahead.answer.catch(() => undefined);
  }

  /** Merges pages one at a time: an item that is on two pages keeps its first position. */
  async #place({ cursor, page, memory, askedAt }: Arrival): Promise<void> {
    const { signal, swap } = this.#course;
    const { graph, changed } = this.context;
    signal.throwIfAborted();
    const claimed = this.#firsts.claim(this.#branch, cursor, page);
    const adoption = graph.adopt(this.#node, page, this.#plan.prefetch, claimed);
    const adopted = await inTurns(adoption, this.turns, signal);
    const seen = await inTurns(graph.replace(page.updated ?? [], askedAt), this.turns, signal);
    for (const { path } of seen) changed(path);
    this.#branch = withPage(this.#branch, cursor, adopted, Date.now(), memory);
    if (!swap) await this.#show();
  }

  /** Sorts the list, then shows it as a whole. */
  async #show(): Promise<void> {
    await inTurns(this.context.graph.arrange(this.#branch), this.turns, this.#course.signal);
    // The shown list may have been marked dirty meanwhile.
    if (this.#hasShown && this.#node.children?.dirty) this.#branch = { ...this.#branch, dirty: true };
    this.#hasShown = true;
    this.#node.children = this.#branch;
    this.context.changed(this.#node.resource.path);
  }
}

/**
 * Returns how many more pages may be loaded: at least as many as are shown, however long that takes.
 * @param before pages loaded before.
 */
function countdown(
  bounds: ListBounds,
  { all }: LoadRequest,
  before: number,
  shown: number,
): (read: number) => number {
  const { pages, milliseconds } = all ? bounds.all : bounds.eager;
  const end = Date.now() + milliseconds;
  return (read) => Math.max(Date.now() < end ? pages - (read - before) : 0, shown - read);
}

/** The pages to load next: all known ones, or one at a time if the list is loaded on demand. */
function nextCursors(branch: ChildList, plan: LoadRequest): readonly Cursor[] {
  const pending = pendingCursors(branch);
  const count = countItems(branch);
  if (plan.all || loadsAllPages(branch)) return count < mostAtOnce(branch, plan) ? pending : [];
  return count < plan.wanted ? pending.slice(0, 1) : [];
}

/** The number of items from which no more are loaded without being asked for; 0 if that depends on the user. */
function mostAtOnce(branch: ChildList, plan: LoadRequest): number {
  if (plan.all) return MAX_ITEMS_AT_ONCE;
  return loadsAllPages(branch) ? Math.max(MAX_ITEMS_BY_ITSELF, plan.wanted) : 0;
}

/** True if a page was not loaded because the budget is used up. */
function isOver(budget: Budget, error: unknown): boolean {
  return budget.isExceeded && error instanceof HttpError && error.kind === 'tooLarge';
}

/** A page that has less than what is shown, and reports why. */
export class LessThanShown extends Error {
  override readonly name = 'LessThanShown';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** @throws LessThanShown if a page reports a refusal, and resources of the list are shown. */
function throwWhereLess({ items, isPartial }: Page, shown: ChildList): void {
  const problem = isPartial && items.find(({ resource }) => resource.problem)?.resource.problem;
  const holds = ({ resource }: ListedItem): boolean =>
    resource.kind !== 'problem' && resource.kind !== 'group';
  const isShown = loadedPages(shown).some((shownPage) => shownPage.items.some(holds));
  if (problem && isShown) throw new LessThanShown({ ...problem, retryable: true });
}

/** Waits for all promises, then throws the first failure: one lost page does not cost the others. */
async function allOrFirstFailure(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}

/** A delay in loading a list, to be shown to the user. Without `wait`: it is over. */
export interface ThrottleEvent {
  readonly path: ResourcePath;
  readonly wait?: Wait;
}

export interface ListLoaderContext {
  readonly graph: Graph;
  readonly memory: ListMemory;
  readonly pageSize: () => number;
  readonly bounds: ListBounds;
  /** The session that loads a list. */
  readonly session: (path: ResourcePath) => Promise<Session>;
  /** The rows below a path have changed. */
  readonly changed: (path: ResourcePath) => void;
  readonly paused: (pause: ThrottleEvent) => void;
  /** As `Store.reportHealth`. */
  readonly note: (account: ResourcePath, error: unknown) => void;
}
