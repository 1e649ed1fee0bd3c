import { sleep } from '../../core/base/abort';
import type { CallOptions } from '../../core/http/types';
import type { ResourcePath } from '../../core/services/contract/path';
import type { StartedRun } from '../../core/services/contract/action';
import type { Status } from '../../core/services/contract/resource';

/** What a run that was started is followed with. */
export interface FollowedRun {
  /** Reads the lists again in which the run shows. */
  readonly refresh: (paths: readonly ResourcePath[]) => Promise<void>;
  /** Told of with every look at the run. */
  readonly seen?: (status: Status) => void;
  /** Tells the result, once. */
  readonly notify: (title: string, status: Status) => void;
  /** Milliseconds before the first look; each pause is half as long again, up to `longest`. */
  readonly shortest?: number;
  readonly longest?: number;
}

/**
 * Watches a run until the service says that it is over, shows how it goes in the tree, and tells the result once.
 * @throws what polling throws, and the signal's reason.
 */
export async function pollUntilDone(
  run: StartedRun,
  changed: readonly ResourcePath[],
  { refresh, seen, notify, shortest = 1000, longest = 20_000 }: FollowedRun,
  call: CallOptions & { readonly signal: AbortSignal },
): Promise<void> {
  for (let pause = shortest; ; pause = Math.min(longest, pause * 1.5)) {
    await sleep(pause, call.signal);
    const { status, over } = await run.poll(call);
    seen?.(status);
    await refresh(changed);
    if (!over) continue;
    notify(run.title, status);
    return;
  }
}
