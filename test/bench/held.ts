import { readFileSync } from 'node:fs';

/**
 * Milliseconds of the longest time that a work keeps all else of the process from being done. In processor time, so that
 * what else the machine is busy with does not count.
 */
export async function held(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let running = true;
  let last = spent();
  const look = (): void => {
    const now = spent();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setImmediate(look);
  };
  look();
  await work();
  running = false;
  return Math.max(longest, spent() - last);
}

/**
 * Milliseconds of processor time of this thread. Linux reports it; on other systems it is that of the whole process,
 * which includes concurrent garbage collection.
 */
export function spent(): number {
  const nanoseconds = schedstat();
  if (nanoseconds !== undefined) return nanoseconds / 1e6;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Nanoseconds, if the system has that file. */
function schedstat(): number | undefined {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]);
  } catch {
    return undefined;
  }
}
