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

/** Loads lists into the graph, page by page. Identical loads are joined, late responses dropped. */
export class ListLoader {
  /** Nodes whose lists are loading. */
  readonly #underWay = new Set<Node>();
  /** Time slices for all work on long lists. */
  readonly turns = new Turns();

  constructor(private readonly context: ListLoaderContext) {}

  /**
   * Starts a load, or joins the running one if that is sufficient. A load that waits because the service asked for a
   * pause is joined in any case, because a new one would send requests at once.
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
   * Marks loads below a path that started before a time of `performance.now()`: their lists are reloaded the next time
   * they are shown. Loads that have been silent for some time are restarted for all their callers.
   */
  renewBelow(path: ResourcePath, notBefore: number): void {
    for (const node of this.#underWay) {
      const { reading, resource } = node;
      if (!reading || resource.path === path || !isWithin(resource.path, path)) continue;
      if (reading.pulse.isSilent) this.begin(node, reading.plan);
      else if (reading.begunAt < notBefore) reading.isOutdated = true;
    }
  }

  /**
   * Starts a load that replaces the running one. Callers that wait for more pages than it requests get them as well.
   */
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

  /** Loads within the memory limit of the list, and charges it with what is kept. */
  async #readWithin(node: Node, plan: LoadRequest, course: Omit<Course, 'budget' | 'swap'>): Promise<void> {
    const { memory, graph } = this.context;
    const { path } = node.resource;
    const shown = node.children ?? EMPTY_LIST;
    // Loaded pages stay visible until all of them are reloaded; on a first load each page is shown as it arrives.
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

/** The request extended to all pages that callers of the replaced load wait for. */
function mergeRequests(before: ListLoad | undefined, plan: LoadRequest): LoadRequest {
  if (!before || before.controller.signal.aborted) return plan;
  const { all = false, wanted } = before.plan;
  return { ...plan, ...(all && { all }), wanted: Math.max(wanted, plan.wanted) };
}

/** True if a running load covers the request, and has not been silent if the user asks. */
function isAsGood({ controller, plan, pulse, begunAt }: ListLoad, options: LoadOptions): boolean {
  if (controller.signal.aborted || (options.asked && pulse.isSilent)) return false;
  if (begunAt < (options.notBefore ?? 0)) return false;
  const isFresh = plan.refresh === true || !options.refresh;
  return isFresh && (plan.prefetch?.depth ?? 0) >= (options.prefetch?.depth ?? 0);
}

/** Options that satisfy both. */
function strictest(one: LoadOptions | undefined, another: LoadOptions): LoadOptions {
  const isDeeper = (one?.prefetch?.depth ?? 0) > (another.prefetch?.depth ?? 0);
  const all = one?.all === true || another.all === true;
  return { ...another, all, ...(isDeeper && one?.prefetch && { prefetch: one.prefetch }) };
}

/** The list after a failed load: the pages shown before, and the reason. */
function failed(shown: ChildList, plan: LoadRequest, error: unknown): ChildList {
  const stale = plan.from === EMPTY_LIST && loadedPages(shown).length > 0 && plan.refresh === true;
  const problem = error instanceof LessThanShown ? error.problem : toProblem(error);
  return { ...shown, problem, failedAt: Date.now(), stale, dirty: false };
}

/** A service that cannot answer for one resource may answer for all others. */
function isItemError({ resource }: Node, error: unknown): boolean {
  return resource.kind !== 'account' && error instanceof HttpError && error.kind === 'server';
}

/** Waits for as much of a node's load as the caller needs, also if another load replaces it meanwhile. */
export async function waitUntilSettled(node: Node, options: LoadOptions): Promise<void> {
  const complete = options.all === true || options.refresh === true;
  while (node.reading && (complete || !node.children))
    await waitAsCaller(node.reading, complete, options.signal);
}

/** Waits as one of the callers of a load. The last one that gives up cancels it. */
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
