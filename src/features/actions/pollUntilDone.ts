import { sleep } from '../../core/base/abort';
import type { CallOptions } from '../../core/http/types';
import type { ResourcePath } from '../../core/services/contract/path';
import type { StartedRun } from '../../core/services/contract/action';
import type { Status } from '../../core/services/contract/resource';

/** How to follow a run. */
export interface FollowedRun {
  /** Refreshes the lists that contain the run. */
  readonly refresh: (paths: readonly ResourcePath[]) => Promise<void>;
  /** Called with the status after every poll. */
  readonly seen?: (status: Status) => void;
  /** Reports the result. Called once. */
  readonly notify: (title: string, status: Status) => void;
  /** Milliseconds before the first poll; each pause is 1.5 times the previous one, up to `longest`. */
  readonly shortest?: number;
  readonly longest?: number;
}

/**
 * Polls a run until the service reports its end, refreshes the changed lists after each poll, and reports the
 * result once.
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
