import { abortReason, whenAborted } from '../base/abort';
import { HttpError } from '../http/errors';
import { Turns } from '../base/turns';
import { Pulse } from '../http/pulse';
import { accountPath, getAccountId, isWithin, type ResourcePath } from '../services/contract/path';
import { toProblem } from '../services/common/problem';
import type { Node, ListLoad } from './graph';
import { LessThanShown, ListReading, type ListLoaderContext, type Course } from './listReading';
import { countItems, isUnread, memoryUsed, loadedPages, EMPTY_LIST, type ChildList } from './childList';
import type { LoadOptions, LoadRequest } from './loadOptions';

/** Reads lists into the graph, page by page. Equal readings are joined, late answers dropped. */
export class ListLoader {
  /** What is being read. */
  readonly #underWay = new Set<Node>();
  /** In which all work on long lists is done. */
  readonly turns = new Turns();

  constructor(private readonly context: ListLoaderContext) {}

  /**
   * Begins a reading, or joins the one under way where that one is as good. One that waits until the service wants requests
   * again is followed, for to begin anew would be to ask at once.
   */
  join(node: Node, options: LoadOptions): void {
    const { reading } = node;
    if (reading && isAsGood(reading, options)) return;
    if (reading?.pulse.isHeld && !reading.controller.signal.aborted && !reading.pulse.isSilent) {
      reading.next = strictest(reading.next, options);
      return;
    }
    this.begin(node, { ...options, from: EMPTY_LIST, wanted: countItems(node.children ?? EMPTY_LIST) });
  }

  /**
   * Has the lists below a path read again when somebody next looks at them that are being read since before a moment, of
   * `performance.now()`. The readings of which nothing was heard for some time begin once more, for all who wait for them.
   */
  renewBelow(path: ResourcePath, notBefore: number): void {
    for (const node of this.#underWay) {
      const { reading, resource } = node;
      if (!reading || resource.path === path || !isWithin(resource.path, path)) continue;
      if (reading.pulse.isSilent) this.begin(node, reading.plan);
      else if (reading.begunAt < notBefore) reading.isOutdated = true;
    }
  }

  /** Begins a reading, in place of the one under way. Who waits for more pages than this one's gets them as well. */
  begin(node: Node, wished: LoadRequest): void {
    const plan = mergeRequests(node.reading, wished);
    node.reading?.controller.abort();
    const controller = new AbortController();
    const pulse = new Pulse();
    let showFirst = (): void => undefined;
    const first = new Promise<void>((resolve) => (showFirst = resolve));
    const reading: ListLoad = {
      controller,
      first,
      done: this.#readWithin(node, plan, { signal: controller.signal, pulse, showFirst })
        .catch((error: unknown) => {
          if (controller.signal.aborted) return;
          node.children = failed(node.children ?? EMPTY_LIST, plan, error);
          if (!isItemError(node, error)) {
            this.context.note(accountPath(getAccountId(node.resource.path)), error);
          }
        })
        .finally(() => {
          showFirst();
          if (node.reading !== reading) return;
          delete node.reading;
          this.#underWay.delete(node);
          if (reading.isOutdated && node.children && !node.children.problem)
            node.children = { ...node.children, dirty: true };
          if (reading.next && !controller.signal.aborted) this.join(node, reading.next);
          this.context.paused({ path: node.resource.path });
          this.context.changed(node.resource.path);
        }),
      plan,
      pulse,
      begunAt: performance.now(),
      waiters: 0,
    };
    node.reading = reading;
    this.#underWay.add(node);
  }

  /** Reads within the memory that the list may take. What is kept is counted as the list's afterwards. */
  async #readWithin(node: Node, plan: LoadRequest, course: Omit<Course, 'budget' | 'swap'>): Promise<void> {
    const { memory, graph } = this.context;
    const { path } = node.resource;
    const shown = node.children ?? EMPTY_LIST;
    // Loaded pages stay on screen until all of them were read again; on a first reading each shows as it comes.
    const swap = plan.from === EMPTY_LIST && !isUnread(shown);
    const known = memoryUsed(swap ? shown : plan.from);
    const budget = memory.budget(path, known, { replaces: swap, more: plan.more ?? false });
    try {
      const session = await this.context.session(path);
      await new ListReading(this.context, this.turns, {
        ...{ session, node, plan },
        course: { ...course, budget, swap },
      }).run();
    } finally {
      budget.take(-budget.used);
      if (graph.get(path) === node) memory.set(path, memoryUsed(node.children ?? EMPTY_LIST));
    }
  }
}

/** The plan with all pages that those want who wait for the reading in whose place it comes. */
function mergeRequests(before: ListLoad | undefined, plan: LoadRequest): LoadRequest {
  if (!before || before.controller.signal.aborted) return plan;
  const { all = false, wanted } = before.plan;
  return { ...plan, ...(all && { all }), wanted: Math.max(wanted, plan.wanted) };
}

/** True where a reading under way gives all that is wanted, and something was heard of it lately if a person asks. */
function isAsGood({ controller, plan, pulse, begunAt }: ListLoad, options: LoadOptions): boolean {
  if (controller.signal.aborted || (options.asked && pulse.isSilent)) return false;
  if (begunAt < (options.notBefore ?? 0)) return false;
  const isFresh = plan.refresh === true || !options.refresh;
  return isFresh && (plan.prefetch?.depth ?? 0) >= (options.prefetch?.depth ?? 0);
}

/** What gives all that two wishes want. */
function strictest(one: LoadOptions | undefined, another: LoadOptions): LoadOptions {
  const isDeeper = (one?.prefetch?.depth ?? 0) > (another.prefetch?.depth ?? 0);
  const all = one?.all === true || another.all === true;
  return { ...another, all, ...(isDeeper && one?.prefetch && { prefetch: one.prefetch }) };
}

/** The branch after a reading that failed: with what was shown, and the reason. */
function failed(shown: ChildList, plan: LoadRequest, error: unknown): ChildList {
  const stale = plan.from === EMPTY_LIST && loadedPages(shown).length > 0 && plan.refresh === true;
  const problem = error instanceof LessThanShown ? error.problem : toProblem(error);
  return { ...shown, problem, failedAt: Date.now(), stale, dirty: false };
}

/** A service that cannot answer for one resource may answer for all others. */
function isItemError({ resource }: Node, error: unknown): boolean {
  return resource.kind !== 'account' && error instanceof HttpError && error.kind === 'server';
}

/** Waits for as much of a node's reading as the caller needs, also where another reading takes its place meanwhile. */
export async function waitUntilSettled(node: Node, options: LoadOptions): Promise<void> {
  const complete = options.all === true || options.refresh === true;
  while (node.reading && (complete || !node.children))
    await waitAsCaller(node.reading, complete, options.signal);
}

/** Waits as one of a reading's callers. The last one that gives up cancels it. */
async function waitAsCaller(
  reading: ListLoad,
  complete: boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
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
      reject(abortReason(signal));
    };
    detach.push(whenAborted(signal, giveUp));
  });
  try {
    await Promise.race([promise, replaced, cancelled]);
  } finally {
    for (const end of detach) end();
  }
}
