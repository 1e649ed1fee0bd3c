import { reasonOf, whenAborted } from '../http/abort';
import { Budget } from '../http/budget';
import type { Priority, Wait } from '../http/client';
import { HttpError } from '../http/errors';
import { inTurns, Turns } from '../http/turns';
import { Pulse } from '../http/pulse';
import { accountPath, accountIdOf, isWithin, type ResourcePath } from '../services/path';
import { problemOf } from '../services/problem';
import type { Cursor, Item, Page, Problem, Session } from '../services/service';
import type { Deeper, Graph, Node, Reading } from './graph';
import { endlessProblem, pausedProblem, type ListMemory } from './listMemory';
import {
  countOf,
  fill,
  FirstPlaces,
  follows,
  isUnread,
  itemsOf,
  memoryOf,
  pagesOf,
  pendingOf,
  unread,
  type Branch,
} from './pages';

/** How a list is to be read. */
export interface LoadOptions {
  /** Ends the caller's waiting, and the reading too where nobody else waits for it. */
  readonly signal?: AbortSignal | undefined;
  /** True: read again what is known, passing by caches. What is shown stays until the answer is complete. */
  readonly refresh?: boolean;
  /** True: every page, not the first alone. */
  readonly all?: boolean;
  /** True where a person asks for it: a reading of which nothing was heard for some time is begun anew. */
  readonly asked?: boolean;
  /** Levels to ask for in the same answers. */
  readonly deeper?: Deeper;
  /** Default: `interactive`. */
  readonly priority?: Priority;
}

/** A pause that the reading of a list makes, for the user to see. Without `wait`: it is over. */
export interface Pause {
  readonly path: ResourcePath;
  readonly wait?: Wait;
}

/** A reading to make: from which branch it goes on, and how many items it wants at least. */
export interface Plan extends LoadOptions {
  readonly from: Branch;
  readonly wanted: number;
  /** True where the user asked for more than a list takes by itself. */
  readonly more?: boolean;
}

/** How a reading goes on. */
interface Course {
  readonly signal: AbortSignal;
  readonly pulse: Pulse;
  readonly budget: Budget;
  /** True where nothing is shown before all was read. */
  readonly swap: boolean;
  /** There is something to show. */
  readonly showFirst: () => void;
}

/** What a reader works with. */
export interface ReaderContext {
  readonly graph: Graph;
  readonly memory: ListMemory;
  readonly pageSize: () => number;
  readonly bounds: ListBounds;
  /** The session to read a list by. */
  readonly session: (path: ResourcePath) => Promise<Session>;
  /** There are other rows below a path. */
  readonly changed: (path: ResourcePath) => void;
  readonly paused: (pause: Pause) => void;
  /** How an account did: as of `Store.note`. */
  readonly note: (account: ResourcePath, error: unknown) => void;
}

/** Lists that follow by themselves stop here, for a service might never end. The user may ask for more. */
const followLimit = 10_000;

/** Even a user who asks for all gets no more than this at a time. */
const allLimit = 100_000;

/** How far one reading of a list goes before the user is asked whether it shall go on. */
export interface ReadingBounds {
  readonly pages: number;
  readonly milliseconds: number;
}

/** The bounds of lists that follow by themselves, and of those that are wanted whole. */
export interface ListBounds {
  readonly follow: ReadingBounds;
  readonly all: ReadingBounds;
}

/** At a list of a documented size, 1,000 connections, no reading comes near, even with pages of 10. */
export const defaultListBounds: ListBounds = {
  follow: { pages: 200, milliseconds: 5 * 60_000 },
  all: { pages: 2_000, milliseconds: 20 * 60_000 },
};

/** Reads lists into the graph, page by page. Equal readings are joined, late answers dropped. */
export class Reader {
  readonly #context: ReaderContext;
  /** What is being read. */
  readonly #underWay = new Set<Node>();
  /** In which all work on long lists is done. */
  readonly turns = new Turns();

  constructor(context: ReaderContext) {
    this.#context = context;
  }

  /** Begins a reading, or joins the one under way where that one is as good. */
  join(node: Node, options: LoadOptions): void {
    if (node.reading && isAsGood(node.reading, options)) return;
    this.begin(node, { ...options, from: unread, wanted: countOf(node.branch ?? unread) });
  }

  /** Begins the readings below a path once more of which nothing was heard for some time, for all who wait for them. */
  renewSilent(path: ResourcePath): void {
    for (const node of this.#underWay) {
      const { reading, resource } = node;
      const isBelow = resource.path !== path && isWithin(resource.path, path);
      if (reading?.pulse.isSilent && isBelow) this.begin(node, reading.plan);
    }
  }

  /** Begins a reading, in place of the one under way. Who waits for more pages than this one's gets them as well. */
  begin(node: Node, wished: Plan): void {
    const plan = withWishesOf(node.reading, wished);
    node.reading?.controller.abort();
    const controller = new AbortController();
    const pulse = new Pulse();
    let showFirst = (): void => undefined;
    const first = new Promise<void>((resolve) => (showFirst = resolve));
    const reading: Reading = {
      controller,
      first,
      done: this.#readWithin(node, plan, { signal: controller.signal, pulse, showFirst })
        .catch((error: unknown) => {
          if (controller.signal.aborted) return;
          node.branch = failed(node.branch ?? unread, plan, error);
          if (!isOfPart(node, error)) {
            this.#context.note(accountPath(accountIdOf(node.resource.path)), error);
          }
        })
        .finally(() => {
          showFirst();
          if (node.reading !== reading) return;
          delete node.reading;
          this.#underWay.delete(node);
          this.#context.paused({ path: node.resource.path });
          this.#context.changed(node.resource.path);
        }),
      plan,
      pulse,
      waiters: 0,
    };
    node.reading = reading;
    this.#underWay.add(node);
  }

  /** Reads within the memory that the list may take. What is kept is counted as the list's afterwards. */
  async #readWithin(node: Node, plan: Plan, course: Omit<Course, 'budget' | 'swap'>): Promise<void> {
    const { memory, graph } = this.#context;
    const { path } = node.resource;
    const shown = node.branch ?? unread;
    // Loaded pages stay on screen until all of them were read again; on a first reading each shows as it comes.
    const swap = plan.from === unread && !isUnread(shown);
    const known = memoryOf(swap ? shown : plan.from);
    const budget = memory.budget(path, known, { replaces: swap, more: plan.more ?? false });
    try {
      await this.#readPages(node, plan, { ...course, budget, swap });
    } finally {
      budget.take(-budget.used);
      if (graph.get(path) === node) memory.set(path, memoryOf(node.branch ?? unread));
    }
  }

  async #readPages(node: Node, plan: Plan, course: Course): Promise<void> {
    const { signal, pulse, budget, swap, showFirst } = course;
    const session = await this.#context.session(node.resource.path);
    const stop = new AbortController();
    const ended = AbortSignal.any([signal, stop.signal]);
    let branch = plan.from;
    const shownPages = swap ? pagesOf(node.branch ?? unread).length : 0;
    const firsts = new FirstPlaces(branch);
    const left = countdown(this.#context.bounds, plan, pagesOf(plan.from).length, shownPages);
    let placed: Promise<unknown> = Promise.resolve();
    /** One page after the other: an item that is on two of them stands where it came first. */
    const place = async (
      cursor: Cursor | undefined,
      page: Page,
      costs: { readonly memory: number; readonly askedAt: number },
    ): Promise<void> => {
      signal.throwIfAborted();
      const telling = firsts.claim(branch, cursor, page);
      const adoption = this.#context.graph.adopt(node, page, plan.deeper, telling);
      const adopted = await inTurns(adoption, this.turns, signal);
      for (const resource of page.seen ?? []) {
        if (this.#context.graph.replace(resource, costs.askedAt)) this.#context.changed(resource.path);
      }
      branch = fill(branch, cursor, adopted, Date.now(), costs.memory);
      if (!swap) this.#show(node, branch);
    };
    const readPage = async (cursor: Cursor | undefined, priority: Priority): Promise<void> => {
      const measure = new Budget(Infinity, budget);
      const askedAt = Date.now();
      const page = await session.children(node.resource, this.#request(cursor, plan), {
        ...{ signal: ended, priority, budget: measure, onProgress: pulse.beat, turns: this.turns },
        onWait: (wait) => {
          pulse.wait(wait);
          this.#context.paused({ path: node.resource.path, wait });
        },
      });
      signal.throwIfAborted();
      pulse.beat();
      if (swap) throwWhereLess(page, node.branch ?? unread);
      this.#context.note(accountPath(accountIdOf(node.resource.path)), undefined);
      const before = placed;
      const placing = before
        .catch(() => undefined)
        .then(() => place(cursor, page, { memory: measure.used, askedAt }));
      placed = placing;
      await placing;
    };
    const readPages = async (cursors: readonly (Cursor | undefined)[], priority: Priority): Promise<void> => {
      const reading = cursors.map((cursor) => readPage(cursor, priority));
      // None of the others could be kept either: those that wait for their turn need not.
      for (const one of reading) {
        one.catch((error: unknown) => {
          if (isOver(budget, error)) stop.abort(error);
        });
      }
      await everyOne(reading);
    };
    try {
      if (isUnread(branch)) await readPages([undefined], plan.priority ?? 'interactive');
      if (!swap) showFirst();
      for (let next = due(branch, plan); next.length > 0; next = due(branch, plan)) {
        const room = left(pagesOf(branch).length);
        if (room <= 0) {
          branch = { ...branch, paused: endlessProblem(), isPassable: plan.all !== true };
          break;
        }
        await readPages(next.slice(0, room), plan.all ? 'interactive' : 'background');
      }
    } catch (error) {
      signal.throwIfAborted();
      // A page that is too large for the list alone will not be smaller the next time.
      if (!isOver(budget, error) || (isUnread(branch) && budget.isOwnExceeded)) throw error;
      branch = { ...branch, paused: pausedProblem(budget) };
    }
    await inTurns(this.#context.graph.prune(node, branch), this.turns, signal);
    this.#show(node, branch);
  }

  #request(cursor: Cursor | undefined, plan: Plan): Parameters<Session['children']>[1] {
    return {
      ...(cursor && { cursor }),
      size: this.#context.pageSize(),
      fresh: plan.refresh ?? false,
      levels: plan.deeper?.levels ?? 0,
    };
  }

  #show(node: Node, branch: Branch): void {
    node.branch = branch;
    this.#context.changed(node.resource.path);
  }
}

/** The plan with all pages that those want who wait for the reading in whose place it comes. */
function withWishesOf(before: Reading | undefined, plan: Plan): Plan {
  if (!before || before.controller.signal.aborted) return plan;
  const { all = false, wanted } = before.plan;
  return { ...plan, ...(all && { all }), wanted: Math.max(wanted, plan.wanted) };
}

/** True where a reading under way gives all that is wanted, and something was heard of it lately if a person asks. */
function isAsGood({ controller, plan, pulse }: Reading, options: LoadOptions): boolean {
  if (controller.signal.aborted || (options.asked && pulse.isSilent)) return false;
  const isFresh = plan.refresh === true || !options.refresh;
  return isFresh && (plan.deeper?.levels ?? 0) >= (options.deeper?.levels ?? 0);
}

/**
 * Tells how many pages a reading may still read. It may read as many as are shown, however long that takes.
 * @param before pages that were read before it.
 */
function countdown(
  bounds: ListBounds,
  { all }: Plan,
  before: number,
  shown: number,
): (read: number) => number {
  const { pages, milliseconds } = all ? bounds.all : bounds.follow;
  const end = Date.now() + milliseconds;
  return (read) => Math.max(Date.now() < end ? pages - (read - before) : 0, shown - read);
}

/** The pages to read next: all of those known, or one at a time where the user decides. */
function due(branch: Branch, plan: Plan): readonly Cursor[] {
  const pending = pendingOf(branch);
  const count = countOf(branch);
  if (plan.all) return count < allLimit ? pending : [];
  if (follows(branch)) return count < Math.max(followLimit, plan.wanted) ? pending : [];
  return count < plan.wanted ? pending.slice(0, 1) : [];
}

/** True where a page was not read because the budget is spent. */
function isOver(budget: Budget, error: unknown): boolean {
  return budget.isExceeded && error instanceof HttpError && error.kind === 'tooLarge';
}

/** A page that holds less than what is shown, for a reason that it tells. */
class LessThanShown extends Error {
  override readonly name = 'LessThanShown';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.what);
    this.problem = problem;
  }
}

/** @throws LessThanShown where a page tells of a refusal, and there are resources in what is shown. */
function throwWhereLess({ items, isPartial }: Page, shown: Branch): void {
  const problem = isPartial && items.find(({ resource }) => resource.problem)?.resource.problem;
  const holds = ({ resource }: Item): boolean => resource.kind !== 'problem' && resource.kind !== 'group';
  if (problem && itemsOf(shown).some(holds)) throw new LessThanShown({ ...problem, retry: true });
}

/** The branch after a reading that failed: with what was shown, and the reason. */
function failed(shown: Branch, plan: Plan, error: unknown): Branch {
  const stale = plan.from === unread && pagesOf(shown).length > 0 && plan.refresh === true;
  const problem = error instanceof LessThanShown ? error.problem : problemOf(error);
  return { ...shown, problem, failedAt: Date.now(), stale, dirty: false };
}

/** A service that cannot answer for one resource may answer for all others. */
function isOfPart({ resource }: Node, error: unknown): boolean {
  return resource.kind !== 'account' && error instanceof HttpError && error.kind === 'server';
}

/** Waits for all of them, then fails if one did: one lost page does not cost the others. */
async function everyOne(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}

/** Waits for as much of a node's reading as the caller needs, also where another reading takes its place meanwhile. */
export async function settled(node: Node, options: LoadOptions): Promise<void> {
  const complete = options.all === true || options.refresh === true;
  while (node.reading && (complete || !node.branch)) await joined(node.reading, complete, options.signal);
}

/** Waits as one of a reading's callers. The last one that gives up cancels it. */
async function joined(reading: Reading, complete: boolean, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  reading.waiters++;
  const promise = complete ? reading.done : reading.first;
  const detach: (() => void)[] = [];
  const replaced = new Promise<void>((resolve) => {
    detach.push(whenAborted(reading.controller.signal, resolve));
  });
  const cancelled = new Promise<never>((_, reject) => {
    if (!signal) return;
    const giveUp = (): void => {
      if (--reading.waiters === 0) reading.controller.abort(signal.reason);
      reject(reasonOf(signal));
    };
    detach.push(whenAborted(signal, giveUp));
  });
  try {
    await Promise.race([promise, replaced, cancelled]);
  } finally {
    for (const end of detach) end();
  }
}
